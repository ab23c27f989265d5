"""A stream of samples in frames of one length, whatever the size of the blocks it comes in."""

__all__ = ["FULL_SCALE", "HOP", "HOP_S", "Frames"]

from typing import Any

import numpy as np
from numpy.typing import NDArray

from voicemock.audio.decoder import RATE_HZ

HOP_S = 0.02
"""Levels, pitch and the frames of Whisper's encoder all come every 20 ms."""

HOP = RATE_HZ // 50
"""The samples in them."""

FULL_SCALE = 0.999
"""A sample from here on is clipped: converters and codecs seldom give 1.0 itself."""


class Frames:
    """Cuts a stream into frames and keeps what does not fill one yet.

    size: samples in a frame.
    """

    def __init__(self, size: int) -> None:
        self.size = size
        self._rest: NDArray[Any] = np.zeros(0, np.float32)

    @property
    def rest(self) -> NDArray[Any]:
        """The samples that wait for the rest of their frame, (samples,) or (channels, samples)."""
        return self._rest

    def feed(self, block: NDArray[Any]) -> NDArray[Any]:
        """Take the next samples.

        Parameters
        ----------
        block
            (samples,), or (channels, samples); if the number of channels changes, what was waiting is dropped.

        Returns
        -------
        The frames they complete, (frames, size) or (channels, frames, size): often none.
        """
        same = self._rest.shape[:-1] == block.shape[:-1]
        samples = np.concatenate([self._rest, block], axis=-1) if same else block
        count = samples.shape[-1] // self.size
        self._rest = samples[..., count * self.size :]
        return samples[..., : count * self.size].reshape(*samples.shape[:-1], count, self.size)
