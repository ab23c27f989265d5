"""In place of the learned reader's network: what it is asked to read, and answers that cost nothing."""

import copy
from typing import Any

import numpy as np

from voicemock.reading.encoder import SPANS, Encoder, load_bars, load_encoder

Array = np.ndarray[Any, Any]

PLACES = 512
"""What the network has places for."""


class Counting:
    """It says of each word piece in which window it was read, and how far from that window's edge."""

    def __init__(self) -> None:
        self.windows: list[Array] = []

    def run(self, _: None, asked: dict[str, Array]) -> list[Array]:
        (ids,), (says,), (kinds,) = asked["ids"], asked["says"], asked["kinds"]
        inside = np.flatnonzero(says == 0)
        assert len(ids) <= PLACES
        assert kinds[inside].all()
        self.windows.append(ids[inside])
        spans = np.zeros((1, len(ids), len(SPANS)), np.float32)
        spans[0, :, 0] = len(self.windows)
        spans[0, inside, 1] = np.minimum(np.arange(len(inside)), np.arange(len(inside))[::-1])
        signals = np.full((1, len(load_bars().signals)), len(self.windows), np.float32)
        return [spans, np.zeros((1, len(ids), signals.shape[1]), np.float32), signals]


def counting_reader() -> Encoder:
    """Return the reader with its tokenizer and windows, and ``Counting`` as its network."""
    reader = copy.copy(load_encoder())
    reader._session = Counting()
    return reader
