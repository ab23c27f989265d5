"""Preparing for one seat: questions drawn for a posting, its terms never said, and what it leaves open."""

__all__ = ["Drawn", "Open", "Tailored", "Unsaid", "drawn_for", "left_open", "never_said"]

import re
from collections.abc import Iterable, Sequence

import msgspec

from voicemock.archive.practised import Practised
from voicemock.preparation.seat.cv import Claimed
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

# What a candidate should know before signing, the words that would tell it, and the question of `questions ask-them`.
_OPEN = (
    (
        "how large the team is",
        r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty"
        r"|thirty)[\w-]*(?:\W+\w+){0,3}?\W+(?:engineers?|developers?|managers?|people|reports|teams?)|team of",
        "team-in-a-year",
    ),
    (
        "who is on call, and how often",
        r"on[- ]?call|pagers?|paged|rota|rotation|out[- ]of[- ]hours|24/7",
        "nights-and-pages",
    ),
    (
        "what uptime is promised to customers",
        r"sl[ao]s?|uptime|availability|99(?:\.\d+)?\s?%|nines|error budgets?",
        "level-of-the-promise",
    ),
    (
        "how levels are told apart",
        r"levell?ing|(?:career|job|same) (?:levels?|ladders?|paths?|frameworks?)|calibrat\w+|career progression",
        "what-levels-rest-on",
    ),
    (
        "how people are rated",
        "performance (?:reviews?|management|cycles?|conversations?)|appraisals?|reviewed (?:once|twice)"
        "|promotion decisions",
        "how-people-are-rated",
    ),
    (
        "why the seat is free",
        r"newly created|new (?:role|position|team)|backfill|parental leave cover|retir\w+|replac\w+ our"
        r"|(?:two|three|four) managers in",
        "how-the-seat-came-free",
    ),
    (
        "what is expected by when",
        r"first (?:\w+ )?(?:days|weeks|months?|year)|in (?:six|three|twelve) months|30[-/]60[-/]90"
        r"|within (?:a|your first|the first) year",
        "in-six-months",
    ),
    ("how plans are made", r"okrs?|roadmaps?|quarterly|planning|each quarter|prioriti\w+", "how-plans-are-made"),
    (
        "what it costs to run, and who looks at it",
        r"costs?|budgets? of|cloud (?:bill|spend|budget)|finops|spend",
        "who-sees-the-bill",
    ),
    (
        "how incidents are learned from",
        r"post-?mortems?|incident reviews?|review after every incident|blameless",
        "last-bad-incident",
    ),
    (
        "whether engineering grows next year",
        r"hire \w+ engineers|headcount|growing (?:the|our|to)|grow the team|hiring plan"
        r"|build a team",
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
    """What a posting does not say, and the question that finds it out."""

    what: str
    ask: ToAsk


class Tailored(msgspec.Struct, frozen=True, kw_only=True):
    """All that is known about a seat.

    job, cvs: the files. answers: how many recorded ones ``unsaid`` was looked for in. stories: how many were compared.
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
        if term.kind is not TermKind.SCALE and not _heard(term.name, said)
    )


def left_open(sentences: Sequence[Said], to_ask: Sequence[ToAsk]) -> tuple[Open, ...]:
    """Return what no sentence of a posting tells, whatever its section."""
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


def _heard(term: str, said: str) -> bool:
    """Return whether a term is among what was said, as a recogniser may write it: "S. L. A.", "post gres"."""
    parts = re.findall(r"[^\W_]+|[+#]", term.lower())
    letters = r"\W*".join(re.escape(letter) for part in parts for letter in part)
    return re.search(rf"(?<!\w){letters.removesuffix('s')}(?:'?s)?(?!\w)", said) is not None
