"""The process that decodes a sound file: FFmpeg is native code, and what kills it must cost one file at most.

``audio.decoding`` starts it and reads what it writes to standard output: messages of a letter, a length and content.
It imports little, so that it starts in a twentieth of a second.
"""

from __future__ import annotations

__all__ = ["CONVERT", "END", "ERROR", "HEAD", "HEADER", "RATE_HZ", "SOUND", "SOUND_HEADER", "main"]

import contextlib
import json
import os
import signal
import struct
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

RATE_HZ = 16_000
BLOCK = RATE_HZ

HEADER = struct.Struct("<cI")
SOUND_HEADER = struct.Struct("<HH")
HEAD, SOUND, END, ERROR = b"H", b"S", b"Z", b"E"
"""The tracks there are; samples of one (its number and its channels, then interleaved floats); how one ended; why
the file cannot be decoded, and what to do."""

PATIENCE_S = 60.0
"""A second of sound that takes more processor time than this is not coming. voicemock default, unvalidated."""

LOWEST_HZ, HIGHEST_HZ = 2_000, 3_000_000
"""Sampling rates outside this range come from damaged headers: below it there is no speech, above it no converter."""

MOST_CHANNELS = 64
"""What FFmpeg's resampler takes: SWR_CH_MAX."""

LOST_S = 0.2
"""Damage shorter than this is not worth a word: two frames of MP3 are lost wherever files were joined.
voicemock default, unvalidated."""

MOST_ERRORS = 100
"""After this many failures in a row to find the next packet, there is none."""

_PACKET_S, _PACKET_BYTES = 0.02, 16
"""What a damaged packet is taken to have held if nothing says; smaller ones held nothing."""

_ELSEWHERE = frozenset(
    {"concat", "hls", "dash", "imf", "sdp", "rtsp", "rtp", "sap", "webm_dash_manifest", "image2", "vobsub", "lavfi"}
)
"""FFmpeg's readers of lists: they would open other files, and addresses."""

CONVERT = "Save it as wav or mp3 with the program that made it, and review that."


class UnreadableError(Exception):
    """Why a file cannot be decoded, and what to do: two sentences for people."""


class _Track:
    """Decodes one sound track to blocks of interleaved floats at 16 kHz."""

    def __init__(self, number: int, out: BinaryIO) -> None:
        self.number = number
        self._samples = 0
        self.lost_s = 0.0
        self.declared_s: float | None = None
        self._end_s = 0.0
        self._out = out
        self._resampler: Any = None
        self._form: tuple[str, str, int, int] | None = None
        self._channels = 0
        self._waiting: list[bytes] = []
        self._held = 0
        self._kept: list[Any] = []

    def decode(self, packet: Any) -> None:
        """Decode a packet; what is damaged in it is left out and counted."""
        from av.error import FFmpegError

        if packet.pts is not None and packet.time_base:
            self._end_s = max(self._end_s, float((packet.pts + (packet.duration or 0)) * packet.time_base))
        try:
            frames = packet.decode()
        except FFmpegError:
            if packet.size >= _PACKET_BYTES:
                self.lost_s += float((packet.duration or 0) * (packet.time_base or 0)) or _PACKET_S
            return
        for frame in frames:
            self._resample(frame)

    def flush(self) -> None:
        """Write what is held back."""
        if self._resampler:
            self._keep(self._resampler.resample(None))
            self._resampler = self._form = None
        self._send()

    def ended(self) -> dict[str, Any]:
        """Return how it ended, in words for people."""
        return {
            "track": self.number,
            "declared_s": self.declared_s,
            "reached_s": max(self._end_s, self._samples / RATE_HZ),
            "damaged": self.lost_s >= LOST_S,
        }

    def _resample(self, frame: Any) -> None:
        from av.audio.resampler import AudioResampler

        channels = frame.layout.nb_channels
        if channels > 2:
            self._kept.append(frame.layout)  # see _without_map
        form = (frame.format.name, frame.layout.name, channels, frame.sample_rate)
        if not LOWEST_HZ <= frame.sample_rate <= HIGHEST_HZ or not 0 < channels <= MOST_CHANNELS:
            self.lost_s += _PACKET_S
            return
        if form != self._form:  # joined files change their rate and channels on the way
            self.flush()
            # Packed samples: PyAV crashes on the planes past the eighth.
            self._resampler = AudioResampler(format="flt", layout=_plain(frame.layout), rate=RATE_HZ)
            self._form, self._channels = form, channels
        frame.pts = None  # gaps in the time stamps are not gaps in the sound
        self._keep(self._resampler.resample(frame))

    def _keep(self, frames: Sequence[Any]) -> None:
        for frame in frames:
            self._waiting.append(bytes(memoryview(frame.planes[0])[: frame.samples * self._channels * 4]))
            self._held += frame.samples
            if self._held >= BLOCK:
                self._send()

    def _send(self) -> None:
        if self._held:
            _write(self._out, SOUND, SOUND_HEADER.pack(self.number, self._channels), *self._waiting)
            self._samples += self._held
            self._waiting, self._held = [], 0


def main() -> None:
    """Decode the track of the file that the command line names, or all tracks if it names none."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # for whoever started this
    out = _own_output()
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # nobody listens any more
    path, track = sys.argv[1:3]
    _wind_up()
    try:
        _decode(Path(path), int(track) if track else None, out)
    except Exception as error:
        fault = f"{path} cannot be decoded ({type(error).__name__}: {error}).", CONVERT
        said = error.args if isinstance(error, UnreadableError) else fault
        _write(out, ERROR, json.dumps(said).encode())
    os._exit(0)  # everything has been sent; what FFmpeg and PyAV free at the end can only crash


def _own_output() -> BinaryIO:
    """Keep standard output to ourselves, whatever native code prints."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return out


