"""How it sounded: pace, pauses, pitch, loudness."""

from __future__ import annotations

__all__ = ["Delivery"]

from typing import TYPE_CHECKING

from voicemock.audio.load import RATE_HZ
from voicemock.schema import Prosody, Word
from voicemock.speech.pauses import Stretches, pauses
from voicemock.speech.quality import HOP
from voicemock.speech.verbatim import is_filled_pause

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Values = NDArray[np.float32]

FEWEST_F0 = 100
"""Under two seconds of voiced sound says nothing about a voice's melody. voicemock default, unvalidated."""

FAR_SEMITONES = 12.0
"""An octave from the median lie creak, laughter and another speaker, not melody. voicemock default,
unvalidated."""


class Delivery:
    """Gathers what delivery is judged by, piece by piece."""

    def __init__(self) -> None:
        self._f0: list[Values] = []

    def feed(self, f0: Values) -> None:
        """Take the pitch of a piece of speech, in Hz, as ``track_f0`` gives it."""
        import numpy as np

        self._f0.append(f0[np.isfinite(f0)])

    def prosody(self, words: tuple[Word, ...], stretches: Stretches, levels_db: Values) -> Prosody:
        """Return how the answer sounded: stretches of speech, and the level of every 20 ms of the recording."""
        import numpy as np

        if not words or not stretches:
            return Prosody()
        silences = pauses(stretches)
        first_s, last_s = stretches[0][0], stretches[-1][1]
        speaking_s = last_s - first_s - sum(pause.end_s - pause.start_s for pause in silences)
        count = sum(not is_filled_pause(word.text) for word in words)
        median_hz, spread = self._melody()
        loudness = levels_db[spoken_steps(stretches, len(levels_db))]
        return Prosody(
            response_latency_s=round(first_s, 2),
            speaking_s=round(speaking_s, 2),
            pauses=silences,
            speech_rate_wpm=_per_minute(count, last_s - first_s),
            articulation_rate_wpm=_per_minute(count, speaking_s),
            f0_median_hz=median_hz,
            f0_sd_semitones=spread,
            loudness_sd_db=round(float(np.std(loudness)), 1) if len(loudness) else None,
        )

    def _melody(self) -> tuple[float | None, float | None]:
        """Return the median pitch in Hz and its spread in semitones."""
        import numpy as np

        f0 = np.concatenate(self._f0) if self._f0 else np.zeros(0, np.float32)
        if len(f0) < FEWEST_F0:
            return None, None
        median = float(np.median(f0))
        semitones = 12 * np.log2(f0 / median)
        near = semitones[np.abs(semitones) < FAR_SEMITONES]
        return round(median, 1), round(float(np.std(near)), 2)


def spoken_steps(stretches: Stretches, count: int) -> NDArray[np.bool_]:
    """Tell for each 20 ms step whether somebody speaks."""
    import numpy as np

    spoken = np.zeros(count, bool)
    for start_s, end_s in stretches:
        spoken[round(start_s * RATE_HZ / HOP) : round(end_s * RATE_HZ / HOP)] = True
    return spoken


def _per_minute(count: int, seconds: float) -> float | None:
    return round(60 * count / seconds, 1) if seconds > 0 else None
