"""Read any sound file: as a stream of mono 16 kHz blocks in constant memory, or whole if it is short."""

__all__ = ["RATE_HZ", "AudioFile", "decode"]

import copy
import stat
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from voicemock.audio.arrays import Channels, Samples
from voicemock.audio.choice import ALL, Choice, choose
from voicemock.audio.decoder import CONVERT, RATE_HZ
from voicemock.audio.decoding import Decoding
from voicemock.audio.own_wav import OwnWav, own_wav
from voicemock.errors import AudioError
from voicemock.phrases import clock

DEAD_CHANNEL = 1e-4
"""A channel with less than this share of the loudest one's energy (-40 dB) carries nobody: an unplugged side
of a stereo pair. voicemock default, unvalidated."""

CANCELLED = 0.01
"""If the mean of the channels keeps less than this share of their energy (-20 dB), they are wired with opposite signs.
voicemock default, unvalidated."""

ENDS_EARLY_S = 1.0
"""A file this much shorter than its header says was cut off. voicemock default, unvalidated."""


class AudioFile:
    """A sound file of any format FFmpeg reads, decoded by a process of its own: what kills it costs this file alone.

    A take of voicemock's own is read as it is.

    Raises ``AudioError`` at once if the file is missing, empty or holds no sound, or not what is asked for.

    track: the sound track to listen to, from 1; None takes the one with most speech.
    channel: "left", "right", a number from 1, or "all"; None takes one side if the two are two people.

    problems: what was wrong with the file, in words for people; complete once ``blocks`` is exhausted.
    notes: what was chosen for the user, and how to choose otherwise.
    """

    def __init__(self, path: Path, *, track: int | None = None, channel: str | None = None) -> None:
        _check(path)
        self.path = path
        self._decoding: Decoding | OwnWav | None = _decoding(path, None if track is None else track - 1)
        self._tracks = self._decoding.tracks
        self._take(choose(path, self._decoding, track=track, channel=channel))

    def _take(self, choice: Choice) -> None:
        self.problems: tuple[str, ...] = ()
        self.notes = choice.notes
        self._choice = choice
        if choice.looked:
            self._decoding = None
        track = self._tracks[choice.track]
        self.sample_rate_hz = track.rate_hz
        self.channels = track.channels
        self.track = choice.track + 1 if len(self._tracks) > 1 else None
        self.channel = None if track.channels == 1 else ALL if choice.channel is None else str(choice.channel + 1)

    def other(self) -> "AudioFile | None":
        """Return the same file with the other person listened to; None if one was asked for, or there is one."""
        if self._choice.other is None:
            return None
        file = copy.copy(self)
        file._take(self._choice.other)
        return file

    def blocks(self) -> Iterator[Samples]:
        """Yield about a second of samples at a time, within -1 to 1.

        A file that breaks off yields what can be decoded and says so in ``problems``.
        """
        decoding, self._decoding = self._decoding or _decoding(self.path, self._choice.track), None
        mixer = _Mixer(self._choice.channel)
        total = 0
        for _, samples in decoding.sound():
            total += samples.shape[1]
            yield mixer.mix(samples)
        if not total:
            why = decoding.died or "there is nothing after its header"
            raise AudioError(f"{self.path} contains no sound that can be decoded: {why}.", hint=CONVERT)
        if decoding.died:
            self._note(f"only the first {clock(total / RATE_HZ)} of the file could be decoded: {decoding.died}")
        for ended in decoding.ended:
            if ended.damaged:
                self._note("parts of the file are damaged and were left out")
            if ended.declared_s and ended.declared_s - ended.reached_s > ENDS_EARLY_S:
                read_s, whole_s = ended.reached_s, ended.declared_s
                self._note(f"the file ends early: {read_s:.0f} of {whole_s:.0f} seconds could be read")

    def _note(self, problem: str) -> None:
        if problem not in self.problems:
            self.problems = (*self.problems, problem)


def _decoding(path: Path, track: int | None) -> Decoding | OwnWav:
    return own_wav(path) or Decoding(path, track=track)


def decode(path: Path, *, rate_hz: int | None = None) -> tuple[Samples, int]:
    """Read a whole sound file; for what is played or rendered, which is short.

    Parameters
    ----------
    path
        Of any format FFmpeg reads.
    rate_hz
        Resample to this rate; None keeps the file's own.

    Returns
    -------
    Mono samples, (samples,), -1 to 1; and their rate.

    Raises
    ------
    AudioError
        If it cannot be read, or contains no sound.
    """
    import av

    try:
        # FFmpeg takes a bare "http://…" as an address, and a playlist inside a file may name one.
        with av.open(f"file:{path.absolute()}", options={"protocol_whitelist": "file"}) as container:
            stream = container.streams.audio[0]
            rate = rate_hz or stream.rate
            resampler = av.AudioResampler(format="flt", layout="mono", rate=rate)
            frames = [out for frame in container.decode(stream) for out in resampler.resample(frame)]
            frames += resampler.resample(None)
    except (av.FFmpegError, IndexError, OSError) as error:
        raise AudioError(f"{path} cannot be read as sound: {error}.") from error
    if not frames:
        raise AudioError(f"{path} contains no sound.")
    return np.concatenate([frame.to_ndarray()[0] for frame in frames]).astype(np.float32), rate


class _Mixer:
    """Takes one channel, or averages those that carry sound, judged by all that was heard so far."""

    def __init__(self, channel: int | None) -> None:
        self._channel = channel
        self._energy = np.zeros(0)

    def mix(self, channels: Channels) -> Samples:
        if len(channels) == 1:
            return np.array(channels[0])
        if self._channel is not None:
            return np.array(channels[min(self._channel, len(channels) - 1)])
        if len(self._energy) != len(channels):
            self._energy = np.zeros(len(channels))
        self._energy += np.square(channels, dtype=np.float64).sum(axis=1)
        alive = self._energy >= self._energy.max() * DEAD_CHANNEL
        mono = channels[alive].mean(axis=0)
        # Channels wired with opposite sign would cancel each other out.
        if np.square(mono).mean() < CANCELLED * np.square(channels).mean():
            mono = channels[int(self._energy.argmax())]
        return np.asarray(mono, dtype=np.float32)


def _check(path: Path) -> None:
    """Raise AudioError if a path is not a file with something in it."""
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise AudioError(f"{path} is a folder.", hint="`voicemock batch` reads whole folders.")
        if not stat.S_ISREG(found.st_mode):
            raise AudioError(f"{path} is not a file.", hint="Save the sound to a file first, and give that file.")
        if found.st_size == 0:
            raise AudioError(f"{path} is empty.", hint="Was the recording saved?")
        path.open("rb").close()
    except FileNotFoundError as error:
        raise AudioError(f"There is no file {path}.", hint="Check the name and the folder.") from error
    except PermissionError as error:
        raise AudioError(f"{path} may not be read.", hint="Check the file's permissions.") from error
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise AudioError(f"{path} cannot be opened: {why}.", hint="Check the name and the folder.") from error
