"""Whether an answer is about something else altogether: a recipe, a match, the weather.

Not: whether this question is the one answered. That cannot be told well enough to be said (docs/reading.md). Told is
only what lies far from all answers to all questions, by the mean of its sentences' meanings, where the question itself
is one of those and no sentence comes near it. Needs the sentence model.
"""

__all__ = ["about_something_else"]

import functools
import re
from collections.abc import Sequence

import msgspec
import numpy as np

from voicemock.reading.learned import FOLDER
from voicemock.reading.meaning import Meaning, Vectors
from voicemock.reading.sentences import Sentence, cut
from voicemock.reading.text import passage

_FAR = (
    -1.6
)  # log odds; voicemock default: the farthest 45 words cut out of 851 answers lie at -1.5, whole answers at -0.6
_ASKED = (
    -0.75
)  # log odds; voicemock default: 99 of the sets' 104 questions lie above, "What do you like to cook?" below
_NEAR = 0.45  # cosine; voicemock default: a sentence this near the question speaks of it
_ENGLISH = 0.12  # share of the words below; voicemock default: the model reads English alone
_COMMON = re.compile(
    r"(?<!\S)(?:the|an?|and|of|to|in|on|for|with|is|was|are|were|it|that|this|i|you|we|he|she|my|your|but)(?!\S)"
)


class _Reader(msgspec.Struct, frozen=True):
    """What a mean sentence vector says about work; fitted by ``benchmarks/train_off_topic.py``."""

    bias: float
    vector: list[float]


def about_something_else(question: str, sentences: Sequence[Sentence], model: "Meaning") -> bool:
    """Return whether an answer to an interview question is about something else altogether."""
    words = " ".join(sentence.line for sentence in sentences)
    if len(_COMMON.findall(words)) <= _ENGLISH * len(words.split()):
        return False
    asked = model.vectors([s.line for s in cut(passage(question))])
    said = model.vectors([s.line for s in sentences])
    if not len(asked):
        return False
    return _about_work(asked) > _ASKED and _about_work(said) < _FAR and float((said @ asked.T).max()) < _NEAR


def _about_work(vectors: "Vectors") -> float:
    """Return the log odds that sentences are about somebody's work."""
    reader = _reader()
    mean = vectors.mean(axis=0)
    return float(mean @ np.array(reader.vector, np.float32) / np.linalg.norm(mean) + reader.bias)


@functools.cache
def _reader() -> _Reader:
    return msgspec.json.decode((FOLDER / "elsewhere.json").read_bytes(), type=_Reader)
