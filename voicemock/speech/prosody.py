"""How it sounded: pace, pauses, pitch, loudness."""

__all__ = ["Delivery", "own_turns", "spoken_steps"]

import math

import numpy as np

from voicemock.audio.arrays import Levels, Pitch, Steps, Times
from voicemock.audio.frames import HOP
from voicemock.audio.load import RATE_HZ
from voicemock.schema import Prosody, Word
from voicemock.speech.contour import FEWEST_F0, contour, semitones
from voicemock.speech.pauses import Stretches, pauses
from voicemock.speech.verbatim import is_filled_pause


class Delivery:
    """Gathers what delivery is judged by, piece by piece."""

    def __init__(self) -> None:
        self._f0: list[Pitch] = []
        self._at_s: list[Times] = []

    def feed(self, f0: Pitch, at_s: Times) -> None:
        """Take the pitch of a piece of speech.

        Parameters
        ----------
        f0
            In Hz, (steps,), NaN if nothing is voiced: as ``track_f0`` gives it.
        at_s
            When in the recording each value was heard, (steps,).
        """
        voiced = np.isfinite(f0)
        self._f0.append(f0[voiced])
        self._at_s.append(at_s[voiced])

    def prosody(
        self, words: tuple[Word, ...], stretches: Stretches, levels_db: Levels, *, others: Stretches | None = None
    ) -> Prosody:
        """Sum up how the answer sounded.

        Parameters
        ----------
        words
            All that was said, filled pauses too: those do not count for the pace.
        stretches
            (start, end) in seconds of all speech.
        levels_db
            Of every 20 ms of the recording, (steps,).
        others
            (start, end) of when somebody else has the word: it is not measured, and leaves no pause.
        """
        turns = own_turns(stretches, others or [])
        if not words or not turns:
            return Prosody()
        own = [stretch for turn in turns for stretch in turn]
        silences = tuple(pause for turn in turns for pause in pauses(turn))
        asked = (min(end, last) for _, last in others or [] for start, end in stretches if start < last <= own[0][0])
        lasts_s = sum(turn[-1][1] - turn[0][0] for turn in turns)
        speaking_s = lasts_s - sum(pause.end_s - pause.start_s for pause in silences)
        count = sum(not is_filled_pause(word.text) for word in words)
        f0, at_s = self._voiced(others or [])
        median_hz, spread = _melody(f0)
        spoken = spoken_steps(own, len(levels_db))
        loudness = levels_db[spoken]
        return Prosody(
            response_latency_s=round(own[0][0] - max(asked, default=0.0), 2),
            speaking_s=round(speaking_s, 2),
            pauses=silences,
            speech_rate_wpm=_per_minute(count, lasts_s),
            articulation_rate_wpm=_per_minute(count, speaking_s),
            f0_median_hz=median_hz,
            f0_sd_semitones=spread,
            loudness_sd_db=round(float(np.std(loudness)), 1) if len(loudness) else None,
            contour=contour(f0, at_s, median_hz=median_hz, levels_db=levels_db, spoken=spoken),
        )

    def _voiced(self, others: Stretches) -> tuple[Pitch, Times]:
        """Return the pitch in Hz outside the others' turns, and when it was heard, both (voiced,)."""
        if not self._f0:
            return np.zeros(0, np.float32), np.zeros(0, np.float32)
        f0, at_s = np.concatenate(self._f0), np.concatenate(self._at_s)
        own = np.ones(len(f0), bool)
        for start_s, end_s in others:
            own &= (at_s < start_s) | (end_s <= at_s)
        return f0[own], at_s[own]


def _melody(f0: Pitch) -> tuple[float | None, float | None]:
    """Return the median pitch in Hz and its spread in semitones."""
    if len(f0) < FEWEST_F0:
        return None, None
    median = float(np.median(f0))
    return round(median, 1), round(float(np.nanstd(semitones(f0, median))), 2)


def own_turns(stretches: Stretches, others: Stretches) -> list[Stretches]:
    """Return the stretches of speech outside the others' time, those between two turns of theirs together."""
    turns: list[Stretches] = []
    edges = [0.0, *(edge for other in sorted(others) for edge in other), math.inf]
    for first_s, last_s in zip(edges[::2], edges[1::2], strict=True):
        turn = [(max(a, first_s), min(b, last_s)) for a, b in stretches if a < last_s and b > first_s]
        if last_s > first_s and turn:
            turns.append(turn)
    return turns


def spoken_steps(stretches: Stretches, count: int) -> Steps:
    """Return for every 20 ms of a recording, (count,), whether somebody speaks; stretches: (start, end) in seconds."""
    spoken = np.zeros(count, bool)
    for start_s, end_s in stretches:
        spoken[round(start_s * RATE_HZ / HOP) : round(end_s * RATE_HZ / HOP)] = True
    return spoken


def _per_minute(count: int, seconds: float) -> float | None:
    return round(60 * count / seconds, 1) if seconds > 0 else None
