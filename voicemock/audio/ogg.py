"""Ogg files joined end to end, which FFmpeg reads only up to where the second one differs from the first."""

__all__ = ["links"]

import mmap
from collections.abc import Sequence
from pathlib import Path

_CAPTURE = b"OggS"
_HEADER_BYTES = 27
_FLAGS_AT = 5
_BEGINS = 2
"""The flag of a page that begins a logical stream: https://www.rfc-editor.org/rfc/rfc3533#section-6."""


class Link:
    """One of the files joined, as FFmpeg reads from it."""

    def __init__(self, data: mmap.mmap, start: int, end: int) -> None:
        self._data = data
        self._start, self._end = start, end
        self._at = start

    def read(self, size: int) -> bytes:
        """Return up to ``size`` bytes; none at the end."""
        part = self._data[self._at : min(self._at + size, self._end)]
        self._at += len(part)
        return part

    def seek(self, offset: int, whence: int = 0) -> int:
        """Move to a place, from the start, from here or from the end."""
        base = (self._start, self._at, self._end)[whence]
        self._at = min(max(base + offset, self._start), self._end)
        return self.tell()

    def tell(self) -> int:
        """Return the place."""
        return self._at - self._start


def links(path: Path) -> Sequence[Link]:
    """Return the files that an Ogg file was joined from; none if it is one, or no Ogg."""
    with path.open("rb") as file:
        if file.read(4) != _CAPTURE:
            return ()
        data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    starts = _starts(data)
    if len(starts) < 2:
        return ()
    return [Link(data, start, end) for start, end in zip(starts, [*starts[1:], len(data)], strict=True)]


def _starts(data: mmap.mmap) -> list[int]:
    """Return where a page begins a stream though the one before it does not.

    Streams that sound together all begin before any goes on.
    """
    starts = []
    begun = False
    at = 0
    while 0 <= at <= len(data) - _HEADER_BYTES:
        if data[at : at + 4] != _CAPTURE:
            at = data.find(_CAPTURE, at)  # past what is damaged
            continue
        begins = bool(data[at + _FLAGS_AT] & _BEGINS)
        if begins and not begun:
            starts.append(at)
        begun = begins
        segments = data[at + _HEADER_BYTES - 1]
        at += _HEADER_BYTES + segments + sum(data[at + _HEADER_BYTES : at + _HEADER_BYTES + segments])
    return starts
