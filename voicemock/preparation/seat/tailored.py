"""Preparing for one seat: questions drawn for a posting, its terms never said, and what it leaves open."""

__all__ = ["Drawn", "Open", "Tailored", "Unsaid", "drawn_for", "left_open", "never_said", "unclear"]

import re
from collections.abc import Iterable, Sequence

import msgspec

from voicemock.archive.practised import Practised
from voicemock.preparation.seat.cv import Claimed
from voicemock.preparation.seat.heard import heard
from voicemock.preparation.seat.posting import Said, Weighed
from voicemock.preparation.seat.terms import Term, TermKind
from voicemock.preparation.stories.suggest import stems
from voicemock.questions.ask_them import ToAsk
from voicemock.schema import EXERCISES, Question

FIRST, AGAIN = 5, 4
"""Competencies that get a question, and of them those that get a second one after it (voicemock defaults,
unvalidated)."""
MOST_QUOTED, FEWEST_QUOTED = 16, 4
"""Words of a posting that are read to a candidate before a question: what takes longer is no introduction (voicemock
defaults, unvalidated)."""
FEWEST_IN_COMMON = 2
"""Telling words that a sentence and a question share, so that the one leads to the other (voicemock default)."""

_COUNT = (
    r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|sixteen|eighteen|twenty|thirty|forty"
    r"|fifty|sixty|ninety|(?:a )?dozen|(?:a )?hundred)"
)
_GROUP = r"(?:teams?|squads?|crew|pod|tribe|chapter|group|unit|department|division|function|organi[sz]ation|org)"
_STAFF = r"(?:engineers?|developers?|managers?|people|person|reports|colleagues|scientists?|specialists?|staff|members)"

