"""Which files a batch works on."""

__all__ = [
    "NO_RECORDING",
    "Found",
    "Place",
    "identity",
    "look",
    "sorted_out",
    "straight",
    "together",
]

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath

import msgspec

from voicemock.audio.kinds import SUFFIXES
from voicemock.batch.globs import has_wildcards, regex_of

Place = Path | str
"""A file on this machine, or the address of one elsewhere."""

Wanted = Callable[[PurePosixPath], bool | None]
"""Whether a path in a folder is to be taken; None: not itself, but something below it may be."""

NO_RECORDING = (
    "In a folder, voicemock looks for wav, mp3, m4a, ogg, webm, flac, mp4 and other kinds of sound file. Any other "
    "file must be named itself."
)

RESULT = re.compile(r"results\.(csv|jsonl|parquet)|errors\.csv|index\.html|\.(results|errors|index)\..+")
"""What a batch itself writes into its output folder, beside the reports."""


class Found(msgspec.Struct, frozen=True):
    """What a batch has to do.

    others: files whose names are not those of recordings. hidden: how many were skipped.
    locked: folders that could not be looked into, and why.
    """

    recordings: tuple[Place, ...]
    others: tuple[Path, ...] = ()
    hidden: int = 0
    locked: tuple[tuple[Path, str], ...] = ()


def together(founds: Sequence[Found]) -> Found:
    """Return what was found at several places, each file once."""
    return Found(
        tuple(dict.fromkeys(place for found in founds for place in found.recordings)),
        tuple(dict.fromkeys(path for found in founds for path in found.others)),
        sum(found.hidden for found in founds),
        tuple(dict.fromkeys(folder for found in founds for folder in found.locked)),
    )


def identity(place: Place) -> str:
    """Return what two spellings of a path have in common."""
    return place if isinstance(place, str) else os.path.normcase(straight(place))


def straight(path: Path) -> Path:
    """Return the whole way to a file, without turns; links stay what they are called."""
    return Path(os.path.normpath(path.absolute()))


def look(path: Path, *, out: Path | None = None) -> Found:
    """Return what there is to do at one path: a file, a folder or a pattern. What is not there is a file to tell of."""
    if _is_folder(path):
        return _below(path, out, lambda _: True)
    if not has_wildcards(str(path)) or os.path.lexists(path):
        return Found((path,))
    first = next(number for number, part in enumerate(path.parts) if has_wildcards(part))
    return _below(Path(*path.parts[:first]), out, _matcher(path.parts[first:]))


def sorted_out(names: Iterable[tuple[Place, PurePosixPath]]) -> Found:
    """Return which of the files in a folder are recordings, by their names in it; hidden ones are left out."""
    recordings, others, hidden = [], [], 0
    for place, name in sorted(names, key=lambda one: one[1].parts):
        if any(part.startswith(".") for part in name.parts):
            hidden += 1  # such as what macOS puts next to each recording on a USB stick: ._answer.m4a
        elif name.suffix.lower() in SUFFIXES:
            recordings.append(place)
        else:
            others.append(Path(place))
    return Found(tuple(recordings), tuple(others), hidden)


def _below(folder: Path, out: Path | None, wanted: Wanted) -> Found:
    """Return the recordings below a folder; links to folders are not followed, so no loop of them matters."""
    locked: list[tuple[Path, str]] = []
    files = [(folder / name, PurePosixPath(name.as_posix())) for name in _files(folder, out, wanted, locked)]
    found = sorted_out((place, name) for place, name in files if _to_tell(place))
    return Found(found.recordings, found.others, found.hidden, tuple(sorted(locked)))


def _files(folder: Path, out: Path | None, wanted: Wanted, locked: list[tuple[Path, str]]) -> Iterator[Path]:
    """Yield the paths, from the folder, of what is in it and wanted."""
    results = out.resolve() if out else None
    inside = results is not None and folder.resolve().is_relative_to(results)

    def cannot(error: OSError) -> None:
        path = Path(error.filename)
        if not isinstance(error, FileNotFoundError) and not any(
            part.startswith(".") for part in path.relative_to(folder).parts
        ):
            locked.append((path, error.strerror or str(error)))

    for root, folders, files in os.walk(folder, onerror=cannot):
        here = Path(root).relative_to(folder)
        skipped = (results / "reports" if inside else results) if results else None
        folders[:] = [
            name
            for name in folders
            if (Path(root) / name).resolve() != skipped and wanted(PurePosixPath((here / name).as_posix())) is not False
        ]
        own = inside and Path(root).resolve() == results
        for name in files:
            if wanted(PurePosixPath((here / name).as_posix())) and not (own and RESULT.fullmatch(name)):
                yield here / name


def _matcher(parts: Sequence[str]) -> Wanted:
    """Return what tells of a path whether a pattern takes it or a folder it is in; False if nothing below it can be."""
    flags = re.IGNORECASE if sys.platform == "win32" else 0
    whole = re.compile(regex_of("/".join(parts)), flags)
    begun = [re.compile(regex_of("/".join(parts[:depth])), flags) for depth in range(1, len(parts))]
    anywhere = "**" in parts

    def wanted(path: PurePosixPath) -> bool | None:
        if any(one.name and whole.fullmatch(one.as_posix()) for one in (path, *path.parents)):
            return True
        depth = len(path.parts)
        if anywhere or (depth <= len(begun) and begun[depth - 1].fullmatch(path.as_posix())):
            return None
        return False

    return wanted


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False  # whoever opens it says why


def _to_tell(path: Path) -> bool:
    """Return whether a path is a file, or one that cannot be looked at: a row says why."""
    try:
        return path.is_file() or (path.is_symlink() and not path.exists())
    except OSError:
        return True
