"""Whether the question asked is the one answered.

A question is sorted by its own words into what it asks about; each such topic has words an answer
to it cannot do without. An answer that seldom speaks of them is off topic, however good the story.
"""

__all__ = ["speaks_to"]

import functools
import re
import tomllib
from collections.abc import Sequence
from pathlib import Path

import msgspec

from voicemock.reading.sentences import Sentence

_LEAST_SHARE = 0.12  # voicemock default: share of sentences on the topic, tuned on labelled answers
_LEAST_WORDS = 3  # "Um, what else" is on no topic and off none


class _Topic(msgspec.Struct, frozen=True):
    question: re.Pattern[str]
    answer: re.Pattern[str]


def speaks_to(question: str, sentences: Sequence[Sentence]) -> bool:
    """Return whether an answer is on the question's topic.

    If no topic fits the question there is nothing to hold against the answer: it counts as on topic.
    """
    asked = [topic for topic in _topics() if topic.question.search(question.lower())]
    lines = [s.line for s in sentences if s.line.count(" ") >= _LEAST_WORDS - 1]
    if not asked or not lines:
        return True
    hits = sum(bool(topic.answer.search(line)) for topic in asked for line in lines)
    return hits > _LEAST_SHARE * len(asked) * len(lines)


@functools.cache
def _topics() -> tuple[_Topic, ...]:
    table = tomllib.loads((Path(__file__).parent / "topics.toml").read_text(encoding="utf-8"))
    return tuple(
        _Topic(re.compile(rf"\b(?:{entry['question']})"), re.compile(rf"(?<!\S)(?:{entry['answer']})(?!\S)"))
        for entry in table.values()
    )