def _decode(path: Path, wanted: int | None, out: BinaryIO) -> None:
    from voicemock.audio.declared import declared_s, outlasts_header
    from voicemock.audio.ogg import links

    parts: Sequence[Any] = links(path) or (f"file:{path}",)  # without "file:", a name with a colon is an address
    tracks: dict[int, _Track] = {}
    for part in parts:
        try:
            with _opened(part, path, to_the_end=outlasts_header(path)) as container:
                streams = container.streams.audio
                tracks = tracks or _begin(streams, path, wanted, out)
                _play(container, {streams[n].index: track for n, track in tracks.items() if n < len(streams)})
                if len(parts) == 1:
                    for number, track in tracks.items():
                        track.declared_s = declared_s(path, container, streams[number])
        except UnreadableError:
            if not tracks:
                raise
            for track in tracks.values():
                track.lost_s += LOST_S
    for track in tracks.values():
        _write(out, END, json.dumps(track.ended()).encode())


def _begin(streams: Sequence[Any], path: Path, wanted: int | None, out: BinaryIO) -> dict[int, _Track]:
    """Say what tracks there are, and return those to decode."""
    numbers = _usable(streams, path, wanted)
    _write(out, HEAD, json.dumps([_described(stream) for stream in streams]).encode())
    return {number: _Track(number, out) for number in numbers}


def _play(container: Any, tracks: dict[int, _Track]) -> None:
    """Decode every packet of the tracks, skipping what is damaged."""
    from av.error import FFmpegError

    streams = [container.streams[index] for index in tracks]
    packets: Iterator[Any] = container.demux(streams)
    errors = 0
    while errors < MOST_ERRORS:
        try:
            packet = next(packets)
        except StopIteration:
            break
        except (FFmpegError, OSError):
            errors += 1
            packets = container.demux(streams)
            continue
        errors = 0
        tracks[packet.stream.index].decode(packet)
    for track in tracks.values():
        track.flush()


@contextlib.contextmanager
def _opened(source: Any, path: Path, *, to_the_end: bool) -> Iterator[Any]:
    import av
    from av.error import FFmpegError

    readers = ",".join(av.formats_available - _ELSEWHERE)
    options = {"format_whitelist": readers, "protocol_whitelist": "file", "ignore_length": str(int(to_the_end))}
    try:
        container = av.open(source, metadata_errors="ignore", options=options)
    except FFmpegError as error:
        raise UnreadableError(
            f"{path} is not a sound file that voicemock can read.",
            "wav, mp3, m4a, ogg, webm, flac and mp4 work, among others. "
            "A file that was cut off while it was being written may not.",
        ) from error
    with container:
        yield container


def _usable(streams: Sequence[Any], path: Path, wanted: int | None) -> list[int]:
    """Return which tracks to decode, all if the one wanted is not there; raise UnreadableError if none can be."""
    if not streams:
        raise UnreadableError(f"{path} has no sound track.", "Give the recording itself, such as a wav or mp3 file.")
    for stream in streams:
        _without_map(stream.codec_context)
    faults = [_fault(stream.codec_context) for stream in streams]
    numbers = range(len(streams)) if wanted is None or wanted >= len(streams) else [wanted]
    if all(faults[number] for number in numbers):
        raise UnreadableError(f"{path} cannot be decoded: {faults[numbers[0]]}.", CONVERT)
    return [number for number in numbers if not faults[number]]


def _without_map(codec: Any) -> None:
    """Give a codec a layout without a map of channels: PyAV frees a layout's map with each copy of the layout."""
    if codec is None:
        return
    layout = codec.layout  # read once, and replaced before it is freed
    if layout.nb_channels:
        codec.layout = _plain(layout)


def _plain(layout: Any) -> str:
    """Return the name of a layout, of one that only a map describes the number of channels."""
    return f"{layout.nb_channels} channels" if "(" in layout.name else str(layout.name)


def _fault(codec: Any) -> str:
    """Return why a track cannot be decoded, empty if it can."""
    if codec is None:
        return "its sound is in an unknown format"
    if codec.sample_rate and not LOWEST_HZ <= codec.sample_rate <= HIGHEST_HZ:
        return f"its header claims a sampling rate of {codec.sample_rate:,} Hz"
    if not 0 < codec.channels <= MOST_CHANNELS:
        return f"its header claims {codec.channels} channels"
    return ""


def _described(stream: Any) -> dict[str, Any]:
    from av.stream import Disposition

    codec = stream.codec_context
    rate_hz, channels = (codec.sample_rate, codec.channels) if codec else (0, 0)
    return {"rate_hz": rate_hz, "channels": channels, "default": bool(stream.disposition & Disposition.default)}


def _write(out: BinaryIO, kind: bytes, *content: bytes) -> None:
    """Write one message."""
    out.write(HEADER.pack(kind, sum(map(len, content))))
    for part in content:
        out.write(part)
    out.flush()
    _wind_up()


def _wind_up() -> None:
    """Set the clock that kills this process if the next message, of a second of sound at most, takes too long."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, PATIENCE_S)


if __name__ == "__main__":
    main()