# What a candidate should know before signing, the words that may tell it, and the question of `questions ask-them`. The
# words are wide: where one of them stands, nothing is said.
_OPEN = (
    (
        "how large the team is",
        rf"{_COUNT}[\w-]*(?:\W+\w+){{0,3}}?\W+(?:{_STAFF}|{_GROUP}|strong|of us)|{_GROUP} of|{_GROUP}(?:'s)? size"
        rf"|{_GROUP}\W{{1,3}}{_COUNT}|size of (?:the|your|our) {_GROUP}|headcount|two-pizza",
        "team-in-a-year",
    ),
    (
        "who is on call, and how often",
        r"on[- ]?call|pagers?|paged|rota|rotas|rotations?|(?:out[- ]of|after|outside)[- ](?:\w+[- ])?hours|24/7"
        r"|stand-?by"
        r"|carr(?:y|ies|ying) (?:the|a) \w+|nights?|overnight|weekends?|shifts|woken|wakes?|3 a\.?m|pagerduty|opsgenie"
        r"|first responders?|incident commanders?|(?:round|around)[- ]the[- ]clock|follows? the sun|on duty",
        "nights-and-pages",
    ),
    (
        "what uptime is promised to customers",
        r"sl[aoi]s?|uptime|downtime|availability|99(?:\.\d+)?\s?(?:%|percent)|nines|error budgets?|service[- ]levels?"
        r"|always[- ]on",
        "level-of-the-promise",
    ),
    (
        "how levels are told apart",
        r"levell?ing|levels?|ladders?|grades?|career (?:paths?|frameworks?|progression)|same (?:paths?|frameworks?)"
        r"|job frameworks?|calibrat\w+|progression|promotion criteria|seniority|bands?",
        "what-levels-rest-on",
    ),
    (
        "how people are rated",
        r"performance (?:\w+ )?(?:reviews?|management|cycles?|conversations?|ratings?)|appraisals?|ratings?|rated"
        r"|reviewed (?:once|twice|every|each|annually|quarterly)|promotion decisions|promotions|calibrat\w+|360"
        r"|(?:annual|yearly|quarterly|monthly|pay|salary|feedback) (?:reviews?|cycles?)|evaluat(?:ed|ions?)"
        r"|bonus(?:es)?",
        "how-people-are-rated",
    ),
    (
        "why the seat is free",
        r"newly (?:created|formed|founded)|new (?:role|position|post|seat|team|squad|group|department|function|office)"
        r"|backfill\w*|(?:maternity|paternity|parental|adoption|family|sick\w*|sabbatical)(?: leave)? (?:cover"
        r"|contract)"
        r"|cover(?:s|ing)? (?:for |\w+ ){0,2}leave|(?:is|are|goes|going) on (?:\w+ )?leave|fixed[- ]term|retir\w+"
        r"|replacement|replac\w+ (?:our|her|him|them)|predecessor|incumbent|successor|succeed\w*"
        r"|(?:current|previous|former|last|outgoing|present) (?:\w+ ){0,2}(?:manager|head|lead|leader|director)"
        r"|(?:manager|head|lead|director|who)(?: \w+){0,4} (?:left|leaves|leaving|moves|moved|moving|stepp\w+|promoted)"
        r"|tak(?:e|es|ing) over from|hand(?:s|ing|ed)? over|vacated|first (?:\w+ )?(?:manager|head|director|lead)"
        rf"|{_COUNT} managers in",
        "how-the-seat-came-free",
    ),
    (
        "what is expected by when",
        rf"first (?:\w+ )?(?:days|weeks|months?|quarters?|year)|{_COUNT}[- ](?:day|week|month) (?:plan|goals?)"
        rf"|(?:in|within|after|by|over|during) (?:the |your |about |next )*{_COUNT}[- ](?:days?|weeks?|months?"
        rf"|quarters?)"
        rf"|30[-/]60[-/]90|(?:day|week|month) (?:one|1|{_COUNT})|within (?:a|your|the)(?: first)? (?:year|quarter"
        rf"|month)"
        r"|by (?:the end of|year[- ]end|spring|summer|autumn|christmas|q[1-4]|20\d\d|(?:january|february|march"
        r"|april|may"
        r"|june|july|august|september|october|november|december))|probation",
        "in-six-months",
    ),
    (
        "how plans are made",
        r"okrs?|roadmaps?|quarterly|planning|planned|(?:each|every|a) quarter|prioriti\w+|sprints?|scrum|kanban"
        r"|backlogs?"
        r"|objectives|goals",
        "how-plans-are-made",
    ),
    (
        "what it costs to run, and who looks at it",
        r"costs?|(?<!error )(?<!learning )(?<!training )budgets?|budgets? of|cloud (?:bills?|spend|budget)|bills|finops"
        r"|spend(?:ing)?|p&l|unit economics|savings",
        "who-sees-the-bill",
    ),
    (
        "how incidents are learned from",
        r"post-?mortems?|(?:post-)?incident reviews?|(?:review|after|from) (?:\w+ )?(?:incidents?|outages?|failures?)"
        r"|blame(?:less)?|root[- ]causes?|retrospectives?|retros|lessons? learn(?:ed|t)|learn(?:ing)? from"
        r"|(?:five|5) whys",
        "last-bad-incident",
    ),
    (
        "whether engineering grows next year",
        rf"hir(?:e|ing) (?:\w+ ){{0,3}}{_STAFF}|recruit(?:ing)? (?:\w+ ){{0,3}}{_STAFF}|headcount|hiring (?:plan"
        rf"|freeze)"
        rf"|grow(?:s|ing|th)? (?:\w+ )?(?:the|our|to|from|of|by|fast|quickly)|(?:fast|quickly|rapidly)[- ]growing"
        rf"|(?:we|{_GROUP}|engineering|company)(?: \w+){{0,2}} (?:grow\w*|expand\w*|shrink\w*)"
        rf"|expand(?:ing)? (?:the|our)"
        rf"|doubl(?:e|es|ing)|tripl(?:e|es|ing)|build (?:up |out )?(?:a|the) (?:\w+ )?{_GROUP}|new hires"
        rf"|from {_COUNT} (?:\w+ )?to {_COUNT}|(?:second|third|another) {_GROUP}",
        "this-year-and-next",
    ),
)


class Drawn(msgspec.Struct, frozen=True, kw_only=True):
    """A question for this seat; for what competency, and the sentence of the posting that asks for it."""

    question: Question
    competency: str
    sentence: Said


class Unsaid(msgspec.Struct, frozen=True, kw_only=True):
    """A term of the job that was never heard in an answer, and its first sentence."""

    term: str
    sentence: Said


class Open(msgspec.Struct, frozen=True, kw_only=True):
    """What no words of a posting are known to tell, and the question that finds it out."""

    what: str
    ask: ToAsk


