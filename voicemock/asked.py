"""A question given in the user's own words: what a good answer to it would hold."""

__all__ = ["asked", "choose_question"]

import re

from voicemock.errors import UsageError
from voicemock.questions import find_question, list_sets
from voicemock.schema import Kind, Question, SignalName

S = SignalName
_STORY = (S.SITUATION, S.ACTION, S.RESULT, S.RATIONALE)

# The first kind whose words stand in the question wins; all voicemock defaults, unvalidated.
_KINDS: tuple[tuple[Kind, str, tuple[SignalName, ...], tuple[float, float]], ...] = (
    (
        Kind.INCIDENT,
        r"incident|outage|breach|on-?call|latency|production|\bsl[ao]s?\b|error budget|went down|escalat",
        (S.SITUATION, S.ACTION, S.RESULT, S.METRIC, S.CUSTOMER, S.OPERATIONS, S.RISK, S.REFLECTION),
        (90, 180),
    ),
    (
        Kind.MOTIVATION,
        r"why (?:do|are|did) you|about yourself|your (?:cv|resume|background|career|weakness|strength)|motivat",
        (S.RATIONALE,),
        (45, 120),
    ),
    (
        Kind.HIRING,
        r"\bhir(?:e|es|ed|ing)\b|recruit|candidates?|interview(?:ing|s)?\b|bar raiser",
        (*_STORY, S.TRADEOFF, S.RISK),
        (60, 150),
    ),
    (
        Kind.DEEP_DIVE,
        r"architect|technical|system|design|walk (?:me|us) through|migrat|scal|build or buy|build versus",
        (S.CUSTOMER, S.ACTION, S.RESULT, S.TRADEOFF, S.METRIC, S.RATIONALE, S.OPERATIONS, S.SCALE),
        (120, 300),
    ),
    (
        Kind.STRATEGY,
        r"strateg|roadmap|vision|priorit|invest|budget|quarter|long.term|decide what",
        (S.SITUATION, S.ACTION, S.TRADEOFF, S.METRIC, S.RATIONALE, S.STAKEHOLDERS, S.COST),
        (60, 180),
    ),
    (
        Kind.PEOPLE,
        r"perform|team member|engineers?\b|report(?:s|ed)?\b|coach|mentor|grow|promot|feedback|morale|let .* go",
        (*_STORY, S.PEOPLE_GROWTH, S.REFLECTION),
        (60, 150),
    ),
    (Kind.BEHAVIOURAL, r"", (*_STORY, S.TRADEOFF, S.METRIC, S.REFLECTION), (60, 150)),
)
_FAILURE = re.compile(r"fail|mistake|wrong|regret|missed|went badly|weakness", re.IGNORECASE)


def asked(text: str) -> Question:
    """Return the shipped question with these words, or a new one with what its kind usually asks for."""
    wanted = _bare(text)
    if not wanted:
        raise UsageError("The question after --ask is empty.", hint="Put the question in quotes.")
    for question_set in list_sets():
        for question in question_set.questions:
            if _bare(question.text) == wanted:
                return question
    kind, _, expects, target_s = next(row for row in _KINDS if re.search(row[1], text, re.IGNORECASE))
    if _FAILURE.search(text):
        expects = tuple(dict.fromkeys((*expects, S.OWNS_FAILURE, S.REFLECTION)))
    return Question(id="asked", text=text.strip(), kind=kind, expects=expects, target_s=target_s)


def choose_question(question_id: str | None, ask: str | None) -> Question | None:
    """Return the question meant by --question or --ask; None where neither was given."""
    if question_id and ask:
        raise UsageError("--question and --ask both name a question.", hint="Give one of them.")
    if ask is not None:
        return asked(ask)
    return find_question(question_id) if question_id else None


def _bare(text: str) -> str:
    return " ".join(re.findall(r"[\w']+", text.lower()))
