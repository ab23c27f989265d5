"""Whether somebody else talks along: then words may be theirs, and the speaker's filled pauses are missed.

Read off Whisper's own encoder, as filled pauses are: one weight for each of a frame's values says whether another
voice sounds in it. ``benchmarks/train_second_voice.py`` makes the weights; ``docs/hearing.md`` says how well they do.
"""

from __future__ import annotations

__all__ = ["Talk", "load_second_voice", "problems", "talk_in"]

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from voicemock.clock import clock
from voicemock.speech.probe import FRAME_S, Reader, load_reader, runs

if TYPE_CHECKING:
    from voicemock.speech.recognise import Encoded
    from voicemock.speech.segments import Piece

SMOOTH = 15
"""Frames averaged: 300 ms, a short word."""

SOUNDS = 0.7
POOR_SHARE = 0.1
"""Another voice is heard where the chance reaches the first; a recording is called poor from this share of its
speech on. Chosen on held-back speakers, see docs/hearing.md."""


@dataclass(frozen=True, slots=True)
class Talk:
    """How much of a piece holds another voice.

    lasts_s: length of the piece. other_s: of it with another voice. longest_s: the longest of that in one go.
    at_s: where in the recording that begins.
    """

    lasts_s: float
    other_s: float
    longest_s: float
    at_s: float


def talk_in(piece: Piece, encoded: Encoded, reader: Reader) -> Talk:
    """Measure how much of a piece holds another voice."""
    import numpy as np

    heard = reader.chances(encoded, SMOOTH) >= SOUNDS
    found = runs(heard)
    start, end = found[np.argmax(found[:, 1] - found[:, 0])] if len(found) else (0, 0)
    return Talk(
        len(heard) * FRAME_S,
        float(heard.sum()) * FRAME_S,
        float(end - start) * FRAME_S,
        piece.time_s(float(start) * FRAME_S),
    )


def problems(talks: Sequence[Talk]) -> tuple[str, ...]:
    """Return why the words and counts of a recording cannot be trusted, in words for people."""
    other_s = sum(talk.other_s for talk in talks)
    if other_s == 0.0 or other_s < POOR_SHARE * sum(talk.lasts_s for talk in talks):
        return ()
    at_s = max(talks, key=lambda talk: talk.longest_s).at_s
    return (
        f"another voice is heard for about {max(1, round(other_s))} s, most clearly at {clock(at_s)}: some words may be"
        " theirs, and filled pauses may be missed",
    )


def load_second_voice(model: str) -> Reader | None:
    """Return the reader for a Whisper model, None where none was made."""
    return load_reader(f"{model}.second-voice", Reader)