class Tailored(msgspec.Struct, frozen=True, kw_only=True):
    """All that is known about a seat.

    job, cvs: the files. answers: how many recorded ones ``unsaid`` was looked for in. unclear: terms of which only an
    everyday word was heard. stories: how many were compared.
    """

    job: str
    cvs: tuple[str, ...]
    competencies: tuple[Weighed, ...]
    terms: tuple[Term, ...]
    questions: tuple[Drawn, ...]
    claims: tuple[Claimed, ...]
    stories: int
    unsaid: tuple[Unsaid, ...]
    answers: int
    open: tuple[Open, ...]
    unclear: tuple[str, ...] = ()
    schema_version: int = 1


def drawn_for(competencies: Sequence[Weighed], known: Sequence[Question]) -> tuple[Drawn, ...]:
    """Return questions that fit what a posting weighs: one for each competency in their order, then second ones."""
    weights = {one.name: one.weight / competencies[0].weight for one in competencies}
    usable = [question for question in known if question.kind not in EXERCISES]
    found: dict[str, Drawn] = {}
    for one in (*competencies[:FIRST], *competencies[:AGAIN]):
        words = stems(" ".join(sentence.text for sentence in one.sentences))
        left = [question for question in usable if question.id not in found and one.name in question.competencies]
        if left:
            best = max(left, key=lambda question: _fit(question, one.name, words, weights))
            found[best.id] = _drawn(best, one)
    return tuple(found.values())


def never_said(terms: Sequence[Term], rows: Iterable[Practised]) -> tuple[Unsaid, ...]:
    """Return the terms that no answer holds; numbers of theirs are not for a candidate to say."""
    said = " ".join(row.said for row in rows)
    return tuple(
        Unsaid(term=term.name, sentence=term.sentences[0])
        for term in terms
        if term.kind is not TermKind.SCALE and heard(term.name, said) is False
    )


def unclear(terms: Sequence[Term], rows: Iterable[Practised]) -> tuple[str, ...]:
    """Return the terms of which it cannot be told whether they were said: "let's go" may be no Go."""
    said = " ".join(row.said for row in rows)
    return tuple(term.name for term in terms if term.kind is not TermKind.SCALE and heard(term.name, said) is None)


def left_open(sentences: Sequence[Said], to_ask: Sequence[ToAsk]) -> tuple[Open, ...]:
    """Return what no sentence of a posting has words on, whatever its section."""
    text = "\n".join(sentence.text for sentence in sentences)
    questions = {one.id: one for one in to_ask}
    return tuple(
        Open(what=what, ask=questions[id])
        for what, words, id in _OPEN
        if not re.search(rf"(?<!\w)(?:{words})(?!\w)", text, re.IGNORECASE)
    )


def _fit(question: Question, name: str, words: frozenset[str], weights: dict[str, float]) -> float:
    """Return how well a question fits: its main competency, the others the posting weighs, the words in common."""
    main = 2.0 if question.competencies[0] == name else 1.0
    others = sum(weights.get(other, 0.0) for other in question.competencies if other != name)
    common = len(words & _words(question))
    return main + others / 2 + min(common, 4) / 4


def _words(question: Question) -> frozenset[str]:
    return stems(" ".join((question.text, *question.variants, question.tests)))


def _drawn(question: Question, one: Weighed) -> Drawn:
    """Return a question with the sentence it is drawn for: of several, the one that shares most words with it.

    Where they share enough, and the sentence is short, a wording is added that begins with it, word for word.
    """
    words = _words(question)
    sentence = max(one.sentences, key=lambda sentence: len(words & stems(sentence.text)))
    if len(words & stems(sentence.text)) >= FEWEST_IN_COMMON and _is_quotable(sentence.text):
        seat = f'The job description says: "{sentence.text.strip(" .,;:")}". {question.text}'
        question = msgspec.structs.replace(question, variants=(seat, *question.variants))
    return Drawn(question=question, competency=one.name, sentence=sentence)


def _is_quotable(text: str) -> bool:
    words = text.split()
    return FEWEST_QUOTED <= len(words) <= MOST_QUOTED and words[-1].strip(",;") not in ("and", "or") and '"' not in text
