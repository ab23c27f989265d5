"""What the encoder's words say of whole sentences."""

__all__ = ["strengths"]

import numpy as np

from voicemock.reading.encoder import Floats
from voicemock.reading.text import Passage


def strengths(spoken: Passage, odds: Floats) -> list[float]:
    """Return how strongly each sentence speaks for something: the mean chance of its words, in log odds.

    odds: (tokens,), log odds of each word.
    """
    chances = 1 / (1 + np.exp(-np.clip(odds.astype(np.float64), -30, 30)))  # single precision ends at one
    means = [float(chances[first:end].mean()) for first, end in spoken.sentences]
    return [float(np.log(mean / (1 - mean))) if mean > 0 else -30.0 for mean in means]
