"""A question given in the user's own words: what a good answer to it would hold."""

__all__ = ["asked", "choose_question"]

import re

import msgspec

from voicemock.errors import UsageError
from voicemock.questions.sets import find_question, list_sets
from voicemock.questions.story_or_plan import asks_for_a_story
from voicemock.schema import GOOD_LENGTH_S, Kind, Question, SignalName

S = SignalName
_STORY = (S.SITUATION, S.ACTION, S.RESULT, S.RATIONALE)
_ONLY_OF_A_STORY = (S.SITUATION, S.ACTION, S.RESULT, S.METRIC, S.REFLECTION)
"""What a plan or a habit need not hold: it has no end yet."""
_OF_A_HIRING_PLAN = (S.TRADEOFF, S.RISK)
"""What is asked of how somebody hires, and not of one hire."""

_PERSON = "(?:someone|somebody|anyone|person|people|others|leaders?|managers?|juniors?|talent|your team|a team|direct)"
"""Growth is about people only beside one of these: companies grow as well."""

# The first kind whose words are in the question, as whole words, wins; all voicemock defaults, unvalidated.
_KINDS: tuple[tuple[Kind, str, tuple[SignalName, ...], tuple[float, float]], ...] = (
    (
        Kind.INCIDENT,
        r"incidents?|outages?|breach(?:es|ed)?|on[- ]?call|latency|production|sl[ao]s?|error budgets?|went down"
        r"|escalations?",
        (S.SITUATION, S.ACTION, S.RESULT, S.METRIC, S.CUSTOMER, S.OPERATIONS, S.RISK, S.REFLECTION),
        (90.0, 180.0),
    ),
    (
        Kind.MOTIVATION,
        r"why (?:do|are|did) you|about yourself|your (?:cv|resume|background|career)"
        r"|your (?:(?:\w+est|main) )?(?:weakness(?:es)?|strengths?)"
        r"|motivat(?:e[sd]?|ing|ions?)",
        (S.RATIONALE,),
        (45.0, 120.0),
    ),
    (
        Kind.HIRING,
        r"hir(?:e[sd]?|ing)|recruit(?:s|ed|ing|ment|ers?)?|candidates?|interview(?:s|ed|ing|ers?)?|bar raisers?",
        (*_STORY, *_OF_A_HIRING_PLAN),
        GOOD_LENGTH_S,
    ),
    (
        Kind.DEEP_DIVE,
        r"architect(?:s|ed|ures?|ural)?|(?<!non-)(?<!non )technical(?! debt)|systems?|design(?:s|ed|ing)?"
        r"|walk (?:me|us) through|migrat(?:e[sd]?|ing|ions?)|scal(?:e[sd]?|ing|able|ability)|build or buy|build versus",
        (S.CUSTOMER, S.ACTION, S.RESULT, S.TRADEOFF, S.METRIC, S.RATIONALE, S.OPERATIONS, S.SCALE),
        (120.0, 300.0),
    ),
    (
        Kind.STRATEGY,
        r"strateg(?:y|ies|ic|ically)|roadmaps?|visions?|priorit(?:y|ies|i[sz]e[sd]?|i[sz]ing|i[sz]ation)"
        r"|invest(?:s|ed|ing|ments?)?|budgets?|quarter(?:s|ly)?|long[- ]term|decide what",
        (S.SITUATION, S.ACTION, S.TRADEOFF, S.METRIC, S.RATIONALE, S.STAKEHOLDERS, S.COST),
        (60.0, 180.0),
    ),
    (
        Kind.PEOPLE,
        r"under-?perform(?:s|ed|ing|ance|ers?)?|perform(?:s|ed|ing|ers?)?|(?:low|high|poor|weak|good) performance"
        r"|(?:manag(?:e|ed|ing)|\w+'s) performance|performance (?:reviews?|plans?|management)"
        r"|team members?|engineers?|report(?:s|ed)?|coach(?:es|ed|ing)?|mentor(?:s|ed|ing|ship)?"
        rf"|{_PERSON}(?: \w+){{0,4}} gr[oe]w\w*|gr[oe]w\w*(?: \w+){{0,3}} {_PERSON}"
        r"|promot(?:e[sd]?|ing|ions?)|feedback|morale|let(?:ting)? .* go",
        (*_STORY, S.PEOPLE_GROWTH, S.REFLECTION),
        GOOD_LENGTH_S,
    ),
    (Kind.BEHAVIOURAL, r"", (*_STORY, S.TRADEOFF, S.METRIC, S.REFLECTION), GOOD_LENGTH_S),
)
_CONCEPT = re.compile(
    r"(?:what(?:'s| is| are) (?:an? |the difference\b|meant by\b|[\w-]+(?: [\w-]+)?\W*$)|define |explain )"
    r"(?!.*\b(?:you|your|yours|us|you'\w+)\b)",
    re.IGNORECASE,
)
"""A question for what a thing is."""
_EXPLAINED_S = (40.0, 90.0)
_FAILURE = (
    r"fail(?:s|ed|ing|ure)?|mistaken?|(?<!from )(?:failures|mistakes)|wrong|wrongly|regret(?:s|ted)?|missed|went badly"
    r"|weakness(?:es)?"
)
"""One's own: others may be helped to learn "from failures"."""


def asked(text: str) -> Question:
    """Return the shipped question with these words, in any wording, or a new one that expects what its kind does."""
    wanted = _bare(text)
    if not wanted:
        raise UsageError("The question after --ask is empty.", hint="Put the question in quotes.")
    for question_set in list_sets():
        for question in question_set.questions:
            for wording in (question.text, *question.variants):
                if _bare(wording) == wanted:
                    return msgspec.structs.replace(question, text=wording)
    if _CONCEPT.match(text.strip()):
        return Question(id="asked", text=text.strip(), kind=Kind.CONCEPT, expects=(), target_s=_EXPLAINED_S)
    kind, _, expects, target_s = next(row for row in _KINDS if _says(text, row[1]))
    question = Question(id="asked", text=text.strip(), kind=kind, expects=expects, target_s=target_s)
    return msgspec.structs.replace(question, expects=_expected(question))


def _expected(question: Question) -> tuple[SignalName, ...]:
    """Return what an answer would hold, by what the question is after: a story, or a plan."""
    expects = question.expects
    if question.kind is Kind.MOTIVATION:
        return expects
    if not asks_for_a_story(question):
        return tuple(name for name in expects if name not in _ONLY_OF_A_STORY)
    if question.kind is Kind.HIRING:
        expects = tuple(name for name in expects if name not in _OF_A_HIRING_PLAN)
    if _says(question.text, _FAILURE):
        expects = tuple(dict.fromkeys((*expects, S.OWNS_FAILURE, S.REFLECTION)))
    return expects


def choose_question(question_id: str | None, ask: str | None) -> Question | None:
    """Return the question meant by --question or --ask; None if neither was given."""
    if question_id and ask:
        raise UsageError("--question and --ask both name a question.", hint="Give one of them.")
    if ask is not None:
        return asked(ask)
    return find_question(question_id) if question_id else None


def _says(text: str, words: str) -> bool:
    """Tell whether one of the words is in the text as a whole word: there is no "vision" in "division"."""
    return re.search(rf"\b(?:{words})\b", text, re.IGNORECASE) is not None


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w[\w']*", text.lower()))
