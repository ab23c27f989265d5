"""A stored report, by whatever a person calls it: a session's id, its folder, an exported zip, a session.json."""

__all__ = ["Source", "file_name", "open_source"]

import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from voicemock.archive.feedback import FILE as FEEDBACK
from voicemock.archive.listing import find_session
from voicemock.archive.predictions import FILE as PREDICTIONS
from voicemock.archive.progress import PROGRESS
from voicemock.archive.resume import REPORT, read_report
from voicemock.archive.zipped import Zipped
from voicemock.errors import SessionError, UnknownNameError, UsageError, VoicemockError
from voicemock.report import from_json
from voicemock.schema import SessionReport

LONGEST_NAME = 120
OWN = (REPORT, PROGRESS, FEEDBACK, PREDICTIONS, "report.html", "report.md")


class Source(NamedTuple):
    """A report, and where it comes from.

    folder: where its recordings are looked for; elsewhere: they may also be where the command was given.
    name: what to call files made of it. own: the files that a new one must not replace.
    """

    report: SessionReport
    folder: Path
    name: str
    own: frozenset[Path]
    elsewhere: bool = True


@contextmanager
def open_source(name: str, *, sound: bool, tell: Callable[[str], None]) -> Iterator[Source]:
    """Find a report and read it; nothing of it is changed. tell: is told what was damaged.

    sound: recordings in a zip file are wanted, too. Raises VoicemockError for anything that is no report.
    """
    path = Path(name)
    if path.is_dir():
        yield _folder(path, tell)
    elif path.is_file() and _is_zip(path):
        with Zipped(path) as zipped, tempfile.TemporaryDirectory(prefix="voicemock-") as folder:
            with _named(path):
                report = zipped.report()
            if sound:
                zipped.unpack_sound(report, Path(folder))
            yield Source(
                report, Path(folder), file_name(report, path.stem), frozenset({path.resolve()}), elsewhere=False
            )
    elif path.is_file():
        with _named(path):
            report = from_json(path.read_bytes())
        own = {path.parent / own for own in OWN} if path.name == REPORT else {path}
        yield Source(report, path.parent, file_name(report, path.stem), frozenset(p.resolve() for p in own))
    else:
        yield _folder(_session(name), tell)


def _session(name: str) -> Path:
    try:
        return find_session(name).folder
    except UnknownNameError as error:
        if name.endswith((".zip", ".json")) or "/" in name or "\\" in name:
            raise UsageError(f"There is no file or folder {name}.", hint="Check the path.") from error
        raise


def _folder(folder: Path, tell: Callable[[str], None]) -> Source:
    if not any((folder / name).exists() for name in (REPORT, PROGRESS)) and not any(folder.glob("*/take-*.wav")):
        raise SessionError(
            f"There is no session in {folder}.",
            hint="Give a session's id (`voicemock sessions list`), its folder, an exported zip, or a session.json.",
        )
    with _named(folder / REPORT):
        report = read_report(folder, tell=tell)
    own = {folder / name for name in OWN} | {*folder.glob("*/take-*.wav"), *folder.glob("*/take-*.json")}
    return Source(report, folder, file_name(report, folder.resolve().name), frozenset(path.resolve() for path in own))


def _is_zip(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(2) == b"PK" or path.suffix.lower() == ".zip"


def file_name(report: SessionReport, otherwise: str = "") -> str:
    """Return what to call files made of a report: its session's id if it has one, made safe for a file's name."""
    wanted = report.session.id if report.session and report.session.id else otherwise
    return re.sub(r"[^\w.-]+", "-", wanted).strip(".-")[:LONGEST_NAME] or "report"


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Say which file it is that is no report."""
    try:
        yield
    except VoicemockError as error:
        if str(path) in error.message:
            raise
        raise SessionError(f"{path}: {error.message}", hint=error.hint) from error
