"""The second witness: filled pauses heard in the sound itself, on Whisper's own encoder.

The encoder runs anyway. Whether a hesitation sounds in one of its 20 ms frames is read off by a linear
probe: one weight for each of the frame's values. ``benchmarks/train_probe.py`` makes the weights, one file a
model in ``probes/``; ``docs/hearing.md`` says from what and how well they do.
"""

__all__ = ["Event", "Probe", "Reader", "load_probe", "load_reader", "runs"]

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import msgspec
import numpy as np
from numpy.typing import NDArray

from voicemock.audio.arrays import Steps
from voicemock.audio.frames import HOP_S
from voicemock.speech.encoded import Encoded

SMOOTH = 7
"""Frames averaged: 140 ms, the shortest hesitation worth a name."""

LEAST = 0.5
"""An event is a stretch with at least this chance. Half is where edges came out nearest the annotated ones: 0.07 s
early and 0.04 s late at the median, on synthetic speech with exact times."""

SHORTEST_S = 0.1
"""A shorter stretch is not an event."""


@dataclass(frozen=True, slots=True)
class Event:
    """A stretch that sounds like a filled pause, in seconds of the piece; strength is its peak, 0 to 1.

    dips: where another one may begin within it, the likeliest first. deep: how many of them are beyond doubt.
    """

    start_s: float
    end_s: float
    strength: float
    dips: tuple[float, ...] = ()
    deep: int = 0


class Reader(msgspec.Struct, frozen=True, kw_only=True):
    """A linear reader of encoder frames; a file in ``probes/`` as it stands.

    model: the Whisper model whose encoder it reads. made: by what and from what.
    """

    model: str
    made: str
    bias: float
    weights: tuple[float, ...]

    def chances(self, encoded: Encoded, smooth: int) -> NDArray[np.float32]:
        """Tell where the sound holds what is read for.

        Parameters
        ----------
        encoded
            A piece of sound.
        smooth
            Frames of 20 ms that are averaged.

        Returns
        -------
        The chance for every 20 ms, (steps,), 0 to 1: a logistic regression on the frame's values.
        """
        frames = np.asarray(encoded.output)[0, : encoded.frames // 2]
        chance = 1 / (1 + np.exp(-(frames @ np.array(self.weights, np.float32) + self.bias)))
        if len(chance) < smooth:
            return np.asarray(chance, np.float32)
        return np.convolve(chance, np.full(smooth, 1 / smooth), "same").astype(np.float32)


class Probe(Reader, frozen=True, kw_only=True):
    """Reads for filled pauses."""

    def events(self, encoded: Encoded) -> tuple[Event, ...]:
        """Return the filled pauses heard, in order."""
        chance = self.chances(encoded, SMOOTH)
        found = (
            Event(float(start) * HOP_S, float(end) * HOP_S, float(chance[start:end].max()))
            for start, end in runs(chance >= LEAST)
        )
        return tuple(event for event in found if event.end_s - event.start_s >= SHORTEST_S)


R = TypeVar("R", bound=Reader)


def runs(holds: Steps) -> NDArray[np.intp]:
    """Find the stretches of True.

    Parameters
    ----------
    holds
        (steps,).

    Returns
    -------
    Where each starts, and where it has ended, in steps: (stretches, 2).
    """
    edges = np.diff(np.concatenate([[False], holds, [False]]).astype(np.int8))
    return np.flatnonzero(edges).reshape(-1, 2)


@functools.cache
def load_reader(name: str, kind: type[R]) -> R | None:
    """Return a reader from its file in ``probes/``, None if none was made."""
    path = Path(__file__).parent / "probes" / f"{name}.json"
    return msgspec.json.decode(path.read_bytes(), type=kind) if path.is_file() else None


def load_probe(model: str) -> Probe | None:
    """Return the probe for a Whisper model, None if none was made."""
    return load_reader(model, Probe)
