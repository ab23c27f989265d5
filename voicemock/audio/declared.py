"""How long a file says its sound is, if it says so exactly."""

__all__ = ["declared_s", "outlasts_header"]

import struct
from pathlib import Path
from typing import Any

_EXACT = frozenset({"flac", "tta", "wv", "ape", "tak", "mpc", "mpc8", "aiff", "au", "w64", "mov,mp4,m4a,3gp,3g2,mj2"})
"""FFmpeg's readers of formats that count their samples. Of the others it guesses the length from the bit rate or the
size, takes it from the last page there is, or from the picture."""

_COUNTED = ("adpcm_", "gsm")
"""What FFmpeg knows the length of in a WAV file, from a chunk that counts samples."""

_MP3_COUNTS = (b"Xing", b"Info", b"VBRI")
"""Headers in the first frame that count the frames: http://gabriel.mp3-tech.org/mp3infotag.html."""

_MP3_FRAME_BYTES = 2_881
"""The longest frame."""

_PLACEHOLDER_BYTES = 0x7F000000
"""Recorders that could not go back to write the length leave one of about two gigabytes."""

_MUCH_BYTES = 1 << 16
"""Less than this behind the end of a WAV file is no speech: two seconds at most. voicemock default, unvalidated."""

_TAGS = (b"ID3", b"TAG", b"APE")
"""What taggers put there: how ID3, ID3v1 and APE tags begin."""


def outlasts_header(path: Path) -> bool:
    """Tell whether a WAV file goes on behind what its header counts: two were joined, or the recorder died after it."""
    with path.open("rb") as file:
        begins, whole = file.read(12), file.seek(0, 2)
        counted = int.from_bytes(begins[4:8], "little") + 8
        if begins[:4] != b"RIFF" or whole - counted < _MUCH_BYTES:
            return False
        file.seek(counted)
        return file.read(3) not in _TAGS


def declared_s(path: Path, container: Any, stream: Any) -> float | None:
    """Return the length one sound track was written with in seconds; None if nothing says so exactly."""
    reader = container.format.name
    if reader == "matroska,webm":
        return _matroska_s(container, stream)
    codec = stream.codec_context
    if reader == "wav" and codec.name.startswith("pcm_"):
        return _wav_s(path)
    exact = (
        reader in _EXACT
        or (reader == "wav" and codec.name.startswith(_COUNTED))
        or (reader == "mp3" and _counts_frames(path))
    )
    if not exact or stream.duration is None:
        return None
    seconds = float(stream.duration * stream.time_base)
    return seconds if seconds * (codec.bit_rate or 0) / 8 < _PLACEHOLDER_BYTES else None


def _wav_s(path: Path) -> float | None:
    """Return what the header counts: FFmpeg takes the size of the file if that is shorter."""
    bytes_a_second = whole = 0
    with path.open("rb") as file:
        file.seek(12)
        while len(head := file.read(8)) == 8:
            name, size = struct.unpack("<4sI", head)
            if name == b"data":
                size = whole if size == 0xFFFFFFFF else size
                return size / bytes_a_second if bytes_a_second and size < _PLACEHOLDER_BYTES else None
            after = file.tell() + size + size % 2
            if name == b"fmt ":
                _, _, rate_hz, _, block = struct.unpack("<HHIIH", file.read(14).ljust(14, b"\0"))
                bytes_a_second = rate_hz * block
            elif name == b"ds64":
                whole = int.from_bytes(file.read(16)[8:], "little")
            file.seek(after)
    return None


def _matroska_s(container: Any, stream: Any) -> float | None:
    """Return what the writer noted for this track, or for the whole file if there is nothing else in it."""
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
