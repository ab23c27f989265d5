"""What a batch knows about each file: one row, kept in results.jsonl as soon as it is there."""

__all__ = ["Results", "Row", "encodable", "file_hash", "row_of", "short_hash", "written_to"]

import csv
import errno
import hashlib
import io
import os
import re
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from voicemock.errors import SessionError, repair
from voicemock.paths import private_dir, write_whole
from voicemock.printable import one_line
from voicemock.report.figures import Figures, figures_of
from voicemock.schema import AnswerReport

TABLE = "results.csv"
LINES = "results.jsonl"
FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""A spreadsheet takes a cell beginning with one of these for a formula; the wide forms of Chinese and Japanese too."""
HALF_WRITTEN = re.compile(r"\.(results|index|report|session)\.(csv|jsonl|json|html|md)\..+")
"""What ``write_whole`` leaves where it was killed."""
LEFT_S = 60.0
LOCK = ".results.lock"
PATIENCE_S = 60.0
"""A row is written in milliseconds; a lock held for this long is held by a process that is suspended."""


class Row(Figures, frozen=True, kw_only=True):
    """One recording's line in the tables. ``docs/batch.md`` describes the columns.

    sha256: of the file's bytes; with settings it says whether a result still holds.
    settings: what decides the result besides the sound, such as model and question.
    error: why there is no result; empty if there is one.
    report: the report's path inside the output folder.
    """

    path: str
    sha256: str
    settings: str
    error: str = ""
    report: str = ""


COLUMNS = ("path", "sha256", "settings", "error", "report", *Figures.__struct_fields__)


class Results:
    """The rows of one output folder: read at the start, appended to, and tables at the end."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self._lines = out / LINES
        with written_to(out):
            tempfile.TemporaryFile(dir=private_dir(out)).close()  # before work goes into what cannot be kept
            with self._alone():
                _tidy(out)
                rows = _read(self._lines)
        self._done = {(row.sha256, row.settings): row for row in rows if not row.error}

    def done(self, sha256: str, settings: str) -> Row | None:
        """Return the row of these bytes already analysed with these settings, under whatever name."""
        return self._done.get((sha256, settings))

    def add(self, row: Row) -> None:
        """Keep a row, on disk before this returns."""
        line = _line(row)
        with written_to(self._out), self._alone(), open(self._lines, "ab", buffering=0, opener=_private) as file:
            before = file.seek(0, os.SEEK_END)
            try:
                if file.write(line) != len(line):
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self._lines))
                os.fsync(file.fileno())
            except OSError:
                file.truncate(before)  # half a row would spoil the next
                raise

    def finish(self, rows: Sequence[Row]) -> None:
        """Write both tables whole: these rows in the order given; in results.jsonl after all earlier ones.

        What is there is read again: another batch may have added to it since.
        """
        now = {_key(row): row for row in rows}
        with written_to(self._out), self._alone():
            there = {_key(row): row for row in _read(self._lines)}
            kept = {key: row for key, row in there.items() if key not in now} | now
            write_whole(self._lines, b"".join(_line(row) for row in kept.values()))
            write_whole(self._out / TABLE, _csv(rows))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep other batches from the file of rows: one that renames it must not lose what another appends."""
        from filelock import FileLock

        with FileLock(private_dir(self._out) / LOCK, timeout=PATIENCE_S, mode=0o600):
            yield


@contextmanager
def written_to(out: Path) -> Iterator[None]:
    """Raise SessionError if a file of the output folder cannot be written, or read back."""
    try:
        yield
    except OSError as error:
        raise SessionError(
            f"{error.filename2 or out} cannot be written: {error.strerror or error}.",
            hint=f"{repair(error, 'Make it a folder you can write to')}, or choose another with --out. "
            "What is already there is kept: run the same command again to go on from it.",
        ) from error


def row_of(answer: AnswerReport, *, path: str, sha256: str, settings: str, report: str) -> Row:
    """Take a row's columns from an answer's report."""
    figures = msgspec.structs.asdict(figures_of(answer))
    return Row(path=path, sha256=sha256, settings=settings, report=report, **figures)


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file's bytes in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def encodable(text: str) -> str:
    """Return text as tables can hold it: a file name that is not UTF-8 has "_" for the bytes in question."""
    return "".join("_" if "\ud800" <= letter <= "\udfff" else letter for letter in text)


def short_hash(text: str) -> str:
    """Return the first 8 hexadecimal digits of a text's SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _key(row: Row) -> tuple[str, str, str]:
    return row.path, row.sha256, row.settings


def _read(lines: Path) -> list[Row]:
    """Read the rows of an earlier run; a last line cut off in mid-write is removed, so that more can follow."""
    if not lines.exists():
        return []
    *whole, cut_off = lines.read_bytes().split(b"\n")
    if cut_off:
        write_whole(lines, b"".join(line + b"\n" for line in whole))
    rows = []
    for number, line in enumerate(whole, 1):
        try:
            rows.append(msgspec.json.decode(line, type=Row))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            hint = "Remove that line, or choose another folder with --out."
            raise SessionError(
                f"{lines}:{number}: this line was not written by voicemock ({error}).", hint=hint
            ) from error
    return rows


def _tidy(out: Path) -> None:
    """Remove what a killed batch left half written; another at work here writes each file in far less time."""
    for path in (*out.glob(".*"), *out.glob("reports/*/.*")):
        with suppress(OSError):
            if HALF_WRITTEN.fullmatch(path.name) and time.time() - path.stat().st_mtime > LEFT_S:
                path.unlink()


def _line(row: Row) -> bytes:
    return msgspec.json.encode({name: getattr(row, name) for name in COLUMNS}) + b"\n"


def _csv(rows: Sequence[Row]) -> str:
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([_cell(getattr(row, name)) for name in COLUMNS])
    return table.getvalue()


def _cell(value: object) -> object:
    """Show a value in a table, on one line; text that a spreadsheet would run as a formula is quoted."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return " ".join(value)
    if not isinstance(value, str):
        return value
    text = one_line(value)
    return f"'{text}" if text.lstrip().startswith(FORMULA) else text


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
