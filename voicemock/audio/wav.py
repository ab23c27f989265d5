"""Sound in memory to WAV files: resampled, written whole, or growing crash-safely."""

__all__ = ["HEADER_BYTES", "GrowingWav", "header", "resampler", "wav_bytes"]

import contextlib
import io
import os
import struct
import tempfile
import time
import wave
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

from voicemock.audio.arrays import Samples
from voicemock.paths import private_dir

HEADER_BYTES = 44
_SYNC_EVERY_S = 0.5
_COPIED_BYTES = 1 << 20


def wav_bytes(samples: Samples, rate_hz: int) -> bytes:
    """Return mono samples, (samples,), as the content of a 16-bit WAV file; what is beyond -1 to 1 is clipped."""
    content = io.BytesIO()
    with wave.open(content, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        file.writeframes((np.clip(samples, -1.0, 1.0) * 32767.0).astype("<i2").tobytes())
    return content.getvalue()


def header(rate_hz: int, size: int) -> bytes:
    """Return how a mono 16-bit WAV file begins whose samples take so many bytes."""
    riff = struct.pack("<4sI4s", b"RIFF", 36 + size, b"WAVE")
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, rate_hz, 2 * rate_hz, 2, 16)
    return riff + form + struct.pack("<4sI", b"data", size)


def resampler(rate_hz: int, to_hz: int) -> Callable[[bytes, bool], bytes]:
    """Return a function from mono 16-bit samples, and whether they are the last, to the same at another rate."""
    if rate_hz == to_hz:
        return lambda pcm, _last: pcm
    import soxr

    stream = soxr.ResampleStream(rate_hz, to_hz, 1, dtype="int16")

    def resample(pcm: bytes, last: bool) -> bytes:
        return bytes(stream.resample_chunk(np.frombuffer(pcm, np.int16), last=last).tobytes())

    return resample


def _new_file(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)


class GrowingWav:
    """A mono 16-bit WAV file that can be read at any moment, even after the process or the machine died.

    Every write reaches the operating system at once with a header that counts it, so a killed process
    loses nothing written; the disk is told to keep it every half second, so a power cut loses no more.
    The file is created with mode 0600 and must not exist. If it is deleted or moved while it grows, it is written
    again to its place, folders too, with all that was in it.

    restored: whether it was written again.
    moved_to: where it goes on, where its place could not be made again.
    """

    def __init__(self, path: Path, rate_hz: int) -> None:
        self.restored = False
        self.moved_to: Path | None = None
        self._path = path
        self._rate_hz = rate_hz
        self._bytes = 0
        self._synced_at = time.monotonic()
        self._fd = _new_file(path)
        try:
            self._put(0, header(self._rate_hz, self._bytes))
        except OSError:
            os.close(self._fd)
            path.unlink()
            raise

    def write(self, pcm: bytes) -> None:
        """Append 16-bit little-endian samples; raises OSError, such as when the disk is full."""
        self._put(HEADER_BYTES + self._bytes, pcm)
        self._bytes += len(pcm)
        self._put(0, header(self._rate_hz, self._bytes))
        if time.monotonic() - self._synced_at >= _SYNC_EVERY_S:
            self._keep_in_place()
            os.fsync(self._fd)
            self._synced_at = time.monotonic()

    def close(self) -> None:
        """Put everything on the disk and close the file."""
        try:
            self._keep_in_place()
            os.fsync(self._fd)
        finally:
            os.close(self._fd)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _keep_in_place(self) -> None:
        """Look whether the file is where it should be; otherwise write what it holds there, or where it can be."""
        if os.name == "nt":  # an open file cannot be deleted or moved there
            return
        with contextlib.suppress(OSError):
            if os.path.samestat(os.fstat(self._fd), self._path.stat()):
                return
        try:
            private_dir(self._path.parent)
            self._go_on_in(_new_file(self._path))
        except OSError:
            fd, name = tempfile.mkstemp(prefix="voicemock-", suffix=f"-{self._path.name}")
            self._go_on_in(fd)
            self._path = self.moved_to = Path(name)
        self.restored = True

    def _go_on_in(self, fd: int) -> None:
        old = self._fd
        os.lseek(old, 0, os.SEEK_SET)
        try:
            while piece := os.read(old, _COPIED_BYTES):
                view = memoryview(piece)
                while view:
                    view = view[os.write(fd, view) :]
        except OSError:
            os.close(fd)
            raise
        self._fd = fd
        os.close(old)

    def _put(self, offset: int, data: bytes) -> None:
        os.lseek(self._fd, offset, os.SEEK_SET)
        view = memoryview(data)
        while view:  # a nearly full disk takes a part
            view = view[os.write(self._fd, view) :]
