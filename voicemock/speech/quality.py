"""How well it was recorded: level, noise, clipping, in one pass and flat memory."""

__all__ = ["Meter"]

import math

import numpy as np

from voicemock.audio.arrays import Levels, Samples, Steps
from voicemock.audio.load import RATE_HZ

HOP = RATE_HZ // 50
"""Levels are taken every 20 ms."""

FULL_SCALE = 0.999
FLOOR_DB = -100.0

SNR_FLOOR_DB = 6.0
CLIPPED_SHARE = 0.001
QUIET_DB = -55.0
"""Below this distance of speech to noise, above this share of clipped samples, or below this level a
recording is called poor. voicemock defaults, unvalidated."""


class Meter:
    """Gathers the level of every 20 ms."""

    def __init__(self) -> None:
        self._rest = np.zeros(0, np.float32)
        self._levels: list[Levels] = []
        self._clipped = self._samples = 0

    def feed(self, block: Samples, clean: Samples) -> None:
        """Take the next samples: as recorded, for clipping, and without rumble, for the level."""
        self._samples += len(block)
        self._clipped += int(np.count_nonzero(np.abs(block) >= FULL_SCALE))
        samples = np.concatenate([self._rest, clean])
        whole = len(samples) // HOP * HOP
        self._rest = samples[whole:]
        power = np.square(samples[:whole].reshape(-1, HOP)).mean(axis=1)
        self._levels.append((10 * np.log10(power + 1e-10)).astype(np.float32))

    @property
    def duration_s(self) -> float:
        """Return how much was heard."""
        return self._samples / RATE_HZ

    @property
    def clipped_share(self) -> float:
        """Return the share of samples at full scale."""
        return self._clipped / self._samples if self._samples else 0.0

    def levels_db(self) -> Levels:
        """Return the level of every 20 ms in dB relative to full scale."""
        return np.concatenate(self._levels) if self._levels else np.zeros(0, np.float32)

    def loudness(self, spoken: Steps) -> tuple[float | None, float | None]:
        """Return the level of the speech and of the noise in dB relative to full scale.

        spoken: for every 20 ms, whether somebody speaks. The noise is the quietest tenth of the recording.
        """
        levels = self.levels_db()
        if not len(levels):
            return None, None
        noise_db = round(float(np.percentile(levels, 10)), 1)
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
