"""A take as voicemock records it: plain samples at the rate everything is heard at, which need no decoder."""

__all__ = ["OwnWav", "own_wav"]

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from voicemock.audio.arrays import Channels
from voicemock.audio.decoder import RATE_HZ
from voicemock.audio.decoding import Ended, Track
from voicemock.audio.wav import HEADER_BYTES, header

BYTES = 2
"""A sample's."""
FULL_SCALE = 32_768.0
LONGEST = 1 << 31
"""Larger files are left to FFmpeg: what their headers count is no longer certain."""


class OwnWav:
    """A file that is read as it lies on the disk; by the names a ``Decoding`` has."""

    tracks = (Track(RATE_HZ, 1, False),)

    def __init__(self, path: Path, samples: int) -> None:
        self.ended: tuple[Ended, ...] = ()
        self.died = ""
        self._path = path
        self._samples = samples

    def sound(self) -> Iterator[tuple[int, Channels]]:
        """Yield the track's number and its next (1, samples), -1 to 1, a second at a time."""
        read = 0
        try:
            with self._path.open("rb") as file:
                file.seek(HEADER_BYTES)
                while data := file.read(min(RATE_HZ, self._samples - read) * BYTES):
                    samples = np.frombuffer(data, "<i2", count=len(data) // BYTES)
                    read += len(samples)
                    yield 0, samples.astype(np.float32)[None] / np.float32(FULL_SCALE)
        except OSError as error:
            self.died = f"{error.strerror}"
        self.ended = (Ended(0, self._samples / RATE_HZ, read / RATE_HZ, damaged=False),)

    def close(self) -> None:
        """There is nothing to end: the file is open while its blocks are read."""


def own_wav(path: Path) -> OwnWav | None:
    """Return a file's reader if each of its bytes is as voicemock writes them, None if a decoder has to look."""
    try:
        with path.open("rb") as file:
            begins, size = file.read(HEADER_BYTES), file.seek(0, 2) - HEADER_BYTES
    except OSError:
        return None
    if not 0 < size < LONGEST or size % BYTES or begins != header(RATE_HZ, size):
        return None
    return OwnWav(path, size // BYTES)
