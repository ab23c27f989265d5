"""How well it was recorded: level, noise, clipping, in one pass and constant memory."""

__all__ = ["Meter", "levels_of"]

import math

import numpy as np

from voicemock.audio.arrays import Levels, Samples, Steps
from voicemock.audio.frames import FULL_SCALE, HOP, Frames
from voicemock.audio.load import RATE_HZ

LEAST_POWER = 1e-10
"""Added to the mean square of a step, so that digital silence is at -100 dB."""

SNR_FLOOR_DB = 6.0
"""A recording is called poor if speech is less than this above the noise. voicemock default, unvalidated."""

CLIPPED_SHARE = 0.001
"""A recording is called poor above this share of clipped samples. voicemock default, unvalidated."""

QUIET_DB = -55.0
"""A recording is called poor if its speech is below this level. voicemock default, unvalidated."""

NOISE_PERCENTILE = 10
"""The noise is the quietest tenth of a recording: of every answer that much is pause."""


def levels_of(steps: Samples) -> Levels:
    """Return how loud every 20 ms is.

    Parameters
    ----------
    steps
        The samples of each, (steps, ``HOP``), -1 to 1.

    Returns
    -------
    The root mean square of each in dB relative to full scale, (steps,), at least -100.
    """
    power = np.square(steps).mean(axis=1)
    return np.asarray(10 * np.log10(power + LEAST_POWER), np.float32)


class Meter:
    """Gathers the level of every 20 ms."""

    def __init__(self) -> None:
        self._steps = Frames(HOP)
        self._levels: list[Levels] = []
        self._clipped = self._samples = 0

    def feed(self, block: Samples, clean: Samples) -> None:
        """Take the next samples.

        Parameters
        ----------
        block
            As recorded, (samples,) at 16 kHz: to see what is clipped.
        clean
            The same without rumble: to measure the level.
        """
        self._samples += len(block)
        self._clipped += int(np.count_nonzero(np.abs(block) >= FULL_SCALE))
        self._levels.append(levels_of(self._steps.feed(clean)))

    @property
    def duration_s(self) -> float:
        """Return how much was heard."""
        return self._samples / RATE_HZ

    @property
    def clipped_share(self) -> float:
        """Return the share of samples at full scale."""
        return self._clipped / self._samples if self._samples else 0.0

    def levels_db(self) -> Levels:
        """Return the level of every 20 ms so far, (steps,), in dB relative to full scale."""
        return np.concatenate(self._levels) if self._levels else np.zeros(0, np.float32)

    def loudness(self, spoken: Steps) -> tuple[float | None, float | None]:
        """Measure speech and noise.

        Parameters
        ----------
        spoken
            For every 20 ms, whether somebody speaks, (steps,) as ``levels_db`` has them.

        Returns
        -------
        The level of the speech, and of the quietest tenth of the recording, in dB relative to full scale; None where
        there is no such sound.
        """
        levels = self.levels_db()
        if not len(levels):
            return None, None
        noise_db = round(float(np.percentile(levels, NOISE_PERCENTILE)), 1)
        if not spoken.any():
            return None, noise_db
        return round(10 * math.log10(np.mean(10 ** (levels[spoken].astype(np.float64) / 10))), 1), noise_db

    def problems(self, level_db: float | None, noise_db: float | None) -> tuple[str, ...]:
        """Return why delivery should not be judged by this recording, in words for people."""
        found = []
        if self.clipped_share > CLIPPED_SHARE:
            found.append(f"{self.clipped_share:.1%} of it is clipped: turn the input level down")
        if level_db is not None and level_db < QUIET_DB:
            found.append(f"the voice is very quiet ({level_db:.0f} dB): turn the input level up")
        if level_db is not None and noise_db is not None and level_db - noise_db < SNR_FLOOR_DB:
            found.append(f"the voice is only {max(0, math.floor(level_db - noise_db))} dB above the noise")
        return tuple(found)
