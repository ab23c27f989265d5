"""The files of one model on disk: what they must be, whether they are, and putting them in place whole."""

__all__ = [
    "File",
    "FileCheck",
    "FileState",
    "Manifest",
    "check_files",
    "checksum",
    "lacking",
    "read_manifest",
    "replace",
    "write_manifest",
    "wrong_sizes",
]

import enum
import hashlib
import tempfile
from collections.abc import Mapping
from pathlib import Path

import msgspec

from voicemock.errors import ModelError
from voicemock.paths import write_whole

MANIFEST = "manifest.json"
# CTranslate2 needs the first two, and a vocabulary. faster-whisper given a folder without tokenizer.json
# would fetch one from the hub.
REQUIRED = ("config.json", "model.bin", "tokenizer.json")
VOCABULARIES = ("vocabulary.txt", "vocabulary.json")


class File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a file must be: size in bytes and SHA-256 in hexadecimal."""

    size: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What was recorded beside a model when it was installed.

    revision: the hub's commit hash; None if Python packages carried the files.
    """

    repository: str
    revision: str | None
    files: dict[str, File]


class FileState(enum.StrEnum):
    """Whether a file is what it must be; unknown if no checksum was ever recorded."""

    OK = "ok"
    DAMAGED = "damaged"
    MISSING = "missing"
    UNKNOWN = "unknown"


class FileCheck(msgspec.Struct, frozen=True):
    """The outcome for one file."""

    name: str
    state: FileState


def lacking(folder: Path) -> tuple[str, ...]:
    """Return the names of the files that every model needs and this folder does not have."""
    missing = [name for name in REQUIRED if not (folder / name).is_file()]
    if not any((folder / name).is_file() for name in VOCABULARIES):
        missing.append(VOCABULARIES[0])
    return tuple(missing)


def wrong_sizes(folder: Path, files: Mapping[str, File]) -> tuple[str, ...]:
    """Return the names of the files that are missing or do not have the size they must have."""
    return tuple(
        name
        for name, file in files.items()
        if not (folder / name).is_file() or (folder / name).stat().st_size != file.size
    )


def checksum(path: Path) -> str:
    """Return a file's SHA-256 in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def check_files(folder: Path, files: Mapping[str, File]) -> tuple[FileCheck, ...]:
    """Read every file again and compare it with what it must be.

    files: what is known; files a model needs beyond these are unknown.
    """

    def state(name: str) -> FileState:
        if not (folder / name).is_file():
            return FileState.MISSING
        if name not in files:
            return FileState.UNKNOWN
        return FileState.OK if checksum(folder / name) == files[name].sha256 else FileState.DAMAGED

    return tuple(FileCheck(name, state(name)) for name in dict.fromkeys([*REQUIRED, *files]))


def read_manifest(folder: Path) -> Manifest | None:
    """Return what was recorded beside the model, None if nothing was; raises ModelError."""
    path = folder / MANIFEST
    if not path.is_file():
        return None
    try:
        return msgspec.json.decode(path.read_bytes(), type=Manifest)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ModelError(f"{path} is damaged: {error}.", hint=f"Delete {folder} and install it again.") from None


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Record what was installed."""
    write_whole(folder / MANIFEST, msgspec.json.format(msgspec.json.encode(manifest)) + b"\n")


def replace(target: Path, folder: Path) -> None:
    """Move a complete folder to its place; a model already there is deleted.

    A reader sees the old model, none, or the whole new one.
    """
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".old-{target.name}-") as old:
        if target.exists():
            target.rename(Path(old) / target.name)
        folder.rename(target)
