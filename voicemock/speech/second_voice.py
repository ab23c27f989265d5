"""Whether somebody else is talking too: then words may be theirs, and the speaker's filled pauses are missed.

Read off Whisper's own encoder, as filled pauses are: one weight for each of a frame's values says whether another
voice sounds in it. ``benchmarks/train_second_voice.py`` makes the weights; ``docs/hearing.md`` says how well they do.
"""

__all__ = ["Talk", "load_second_voice", "piece_times", "problems", "talk_in"]

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from voicemock.audio.arrays import Steps, Times
from voicemock.audio.frames import HOP_S
from voicemock.phrases import clock
from voicemock.speech.encoded import Encoded
from voicemock.speech.probe import Reader, load_reader, runs
from voicemock.speech.segments import Piece

SMOOTH = 15
"""Frames averaged: 300 ms, a short word."""

SOUNDS = 0.7
"""Another voice is heard if its chance reaches this. Chosen on held-back speakers, see docs/hearing.md."""

POOR_SHARE = 0.1
"""A recording is called poor from this share of its speech on. Chosen on held-back speakers, see docs/hearing.md."""

LEAST_S = 1.0
"""Under a second of another voice is no more than a word, or a sound of the speaker's own. voicemock default,
unvalidated."""

ROUNDED_DB = -70.0
"""Speech below this level is within 20 dB of the smallest step of 16 bits (-90 dB): its rounding sounds like another
voice. Nobody can be told apart there."""


@dataclass(frozen=True, slots=True)
class Talk:
    """Where in a piece another voice is heard.

    heard: for every 20 ms, whether it is. times_s: when in the recording that was.
    """

    heard: Steps
    times_s: Times

    @property
    def lasts_s(self) -> float:
        """Return the length of the piece."""
        return len(self.heard) * HOP_S

    @property
    def other_s(self) -> float:
        """Return how much of it holds another voice."""
        return float(self.heard.sum()) * HOP_S

    @property
    def longest_s(self) -> float:
        """Return the longest stretch with another voice."""
        start, end = self._longest()
        return (end - start) * HOP_S

    @property
    def at_s(self) -> float:
        """Return where in the recording that begins."""
        return float(self.times_s[self._longest()[0]]) if len(self.times_s) else 0.0

    def outside(self, others: Sequence[tuple[float, float]]) -> "Talk":
        """Return what is left if somebody else is speaking at these seconds of the recording."""
        kept = np.ones(len(self.heard), bool)
        for start_s, end_s in others:
            kept &= (self.times_s < start_s) | (self.times_s >= end_s)
        return Talk(self.heard[kept], self.times_s[kept])

    def _longest(self) -> tuple[int, int]:
        found = runs(self.heard)
        return max(((int(start), int(end)) for start, end in found), key=lambda run: run[1] - run[0], default=(0, 0))


def talk_in(piece: Piece, encoded: Encoded, reader: Reader) -> Talk:
    """Tell where in a piece another voice is heard."""
    heard = reader.chances(encoded, SMOOTH) >= SOUNDS
    return Talk(heard, piece_times(piece, len(heard)))


def piece_times(piece: Piece, count: int) -> Times:
    """Return when in the recording each 20 ms of a piece was heard."""
    return np.array([piece.time_s(step * HOP_S) for step in range(count)], np.float32)


def problems(talks: Sequence[Talk], *, level_db: float | None = None) -> tuple[str, ...]:
    """Return why the words and counts of a recording cannot be trusted, in words for people.

    level_db: of the speech. If it is barely above what a file can hold, its rounding sounds like another voice.
    """
    if level_db is not None and level_db < ROUNDED_DB:
        return ()
    other_s = sum(talk.other_s for talk in talks)
    if other_s < LEAST_S or other_s < POOR_SHARE * sum(talk.lasts_s for talk in talks):
        return ()
    at_s = max(talks, key=lambda talk: talk.longest_s).at_s
    return (
        f"another voice is heard for about {round(other_s)} s, most clearly at {clock(at_s)}: some words may be"
        " theirs, and filled pauses may be missed",
    )


def load_second_voice(model: str) -> Reader | None:
    """Return the reader for a Whisper model, None if none was made."""
    return load_reader(f"{model}.second-voice", Reader)
