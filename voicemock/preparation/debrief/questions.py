"""The questions of a real interview as voicemock knows questions: one of a set, one in their words, or a follow-up."""

__all__ = ["Asked", "questions_of", "same_question"]

import difflib
import functools
import re
from collections.abc import Sequence

import msgspec

from voicemock.preparation.competencies import competencies_in
from voicemock.preparation.debrief.asking import bare
from voicemock.preparation.debrief.exchanges import Exchange
from voicemock.questions.asked import asked
from voicemock.questions.sets import id_from
from voicemock.schema import GOOD_LENGTH_S, Kind, Question, SignalName

SAME = 0.8
"""The share of words, in their order, that two wordings of one question have in common (difflib's ratio). No two of the
shipped questions reach it. voicemock default."""
FEWEST = 6
"""Words a first sentence needs to stand for its question. voicemock default, unvalidated."""
MOST_FOLLOWING = 25
"""A follow-up has at most so many words. voicemock default, unvalidated."""
FOLLOW_UP_S = (1.0, GOOD_LENGTH_S[1])
"""A good answer to one: it may be a word, and nobody knows how much was wanted. voicemock default, unvalidated."""

LONGEST_ID = 6
"""Words of a question that become its id."""

S = SignalName
_PROBES = (
    (S.RESULT, r"\bresults?\b|\boutcomes?\b|\bhow did (?:it|that) (?:end|go|turn)|\bcame of it\b|\bimpact\b"),
    (S.METRIC, r"\bhow (?:much|many)\b|\bnumbers?\b|\bmeasure[sd]?\b|\bmetrics?\b"),
    (S.REFLECTION, r"\bdifferently\b|\blearn(?:ed|t)?\b|\bnext time\b"),
    (S.TRADEOFF, r"\balternatives?\b|\btrade-?offs?\b|\bother options?\b"),
    (S.RATIONALE, r"\bwhy\b"),
)
"""What a follow-up asks for, by its words; of one that asks for none of these nothing is expected."""
_BEGINS = re.compile(r"(?:(?:okay|ok|right|great|interesting|sure|yeah|cool|got it)[,. ]+)*(?:and|but|so|then)\b", re.I)
_BACK = re.compile(
    r"\b(?:that|it|this|those|these|them|they|he|she|him|her|there|when you say (?!no\b)\w+|you (?:just )?(?:said"
    r"|mentioned))\b",
    re.I,
)
_PASSING = re.compile(
    r"(?!.*\byou)(?:(?:what|how|who|which|where|when)\b.*\b(?:did|was|were|had|happened|went|came)\b|(?:did|was|were|had)"
    r" (?:any|every|some|no|people|he|she|it|they|there|the)\w*\b|(?:how|why) (?:so|not)\b|why\?)",
    re.IGNORECASE,
)
"""A few words on what is over, to nobody in particular: "Did anyone object?" """
MOST_PASSING = 8
"""Words of such a question. voicemock default, unvalidated."""
_STORY = re.compile(
    r"\b(?:a|an|one|the last|the most \w+|the (?:hard|bigg|tough)\w*) (?:\w+ ){0,2}(?:time|example|situation|project"
    r"|case|decision|conflict|failure|mistake|challenge)|\b(?:time|situation) (?:when|where|you)\b|\bhave you ever\b"
    r"|\bwhen (?:did|have) you\b",
    re.I,
)
_WORD = re.compile(r"\w[\w'’]*")
_SENTENCE = re.compile(r"(?<=[.?!])\s+")


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """One question as it was asked. known: the id of the question of a set it is, if it is one."""

    question: Question
    known: str | None = None


def questions_of(exchanges: Sequence[Exchange], known: Sequence[Question]) -> tuple[Asked, ...]:
    """Return the question of each exchange, with what an answer to it would hold; known: all questions of all sets."""
    found: list[Asked] = []
    taken = {question.id for question in known}
    parent: Question | None = None
    count = 0
    for place, one in enumerate(exchanges):
        same = same_question(one.question, known)
        if same is None and parent and _follows(one.question):
            count += 1
            found.append(Asked(question=_follow_up(parent, one.question, count)))
            continue
        parent = msgspec.structs.replace(same, text=one.question) if same else _own(one.question, taken)
        taken.add(parent.id)
        count = 0
        cut = place + 1 < len(exchanges) and _follows(exchanges[place + 1].question)
        found.append(Asked(question=_unhurried(parent) if cut else parent, known=same.id if same else None))
    return tuple(found)


def same_question(text: str, known: Sequence[Question]) -> Question | None:
    """Return the question that has nearly these words, in any of its wordings, None if none has.

    Its first sentence is enough, in either: what is asked beside it varies.
    """
    wanted = _beginnings(bare(text))
    best: tuple[float, Question] | None = None
    for question in known:
        for wording in (question.text, *question.variants):
            likeness = max(_alike(one, other) for one in wanted for other in _beginnings(wording))
            if likeness >= SAME and (best is None or likeness > best[0]):
                best = likeness, question
    return best[1] if best else None


@functools.lru_cache(4096)
def _beginnings(text: str) -> list[tuple[str, ...]]:
    """Return the words of a question, and of its first sentence if it is more than a few words long."""
    whole, first = _words(text), _words(_SENTENCE.split(text, maxsplit=1)[0])
    return [whole, first] if FEWEST <= len(first) < len(whole) else [whole]


def _alike(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    both = len(one) + len(other)
    shared = len(set(one) & set(other)) + min(len(one) - len(set(one)), len(other) - len(set(other)))
    if 2 * shared < SAME * both:
        return 0.0  # as the ratio would come out, at a tenth of the time
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()


def _follows(text: str) -> bool:
    """Tell whether a question goes on about the answer before it: then it expects no story of its own."""
    words = len(text.split())
    if words <= MOST_PASSING and _PASSING.match(bare(text)):
        return True
    return words <= MOST_FOLLOWING and not _STORY.search(text) and bool(_BEGINS.match(text) or _BACK.search(text))


def _follow_up(parent: Question, text: str, count: int) -> Question:
    signal = next((name for name, words in _PROBES if re.search(words, text, re.IGNORECASE)), None)
    return Question(
        id=f"{parent.id}-follow-up-{count}",
        text=text,
        kind=parent.kind,
        expects=(signal,) if signal else (),
        target_s=FOLLOW_UP_S,
    )


def _own(text: str, taken: set[str]) -> Question:
    """Return a question in their words; one that asks for no story expects none, nor anything else of a story."""
    text = bare(text)
    question = asked(text)
    if question.kind is not Kind.MOTIVATION and not _STORY.search(text):
        question = _unhurried(msgspec.structs.replace(question, expects=()))
    base = id_from(" ".join(text.split()[:LONGEST_ID]))
    id = next(name for n in range(1, len(taken) + 2) if (name := base if n == 1 else f"{base}-{n}") not in taken)
    return msgspec.structs.replace(question, id=id, competencies=tuple(competencies_in(text)))


def _unhurried(question: Question) -> Question:
    """Return a question without the least length of an answer: it asks for little, or the next one ended its answer."""
    return msgspec.structs.replace(question, target_s=(FOLLOW_UP_S[0], question.target_s[1]))


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.lower().replace("’", "'") for word in _WORD.findall(text))
