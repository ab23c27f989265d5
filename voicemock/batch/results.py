"""What a batch keeps: one line for each recording in results.jsonl, on disk as soon as it is there."""

__all__ = ["LINES", "Results", "file_hash", "kept_line", "written_to"]

import errno
import hashlib
import os
import re
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import BinaryIO, NamedTuple

import msgspec

from voicemock.batch.row import Line, Row
from voicemock.errors import SessionError, repair
from voicemock.paths import private_dir, whole_file
from voicemock.report.as_json import in_one_line

LINES = "results.jsonl"
HALF_WRITTEN = re.compile(r"\.(results|errors|index|report|session)\.(csv|jsonl|json|html|md|parquet)\..+")
"""What ``whole_file`` leaves where it was killed."""
LEFT_S = 60.0
LOCK = ".results.lock"
PATIENCE_S = 60.0
"""A line is written in milliseconds; a lock held for this long is held by a process that is suspended."""

Place = tuple[int, int]
"""Where a line stands in the file: its first byte, and how many there are."""


class Kept(NamedTuple):
    """A row of an earlier run, and where its line is."""

    row: Row
    place: Place


class Results:
    """The rows of one output folder: read at the start, appended to, and put in order at the end."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self._lines = out / LINES
        with written_to(out):
            tempfile.TemporaryFile(dir=private_dir(out)).close()  # before work goes into what cannot be kept
            with self._alone():
                _tidy(out)
                _mend(self._lines)
                self._kept = [kept for kept in _read(self._lines) if not kept.row.error]
        self._heard = {(one.row.sha256, one.row.hearing): one for one in self._kept}
        self._fetched: dict[tuple[str, ...], Kept] = {}
        for one in (one for one in self._kept if "://" in one.row.path):
            self._fetched[one.row.path, one.row.hearing] = one
            self._fetched[one.row.path, one.row.hearing, one.row.reading] = one
        self._done = {(one.row.sha256, one.row.hearing, one.row.reading): one.row for one in self._kept}

    def done(self, sha256: str, hearing: str, reading: str) -> Row | None:
        """Return the row of these bytes already heard and read so, under whatever name."""
        return self._done.get((sha256, hearing, reading))

    def heard(self, sha256: str, hearing: str) -> Kept | None:
        """Return what was made of these bytes already heard so, however they were read."""
        return self._heard.get((sha256, hearing))

    def fetched(self, address: str, hearing: str, reading: str) -> Kept | None:
        """Return what was made of what was at an address, best of all what was read so; it may have changed since."""
        return self._fetched.get((address, hearing, reading)) or self._fetched.get((address, hearing))

    def heard_ever(self, sha256: str, hearing: str) -> Kept | None:
        """Return what any version of voicemock heard in these bytes, with the same model and settings."""
        return self.heard(sha256, hearing) or self._by_any_version.get((sha256, _settings(hearing)))

    @cached_property
    def _by_any_version(self) -> dict[tuple[str, str], Kept]:
        return {(sha256, _settings(hearing)): kept for (sha256, hearing), kept in self._heard.items()}

    @property
    def rows(self) -> Iterator[Row]:
        """Yield the rows of earlier runs, without those of recordings that could not be analysed."""
        return (kept.row for kept in self._kept)

    def add(self, line: Line) -> None:
        """Keep a line, on disk before this returns."""
        data = in_one_line(line) + b"\n"
        with written_to(self._out), self._alone(), open(self._lines, "ab", buffering=0, opener=_private) as file:
            before = file.seek(0, os.SEEK_END)
            try:
                if file.write(data) != len(data):
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self._lines))
                os.fsync(file.fileno())
            except OSError:
                file.truncate(before)  # half a line would spoil the next
                raise

    def finish(self, rows: Sequence[Row]) -> None:
        """Write results.jsonl whole: earlier lines first, then these rows' in the order given, each once.

        What is there is read again: another batch may have added to it since. A row of a file renamed since it was
        analysed takes over the line of its bytes.
        """
        with written_to(self._out), self._alone():
            last = {_key(one.row): one for one in _read(self._lines)}
            same = {(one.row.sha256, one.row.hearing, one.row.reading): one for one in last.values()}
            now = {_key(row): row for row in rows}
            with whole_file(self._lines) as new, self._lines.open("rb") as old:
                for key, one in last.items():
                    if key not in now:
                        new.write(_bytes_at(old, one.place))
                for key, row in now.items():
                    source = last.get(key) or same.get((row.sha256, row.hearing, row.reading))
                    new.write(_renamed(_bytes_at(old, source.place), row) if source else _bare(row))

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


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file's bytes in hexadecimal; raise OSError for a pipe or a device, which has no end."""
    if not path.is_file():
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(path))
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def kept_line(out: Path, place: Place, *, sha256: str) -> Line | None:
    """Return what an earlier run made of these bytes, None if something else stands there by now."""
    try:
        with (out / LINES).open("rb") as file:
            line = msgspec.json.decode(_bytes_at(file, place), type=Line)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    return line if line.answer and line.sha256 == sha256 else None


def _key(row: Row) -> tuple[str, ...]:
    """Return what a later line replaces: the same recording, heard alike and asked the same."""
    return row.path, row.sha256, row.hearing, row.question_id, row.question


def _settings(hearing: str) -> str:
    """Return what decided the words besides the sound and voicemock's version."""
    return hearing.partition(" ")[2]


def _bytes_at(file: BinaryIO, place: Place) -> bytes:
    file.seek(place[0])
    return file.read(place[1])


def _renamed(data: bytes, row: Row) -> bytes:
    """Return a line as that of a row; what differs is at most the path, and whose it is."""
    line = msgspec.json.decode(data, type=Line)
    if line.row == row:
        return data
    known = {name: getattr(row, name) for name in ("path", "candidate", "date", "error")}
    return in_one_line(msgspec.structs.replace(line, **known)) + b"\n"


def _bare(row: Row) -> bytes:
    """Return the line of a row whose own is gone."""
    return in_one_line(Line(**msgspec.structs.asdict(row))) + b"\n"


def _mend(lines: Path) -> None:
    """Remove a last line cut off in mid-write, so that more can follow."""
    with suppress(FileNotFoundError), lines.open("r+b") as file:
        end = file.seek(0, os.SEEK_END)
        while end and (file.seek(end - 1), file.read(1))[1] != b"\n":
            end -= 1
        file.truncate(end)


def _read(lines: Path) -> Iterator[Kept]:
    """Yield the rows of earlier runs, without the reports beside them."""
    if not lines.exists():
        return
    at = 0
    with lines.open("rb") as file:
        for number, line in enumerate(file, 1):
            try:
                yield Kept(msgspec.json.decode(line, type=Row), (at, len(line)))
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
                hint = "Remove that line, or choose another folder with --out."
                raise SessionError(
                    f"{lines}:{number}: this line was not written by voicemock ({error}).", hint=hint
                ) from error
            at += len(line)


def _tidy(out: Path) -> None:
    """Remove what a killed batch left half written; another at work here writes each file in far less time."""
    for path in (*out.glob(".*"), *out.glob("reports/*/.*")):
        with suppress(OSError):
            if HALF_WRITTEN.fullmatch(path.name) and time.time() - path.stat().st_mtime > LEFT_S:
                path.unlink()


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
