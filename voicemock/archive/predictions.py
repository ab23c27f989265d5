"""What a candidate predicted of answers before seeing what was heard: kept beside each session."""

__all__ = ["FILE", "About", "Predicted", "all_predictions", "keep_predictions"]

import enum
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from voicemock.archive.progress import DamagedFileError, put_aside, read_file, sessions_with
from voicemock.errors import SessionError
from voicemock.paths import write_whole

FILE = "predictions.json"
SCHEMA_VERSION = 1


class About(enum.StrEnum):
    """What of an answer is predicted."""

    LENGTH = "length"
    METRIC = "metric"
    TRADEOFF = "tradeoff"
    FILLED_PAUSES = "filled_pauses"


class Predicted(msgspec.Struct, frozen=True, kw_only=True):
    """One prediction. question, take: of the answer. said, heard: in words for people.

    right: None if it could not be told.
    """

    question: str
    take: int
    about: About
    said: str
    heard: str
    right: bool | None


class _File(msgspec.Struct, frozen=True, kw_only=True):
    schema_version: int = SCHEMA_VERSION
    predicted: tuple[Predicted, ...] = ()


class _Version(msgspec.Struct):
    schema_version: int


def keep_predictions(folder: Path, predicted: Sequence[Predicted], *, tell: Callable[[str], None]) -> None:
    """Add predictions to a session's; a full disk costs them, and not the session.

    tell: is told so, and of a damaged file, which is put aside.
    """
    path, damaged = folder / FILE, False
    try:
        before = _read(path)
    except DamagedFileError as error:
        tell(f"{error.message} It is put aside.")
        damaged, before = True, ()
    except SessionError as error:
        tell(f"{error.message} What you predicted is not kept.")
        return
    data = msgspec.json.encode(_File(predicted=(*before, *predicted)))
    try:
        if damaged:
            put_aside(path)
        write_whole(path, msgspec.json.format(data, indent=2) + b"\n")
    except OSError as error:
        tell(f"{path} cannot be written: {error.strerror}. What you predicted is not kept.")


def all_predictions(*, tell: Callable[[str], None]) -> tuple[Predicted, ...]:
    """Return what was predicted in all sessions, the oldest first, in a copied one once.

    tell: is told which file cannot be read.
    """
    found: list[Predicted] = []
    for folder, _ in reversed(sessions_with(FILE)):
        try:
            found += _read(folder / FILE)
        except SessionError as error:
            tell(f"{error.message} Its predictions are left out.")
    return tuple(found)


def _read(path: Path) -> tuple[Predicted, ...]:
    try:
        version = read_file(path, _Version).schema_version
        if version > SCHEMA_VERSION:
            raise SessionError(f"{path} was written by a newer voicemock.", hint="Update voicemock.")
        return read_file(path, _File).predicted
    except FileNotFoundError:
        return ()
