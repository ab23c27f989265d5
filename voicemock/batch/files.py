"""Which files a batch works on."""

__all__ = ["Found", "find_recordings"]

from collections.abc import Sequence
from pathlib import Path

import msgspec

from voicemock.audio.kinds import SUFFIXES
from voicemock.errors import UsageError


class Found(msgspec.Struct, frozen=True):
    """What a batch has to do. others: files whose names are not those of recordings; hidden: how many were skipped."""

    recordings: tuple[Path, ...]
    others: tuple[Path, ...] = ()
    hidden: int = 0


def find_recordings(paths: Sequence[Path], *, out: Path | None = None) -> Found:
    """Return the files given and, of folders, every recording below; raise UsageError if there is none.

    out: a folder that is not looked into, that of the results.
    """
    found: dict[Path, None] = {}
    others: list[Path] = []
    hidden = 0
    results = out.resolve() if out else None
    for path in paths:
        if not path.is_dir():
            found[path] = None
            continue
        for file in sorted(p for p in path.rglob("*") if p.is_file()):
            if results and file.resolve().is_relative_to(results):
                continue
            if any(part.startswith(".") for part in file.relative_to(path).parts):
                hidden += 1  # such as what macOS puts next to each recording on a USB stick: ._answer.m4a
            elif file.suffix.lower() in SUFFIXES:
                found[file] = None
            else:
                others.append(file)
    if not found:
        raise UsageError(
            f"No recording found in {', '.join(map(str, paths))}.",
            hint="In a folder, voicemock looks for wav, mp3, m4a, ogg, webm, flac, mp4 and other kinds of sound "
            "file. Any other file must be named itself.",
        )
    return Found(tuple(found), tuple(others), hidden)
