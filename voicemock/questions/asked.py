"""A question given in the user's own words: what a good answer to it would hold."""

__all__ = ["asked", "asked_at", "choose_question"]

import difflib
import re

from voicemock.errors import UsageError
from voicemock.questions.sets import find_question, list_sets
from voicemock.schema import Kind, Question, SignalName, Transcript

S = SignalName
_STORY = (S.SITUATION, S.ACTION, S.RESULT, S.RATIONALE)

# The first kind whose words stand in the question, as whole words, wins; all voicemock defaults, unvalidated.
_KINDS: tuple[tuple[Kind, str, tuple[SignalName, ...], tuple[float, float]], ...] = (
    (
        Kind.INCIDENT,
        r"incidents?|outages?|breach(?:es|ed)?|on[- ]?call|latency|production|sl[ao]s?|error budgets?|went down"
        r"|escalations?",
        (S.SITUATION, S.ACTION, S.RESULT, S.METRIC, S.CUSTOMER, S.OPERATIONS, S.RISK, S.REFLECTION),
        (90, 180),
    ),
    (
        Kind.MOTIVATION,
        r"why (?:do|are|did) you|about yourself|your (?:cv|resume|background|career|weakness(?:es)?|strengths?)"
        r"|motivat(?:e[sd]?|ing|ions?)",
        (S.RATIONALE,),
        (45, 120),
    ),
    (
        Kind.HIRING,
        r"hir(?:e[sd]?|ing)|recruit(?:s|ed|ing|ment|ers?)?|candidates?|interview(?:s|ed|ing|ers?)?|bar raisers?",
        (*_STORY, S.TRADEOFF, S.RISK),
        (60, 150),
    ),
    (
        Kind.DEEP_DIVE,
        r"architect(?:s|ed|ures?|ural)?|technical|systems?|design(?:s|ed|ing)?|walk (?:me|us) through"
        r"|migrat(?:e[sd]?|ing|ions?)|scal(?:e[sd]?|ing|able|ability)|build or buy|build versus",
        (S.CUSTOMER, S.ACTION, S.RESULT, S.TRADEOFF, S.METRIC, S.RATIONALE, S.OPERATIONS, S.SCALE),
        (120, 300),
    ),
    (
        Kind.STRATEGY,
        r"strateg(?:y|ies|ic|ically)|roadmaps?|visions?|priorit(?:y|ies|i[sz]e[sd]?|i[sz]ing|i[sz]ation)"
        r"|invest(?:s|ed|ing|ments?)?|budgets?|quarter(?:s|ly)?|long[- ]term|decide what",
        (S.SITUATION, S.ACTION, S.TRADEOFF, S.METRIC, S.RATIONALE, S.STAKEHOLDERS, S.COST),
        (60, 180),
    ),
    (
        Kind.PEOPLE,
        r"(?:under-?)?perform(?:s|ed|ing|ance|ers?)?|team members?|engineers?|report(?:s|ed)?|coach(?:es|ed|ing)?"
        r"|mentor(?:s|ed|ing|ship)?|grow(?:s|n|ing|th)?|grew|promot(?:e[sd]?|ing|ions?)|feedback|morale|let .* go",
        (*_STORY, S.PEOPLE_GROWTH, S.REFLECTION),
        (60, 150),
    ),
    (Kind.BEHAVIOURAL, r"", (*_STORY, S.TRADEOFF, S.METRIC, S.REFLECTION), (60, 150)),
)
_FAILURE = (
    r"fail(?:s|ed|ing|ures?)?|mistakes?|mistaken|wrong|wrongly|regret(?:s|ted)?|missed|went badly|weakness(?:es)?"
)


LEAST_WORDS, STRAY_WORDS, ASKED = 4, 3, 0.8
"""A question of so many words is asked where this share of them is said in order, with so many others in between:
"let me tell you about a time I failed" shares less with "tell me about a time you failed".
voicemock defaults, unvalidated."""


def asked(text: str) -> Question:
    """Return the shipped question with these words, or a new one with what its kind usually asks for."""
    wanted = _bare(text)
    if not wanted:
        raise UsageError("The question after --ask is empty.", hint="Put the question in quotes.")
    for question_set in list_sets():
        for question in question_set.questions:
            if _bare(question.text) == wanted:
                return question
    kind, _, expects, target_s = next(row for row in _KINDS if _says(text, row[1]))
    if _says(text, _FAILURE):
        expects = tuple(dict.fromkeys((*expects, S.OWNS_FAILURE, S.REFLECTION)))
    return Question(id="asked", text=text.strip(), kind=kind, expects=expects, target_s=target_s)


def choose_question(question_id: str | None, ask: str | None) -> Question | None:
    """Return the question meant by --question or --ask; None where neither was given."""
    if question_id and ask:
        raise UsageError("--question and --ask both name a question.", hint="Give one of them.")
    if ask is not None:
        return asked(ask)
    return find_question(question_id) if question_id else None


def asked_at(transcript: Transcript, question: Question) -> float | None:
    """Return when somebody asks a question in nearly its own words, in seconds; None where nobody does."""
    wanted = _bare(question.text).split()
    said = [(word, spoken.start_s or 0.0) for spoken in transcript.words for word in _bare(spoken.text).split()]
    if len(wanted) < LEAST_WORDS:
        return None
    for start, (word, start_s) in enumerate(said):
        if word in wanted[:STRAY_WORDS]:
            heard = [word for word, _ in said[start : start + len(wanted) + STRAY_WORDS]]
            blocks = difflib.SequenceMatcher(None, wanted, heard, autojunk=False).get_matching_blocks()
            if sum(block.size for block in blocks) >= ASKED * len(wanted):
                return start_s
    return None


def _says(text: str, words: str) -> bool:
    """Tell whether one of the words stands in the text as a whole: "division" holds no vision."""
    return re.search(rf"\b(?:{words})\b", text, re.IGNORECASE) is not None


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w[\w']*", text.lower()))
