"""How long a file says its sound is, where it says so exactly."""

from __future__ import annotations

__all__ = ["declared_s"]

from pathlib import Path
from typing import Any

_EXACT = frozenset({"flac", "tta", "wv", "ape", "tak", "mpc", "mpc8", "aiff", "au", "w64", "mov,mp4,m4a,3gp,3g2,mj2"})
"""FFmpeg's readers of formats that count their samples. Of the others it guesses the length from the bit rate or the
size, takes it from the last page there is, or from the picture."""

_CONSTANT_RATE = ("pcm_", "adpcm_", "gsm")
"""What has an exact length in a WAV file."""

_MP3_COUNTS = (b"Xing", b"Info", b"VBRI")
"""Headers in the first frame that count the frames: http://gabriel.mp3-tech.org/mp3infotag.html."""

_MP3_FRAME_BYTES = 2_881
"""The longest frame."""

_PLACEHOLDER_BYTES = 0x7F000000
"""Recorders that could not go back to write the length leave one of about two gigabytes."""


def declared_s(path: Path, container: Any, stream: Any) -> float | None:
    """Return the length one sound track was written with in seconds; None where nothing says so exactly."""
    reader = container.format.name
    if reader == "matroska,webm":
        return _matroska_s(container, stream)
    exact = (
        reader in _EXACT
        or (reader == "wav" and stream.codec_context.name.startswith(_CONSTANT_RATE))
        or (reader == "mp3" and _counts_frames(path))
    )
    if not exact or stream.duration is None:
        return None
    seconds = float(stream.duration * stream.time_base)
    size = seconds * (stream.codec_context.bit_rate or 0) / 8
    return seconds if size < _PLACEHOLDER_BYTES else None


def _matroska_s(container: Any, stream: Any) -> float | None:
    """Return what the writer noted for this track, or for the whole where there is nothing else in the file."""
    if noted := stream.metadata.get("DURATION"):
        return _clock_s(noted)
    alone = len(container.streams) == 1
    return container.duration / 1_000_000 if alone and container.duration else None


def _clock_s(text: str) -> float | None:
    try:
        hours, minutes, seconds = text.split(":")
        return int(hours) * 3600 + int(minutes) * 60 + float(seconds)
    except ValueError:
        return None


def _counts_frames(path: Path) -> bool:
    with path.open("rb") as file:
        tag = file.read(10)
        if tag[:3] == b"ID3" and len(tag) == 10:
            file.seek(sum(byte << shift for byte, shift in zip(tag[6:], (21, 14, 7, 0), strict=True)), 1)
        else:
            file.seek(0)
        frame = file.read(_MP3_FRAME_BYTES)
    return any(mark in frame for mark in _MP3_COUNTS)
