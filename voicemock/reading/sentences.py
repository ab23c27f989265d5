"""What the encoder's words say of whole sentences."""

__all__ = ["mean_chances", "strengths"]

import numpy as np

from voicemock.reading.encoder import Floats
from voicemock.reading.text import Passage

_WORDS = 3
"""The strongest words of a sentence stand for it. Of the ways tried (mean, sum, maximum, three, six) this finds the
sentences that annotators marked most often, in real and in invented answers."""


def strengths(spoken: Passage, odds: Floats) -> list[float]:
    """Return how strongly each sentence proves something: the mean log odds of its strongest words.

    odds: (tokens,), log odds of each word.
    """
    return [float(np.sort(odds[first:end])[-_WORDS:].mean()) for first, end in spoken.sentences]


def mean_chances(spoken: Passage, odds: Floats) -> list[float]:
    """Return how much of each sentence belongs to something: the mean chance of its words, in log odds."""
    chances = 1 / (1 + np.exp(-np.clip(odds.astype(np.float64), -30, 30)))  # single precision ends at one
    means = [float(chances[first:end].mean()) for first, end in spoken.sentences]
    return [float(np.log(mean / (1 - mean))) for mean in means]
