"""One run of the decoder over one sound file, in a process of its own: what kills it costs what it had not sent."""

__all__ = ["Decoding", "Ended", "Track"]

import contextlib
import json
import os
import signal
import subprocess
import sys
import weakref
from collections.abc import Iterator
from pathlib import Path

import msgspec
import numpy as np

from voicemock.audio.arrays import Channels
from voicemock.audio.decoder import CONVERT, END, ERROR, HEADER, SOUND, SOUND_HEADER
from voicemock.errors import AudioError

PROGRAM = "import json, sys; sys.path[:] = json.loads(sys.argv.pop()); from voicemock.audio.decoder import main; main()"
"""Takes over where to import from, so that it runs this voicemock, and nothing that lies in the current folder."""


class Track(msgspec.Struct, frozen=True):
    """One sound track of a file; 0 is what is not known before it is decoded."""

    rate_hz: int
    channels: int
    default: bool


class Ended(msgspec.Struct, frozen=True):
    """How a track ended. declared_s: how long the file says it is, if it says so exactly."""

    track: int
    declared_s: float | None
    reached_s: float
    damaged: bool


class Decoding:
    """A file being decoded; raises AudioError if it cannot be.

    tracks: the sound tracks there are. ended: of the tracks decoded, once all was read; empty if the decoder
    died before, and then ``died`` says how.
    """

    def __init__(self, path: Path, *, track: int | None = None) -> None:
        self.ended: tuple[Ended, ...] = ()
        self.died = ""
        self._path = path
        wanted = "" if track is None else str(track)
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", PROGRAM, str(path.absolute()), wanted, json.dumps(_import_paths())],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is for us
        )
        self._end = weakref.finalize(self, _end, self._process)
        message = self._message()
        if message is None:
            raise AudioError(f"{path} cannot be decoded: {self.died}.", hint=CONVERT)
        self.tracks = msgspec.json.decode(message[1], type=list[Track])

    def sound(self) -> Iterator[tuple[int, Channels]]:
        """Yield a track's number and its next (channels, samples) at 16 kHz, -1 to 1, about a second at a time."""
        ended = []
        try:
            while message := self._message():
                kind, content = message
                if kind == END:
                    ended.append(msgspec.json.decode(content, type=Ended))
                elif kind == SOUND:
                    track, channels = SOUND_HEADER.unpack_from(content)
                    samples = np.frombuffer(content, np.float32, offset=SOUND_HEADER.size)
                    samples = np.nan_to_num(samples).clip(-1.0, 1.0)  # damaged floats are any number, or none
                    yield track, samples.reshape(-1, channels).T
        finally:
            self.close()
        self.ended = tuple(ended)

    def close(self) -> None:
        """End it, however far it has got."""
        self._end()

    def _message(self) -> tuple[bytes, bytes] | None:
        """Return the next message; None at the end, or if the decoder died."""
        output = self._process.stdout
        assert output
        header = output.read(HEADER.size)
        kind, size = HEADER.unpack(header) if len(header) == HEADER.size else (b"", 0)
        content = output.read(size)
        if not kind or len(content) < size:
            self.died = _death(self._process.wait())
            return None
        if kind == ERROR:
            message, hint = json.loads(content)
            raise AudioError(message.replace(str(self._path.absolute()), str(self._path), 1), hint=hint)
        return kind, content


def _end(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(OSError):
        process.kill()
    if process.stdout:
        process.stdout.close()
    process.wait()


def _death(code: int) -> str:
    """Return how a process ended, empty if it ended well."""
    if code == 0:
        return ""
    if hasattr(signal, "SIGPROF") and code == -signal.SIGPROF:
        return "it kept the decoder busy and gave no sound"
    crashed = code < 0 or code > 255  # a signal, or what Windows calls one
    return "the decoder crashed on it" if crashed else f"the decoder could not run (exit code {code})"


def _import_paths() -> list[str]:
    return [path or os.getcwd() for path in sys.path]  # noqa: PTH109 (a string is wanted)
