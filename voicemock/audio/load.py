"""Read any sound file as a stream of mono 16 kHz blocks, in flat memory."""

from __future__ import annotations

__all__ = ["RATE_HZ", "AudioFile"]

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from voicemock.errors import AudioError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

RATE_HZ = 16_000
"""What Whisper and Silero VAD were trained on."""

BLOCK = RATE_HZ

DEAD_CHANNEL = 1e-4
"""A channel with under this share of the loudest one's energy (-40 dB) carries nobody: an unplugged side
of a stereo pair. voicemock default, unvalidated."""

ENDS_EARLY_S = 1.0
"""A file this much shorter than its header says was cut off. voicemock default, unvalidated."""


class AudioFile:
    """A sound file of any format FFmpeg reads.

    Raises ``AudioError`` at once where the file is missing, empty or holds no sound.

    problems: what was wrong with the file, in words for people; complete once ``blocks`` is exhausted.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problems: tuple[str, ...] = ()
        with _opened(path) as container:
            stream = container.streams.audio[0]
            self.sample_rate_hz: int = stream.codec_context.sample_rate
            self.channels: int = stream.codec_context.channels

    def blocks(self) -> Iterator[Samples]:
        """Yield about a second of samples at a time, within -1 to 1.

        A file that breaks off yields what can be decoded and says so in ``problems``.
        """
        import numpy as np

        mixer = _Mixer(self.channels)
        waiting: list[Samples] = []
        held = total = 0
        with _opened(self.path) as container:
            for planes in self._decoded(container):
                mono = mixer.mix(planes)
                waiting.append(mono)
                held += len(mono)
                total += len(mono)
                if held >= BLOCK:
                    yield np.concatenate(waiting)
                    waiting, held = [], 0
            declared_s = _declared_s(container)
        if held:
            yield np.concatenate(waiting)
        if not total:
            raise AudioError(f"{self.path} holds no sound that can be decoded.", hint="Is the file complete?")
        if declared_s and declared_s - total / RATE_HZ > ENDS_EARLY_S:
            self._note(f"the file ends early: {total / RATE_HZ:.0f} of {declared_s:.0f} seconds could be read")

    def _decoded(self, container: Any) -> Iterator[Samples]:
        """Yield (channels, samples) at 16 kHz; skip damaged packets and remember that there were some."""
        from av.audio.resampler import AudioResampler
        from av.error import FFmpegError

        stream = container.streams.audio[0]
        resampler = AudioResampler(format="fltp", layout=stream.codec_context.layout, rate=RATE_HZ)
        packets = container.demux(stream)
        while True:
            try:
                packet = next(packets, None)
                frames = packet.decode() if packet is not None else []
            except FFmpegError:
                self._note("parts of the file are damaged and were left out")
                if packet is None:
                    break
                continue
            if packet is None:
                break
            for frame in frames:
                frame.pts = None  # gaps in the time stamps are not gaps in the sound
                yield from map(_planes, resampler.resample(frame))
        yield from map(_planes, resampler.resample(None))

    def _note(self, problem: str) -> None:
        if problem not in self.problems:
            self.problems = (*self.problems, problem)


class _Mixer:
    """Averages the channels that carry sound, judged by all that was heard so far."""

    def __init__(self, channels: int) -> None:
        import numpy as np

        self.energy = np.zeros(channels)

    def mix(self, planes: Samples) -> Samples:
        import numpy as np

        if len(planes) == 1:
            return np.asarray(planes[0])
        self.energy += np.square(planes, dtype=np.float64).sum(axis=1)
        alive = self.energy >= self.energy.max() * DEAD_CHANNEL
        mono = planes[alive].mean(axis=0)
        # Channels wired with opposite sign would cancel each other out.
        if np.square(mono).mean() < 0.01 * np.square(planes).mean():
            mono = planes[int(self.energy.argmax())]
        return np.asarray(mono, dtype=np.float32)


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    import av

    try:
        with av.open(str(path), metadata_errors="ignore") as container:
            if not container.streams.audio:
                raise AudioError(f"{path} holds no sound.", hint="Give a recording, such as a wav or mp3 file.")
            yield container
    except FileNotFoundError as error:
        raise AudioError(f"There is no file {path}.", hint="Check the name and the folder.") from error
    except IsADirectoryError as error:
        raise AudioError(f"{path} is a folder.", hint="`voicemock batch` reads whole folders.") from error
    except PermissionError as error:
        raise AudioError(f"{path} may not be read.", hint="Check the file's permissions.") from error
    except av.error.FFmpegError as error:
        if path.stat().st_size == 0:
            raise AudioError(f"{path} is empty.", hint="Was the recording saved?") from error
        raise AudioError(
            f"{path} is no sound file that can be read.",
            hint="wav, mp3, m4a, ogg, webm, flac and mp4 work; a file cut off while it was written may not.",
        ) from error


def _planes(frame: Any) -> Samples:
    import numpy as np

    return np.asarray(frame.to_ndarray(), dtype=np.float32)


def _declared_s(container: Any) -> float | None:
    stream = container.streams.audio[0]
    if stream.duration is not None:
        return float(stream.duration * stream.time_base)
    return container.duration / 1_000_000 if container.duration else None
