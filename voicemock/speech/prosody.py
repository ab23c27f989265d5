"""How it sounded: pace, pauses, pitch, loudness."""

from __future__ import annotations

__all__ = ["Delivery"]

import itertools
import math
from typing import TYPE_CHECKING

from voicemock.audio.load import RATE_HZ
from voicemock.schema import Pause, Prosody, Word
from voicemock.speech.quality import HOP
from voicemock.speech.segments import Piece
from voicemock.speech.verbatim import is_filled_pause

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Levels = NDArray[np.float32]
    Speech = list[tuple[int, int]]

PAUSE_S = 0.5
"""A silence this long is a pause: Tauroza & Allison 1990 and Zandan count from about there."""

LOWEST_HZ, HIGHEST_HZ = 60.0, 400.0
"""The range of adult speaking voices, creak and excitement included."""

F0_FRAME = 1024
F0_HOP = 320
VOICED_TROUGH = 0.15
"""Where YIN's difference function dips under this the frame is periodic (de Cheveigné & Kawahara 2002: 0.1)."""

FEWEST_F0 = 50
"""Under a second of voiced frames says nothing about a voice's pitch."""


class Delivery:
    """Gathers what delivery is judged by, piece by piece."""

    def __init__(self) -> None:
        self._f0: list[Levels] = []

    def feed(self, piece: Piece) -> None:
        """Take a piece of speech."""
        import librosa
        import numpy as np

        f0 = librosa.yin(
            piece.samples,
            fmin=LOWEST_HZ,
            fmax=HIGHEST_HZ,
            sr=RATE_HZ,
            frame_length=F0_FRAME,
            hop_length=F0_HOP,
            trough_threshold=VOICED_TROUGH,
        )
        inside = (f0 > LOWEST_HZ * 1.05) & (f0 < HIGHEST_HZ * 0.95)
        self._f0.append(f0[inside].astype(np.float32))

    def levels(self, levels_db: Levels, speech: Speech) -> tuple[float | None, float | None]:
        """Return the level of the speech and of the noise in dB relative to full scale."""
        import numpy as np

        if not len(levels_db):
            return None, None
        spoken = _spoken(len(levels_db), speech)
        noise_db = round(float(np.percentile(levels_db, 10)), 1)
        if not spoken.any():
            return None, noise_db
        power = np.mean(10 ** (levels_db[spoken] / 10))
        return round(10 * math.log10(power), 1), noise_db

    def prosody(self, words: tuple[Word, ...], speech: Speech, levels_db: Levels) -> Prosody:
        """Return how the answer sounded."""
        import numpy as np

        timed = [(w.start_s, w.end_s) for w in words if w.start_s is not None and w.end_s is not None]
        if not timed or not speech:
            return Prosody()
        pauses = _pauses(speech)
        first_s, last_s = speech[0][0] / RATE_HZ, speech[-1][1] / RATE_HZ
        speaking_s = last_s - first_s - sum(pause.end_s - pause.start_s for pause in pauses)
        count = sum(not is_filled_pause(word.text) for word in words)
        f0 = np.concatenate(self._f0) if self._f0 else np.zeros(0, np.float32)
        pitched = len(f0) >= FEWEST_F0
        median = float(np.median(f0)) if pitched else None
        spoken = _spoken(len(levels_db), speech)
        return Prosody(
            response_latency_s=round(first_s, 2),
            speaking_s=round(speaking_s, 2),
            pauses=pauses,
            speech_rate_wpm=_per_minute(count, last_s - first_s),
            articulation_rate_wpm=_per_minute(count, speaking_s),
            f0_median_hz=round(median, 1) if median else None,
            f0_sd_semitones=round(float(np.std(12 * np.log2(f0 / median))), 2) if median else None,
            loudness_sd_db=round(float(np.std(levels_db[spoken])), 1) if spoken.any() else None,
        )


def _spoken(count: int, speech: Speech) -> NDArray[np.bool_]:
    import numpy as np

    spoken = np.zeros(count, bool)
    for start, end in speech:
        spoken[start // HOP : end // HOP] = True
    return spoken


def _pauses(speech: Speech) -> tuple[Pause, ...]:
    gaps = ((a[1] / RATE_HZ, b[0] / RATE_HZ) for a, b in itertools.pairwise(speech))
    return tuple(Pause(start_s=round(start, 2), end_s=round(end, 2)) for start, end in gaps if end - start >= PAUSE_S)


def _per_minute(count: int, seconds: float) -> float | None:
    return round(60 * count / seconds, 1) if seconds > 0 else None
