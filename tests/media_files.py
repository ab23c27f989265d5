"""Makes small sound files of the kinds people have, with PyAV; seeded, so that each run makes the same."""

from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from voicemock.audio.load import AudioFile

Samples = NDArray[np.float32]
LAYOUTS = {1: "mono", 2: "stereo", 6: "5.1", 8: "7.1"}


def tone(seconds: float, rate_hz: int = 16_000, *, channels: int = 1, hz: float = 440.0) -> Samples:
    """Return (channels, samples) of one tone."""
    wave = 0.3 * np.sin(2 * np.pi * hz * np.arange(round(seconds * rate_hz)) / rate_hz)
    return np.tile(wave.astype(np.float32), (channels, 1))


def talk(*spoken_s: tuple[float, float], seconds: float, seed: int = 0, rate_hz: int = 16_000) -> Samples:
    """Return mono noise in syllables within the times given, over a faint hiss: it rises and falls as speech does."""
    rng = np.random.default_rng(seed)
    time_s = np.arange(round(seconds * rate_hz)) / rate_hz
    loud = np.zeros_like(time_s)
    for start_s, end_s in spoken_s:
        inside = (time_s >= start_s) & (time_s < end_s)
        loud[inside] = np.abs(np.sin(2 * np.pi * rng.uniform(2, 3) * time_s[inside] + rng.uniform(0, 6)))
    return ((0.2 * loud + 1e-4) * rng.standard_normal(len(time_s))).astype(np.float32).clip(-1, 1)


def encode(
    path: Path,
    *tracks: Samples,
    rate_hz: int = 16_000,
    codec: str = "aac",
    picture_s: float = 0,
    gap_s: float = 0,
    options: dict[str, str] | None = None,
    bit_rate: int = 64_000,
) -> Path:
    """Write tracks of (channels, samples), each coded alike.

    picture_s: a picture of that length beside them. gap_s: a jump in the time stamps halfway.
    """
    with av.open(str(path), "w", options=options or {}) as container:
        picture = container.add_stream("mpeg4", rate=1, width=16, height=16) if picture_s else None
        streams = [container.add_stream(codec, rate=rate_hz, layout=LAYOUTS[len(track)]) for track in tracks]
        for stream, track in zip(streams, tracks, strict=True):
            stream.bit_rate = bit_rate
            for packet in _packets(stream, track, gap_s):
                container.mux(packet)
        if picture:
            for second in range(round(picture_s)):
                frame = av.VideoFrame(16, 16, "yuv420p")
                frame.pts = second
                container.mux(picture.encode(frame))
            container.mux(picture.encode(None))
    return path


def _packets(stream, track: Samples, gap_s: float):
    context = stream.codec_context
    context.open(strict=False)
    fifo = av.AudioFifo()
    packed = np.ascontiguousarray(track.T).reshape(1, -1)  # PyAV has no planes past the eighth
    source = av.AudioFrame.from_ndarray(packed, format="flt", layout=context.layout)
    source.sample_rate = context.sample_rate
    resampler = av.AudioResampler(format=context.format, layout=context.layout, rate=context.sample_rate)
    for frame in [*resampler.resample(source), *resampler.resample(None)]:
        frame.pts = None
        fifo.write(frame)
    at = 0
    size = context.frame_size or 1024
    while frame := fifo.read(size, partial=True):
        late = gap_s * context.sample_rate if at > track.shape[1] / 2 else 0
        frame.pts, frame.sample_rate = at + round(late), context.sample_rate
        at += frame.samples
        yield from stream.encode(frame)
    yield from stream.encode(None)


def read(path: Path, **wanted) -> tuple[AudioFile, Samples]:
    """Read a file, or what is wanted of it."""
    file = AudioFile(path, **wanted)
    return file, np.concatenate(list(file.blocks()))


def joined(path: Path, *parts: Path) -> Path:
    """Write files end to end, as `cat` does."""
    path.write_bytes(b"".join(part.read_bytes() for part in parts))
    return path
