"""Whether the question asked is the one answered.

A question is sorted by its own words into what it asks about; each such topic has words an answer
to it cannot do without. An answer that seldom speaks of them is off topic, however good the story. With the sentence
model, how near its sentences come to the question counts as well.
"""

__all__ = ["speaks_to", "topic_features"]

import functools
import re
import tomllib
from collections.abc import Sequence
from pathlib import Path

import msgspec

from voicemock.reading.learned import load_weights
from voicemock.reading.meaning import Meaning
from voicemock.reading.sentences import Sentence

_LEAST_SHARE = 0.12  # voicemock default: share of sentences on the topic, tuned on labelled answers
_MOST_SHARE = 0.6  # more says no more
_LEAST_WORDS = 3  # "Um, what else" is on no topic and off none


class _Topic(msgspec.Struct, frozen=True):
    question: re.Pattern[str]
    answer: re.Pattern[str]


def speaks_to(question: str, sentences: Sequence[Sentence], model: Meaning | None = None) -> bool:
    """Return whether an answer is on the question's topic.

    Without the model, and where no topic fits the question, there is nothing to hold against the answer: it counts
    as on topic.
    """
    if model and sentences:
        return load_weights("topic").weigh(topic_features(question, sentences, model)) > 0
    share = _share(question, sentences)
    return share is None or share > _LEAST_SHARE


def topic_features(question: str, sentences: Sequence[Sentence], model: Meaning) -> dict[str, float]:
    """Return what is measured of an answer beside its question.

    Cosines of the question's vector with single sentences, pairs of them, and their mean.
    """
    import numpy as np

    share = _share(question, sentences)
    (asked,) = model.vectors([question.lower().strip(" .?!")])
    told = model.vectors([sentence.line for sentence in sentences])
    near = told @ asked
    ranked = np.sort(near)[::-1]
    pairs = np.vstack([told[:-1] + told[1:], told[-1:]])
    mean = told.mean(axis=0)
    measured = {
        "known": share is not None,
        "share": min(_MOST_SHARE, share or 0.0),
        "enough": (share or 0.0) > _LEAST_SHARE,
        "nearest": ranked[0],
        "three nearest": ranked[:3].mean(),
        "all": near.mean(),
        "together": mean @ asked / np.linalg.norm(mean),
        "beginning": near[:3].max(),
        "end": near[-3:].max(),
        "nearest pair": (pairs @ asked / np.linalg.norm(pairs, axis=1)).max(),
    }
    return {name: float(value) for name, value in measured.items()}


def _share(question: str, sentences: Sequence[Sentence]) -> float | None:
    """Return the share of sentences that speak of what the question asks about; None where no topic fits it."""
    asked = [topic for topic in _topics() if topic.question.search(question.lower())]
    lines = [s.line for s in sentences if s.line.count(" ") >= _LEAST_WORDS - 1]
    if not asked or not lines:
        return None
    return sum(bool(topic.answer.search(line)) for topic in asked for line in lines) / (len(asked) * len(lines))


@functools.cache
def _topics() -> tuple[_Topic, ...]:
    table = tomllib.loads((Path(__file__).parent / "topics.toml").read_text(encoding="utf-8"))
    return tuple(
        _Topic(re.compile(rf"\b(?:{entry['question']})"), re.compile(rf"(?<!\S)(?:{entry['answer']})(?!\S)"))
        for entry in table.values()
    )
