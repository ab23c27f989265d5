"""A table of recordings, as people write them in a spreadsheet: ``path, question, candidate, date``."""

__all__ = ["Entry", "Manifest", "read_manifest"]

import csv
import io
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec

from voicemock.batch.files import Place, identity
from voicemock.batch.remote import check_address, is_address
from voicemock.errors import UsageError, VoicemockError
from voicemock.phrases import shortened
from voicemock.printable import plain
from voicemock.questions.asked import asked
from voicemock.questions.sets import find_question
from voicemock.schema import Question

COLUMNS = ("path", "question", "candidate", "date")
MAX_BYTES = 100_000_000
MAX_SHOWN = 20
UTF_16 = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
EXAMPLE = "The first line names the columns: path, and if you like question, candidate and date."

_ID = re.compile(r"[\w-]*\w")
"""A question's id is one word; anything else is its text."""
_SEPARATOR = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
"""What Excel writes and reads as a first line."""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One row: a recording, or a folder of them."""

    line: int
    place: Place
    question: Question | None
    candidate: str
    date: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a table asks for. told: what its reader should know, a sentence each."""

    entries: tuple[Entry, ...]
    told: tuple[str, ...]


def read_manifest(path: Path, *, question: Question | None = None, remote: bool = False) -> Manifest:
    """Read a table; raise UsageError with everything that is wrong in it, each with its line.

    question: of rows that name none. remote: whether addresses may be fetched from.
    """
    return _Reader(path, question, remote).manifest()


class _Reader:
    """Reads one table, and notes each problem on the way; the table counts only if there is none."""

    def __init__(self, path: Path, question: Question | None, remote: bool) -> None:
        self._path = path
        self._question = question
        self._remote = remote
        self._problems: list[str] = []
        self._hints: dict[str, None] = {}
        self._told: list[str] = []
        self._find = cache(_question_of)  # a table names few questions many times

    def manifest(self) -> Manifest:
        text = self._text()
        rows = self._rows(text)
        columns = self._columns(rows)
        entries: dict[tuple[str, Question | None], Entry] = {}
        for line, cells in rows:
            try:
                entry = self._entry(line, cells, columns)
            except VoicemockError as error:
                self._note(line, error.message, error.hint)
                continue
            first = entries.setdefault((identity(entry.place), entry.question), entry)
            if first is not entry:
                self._told.append(f"{self._path}:{line}: the same as line {first.line}; taken once.")
        if not entries and not self._problems:
            self._note(1, "there is no recording in this table", EXAMPLE)
        self._raise()
        return Manifest(entries=tuple(entries.values()), told=tuple(self._told))

    def _text(self) -> str:
        """Return the file's text, in whatever a spreadsheet saved it."""
        try:
            with self._path.open("rb") as file:
                raw = file.read(MAX_BYTES + 1)
        except (OSError, ValueError) as error:
            why = (error.strerror if isinstance(error, OSError) else "") or error
            raise UsageError(f"{self._path} cannot be read: {why}.", hint="Check the path after --manifest.") from error
        if raw.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
            hint = 'Save it as "CSV UTF-8", and give that file.'
            raise UsageError(f"{self._path} is a spreadsheet's own file, not a table in text.", hint=hint)
        if len(raw) > MAX_BYTES:
            raise UsageError(f"{self._path} is over {MAX_BYTES // 1_000_000} MB.", hint="Is this the right file?")
        text = self._decoded(raw)
        if "\0" in text:
            raise UsageError(f"{self._path} is not text.", hint='Save the table as "CSV UTF-8".')
        return text

    def _decoded(self, raw: bytes) -> str:
        encoding = next((name for mark, name in UTF_16 if raw.startswith(mark)), "utf-8-sig")
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError as error:
            if encoding == "utf-8-sig":
                line = raw.count(b"\n", 0, error.start) + 1
                self._told.append(f"{self._path}:{line}: not UTF-8; the table is read as Windows-1252.")
            return raw.decode("utf-16" if encoding == "utf-16" else "cp1252", "replace")

    def _rows(self, text: str) -> Iterator[tuple[int, list[str]]]:
        """Yield the cells of each row that is not empty, with the line it begins on; the header comes first."""
        named = _SEPARATOR.match(text)
        text, before = (text[named.end() :], 1) if named else (text, 0)
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
        line = before + 1
        try:
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    yield line, [cell.strip() for cell in cells]
                line = before + reader.line_num + 1
        except csv.Error as error:
            self._note(
                line, f"not a table: {error}", 'A cell that begins with a quote ends with one; inside, it is "".'
            )

    def _columns(self, rows: Iterator[tuple[int, list[str]]]) -> list[str]:
        """Return the names in the header."""
        line, header = next(rows, (1, []))
        names = [cell.lower() for cell in header]
        if "path" not in names:
            found = f"the columns are {shortened(', '.join(map(plain, header)))}" if header else "the file is empty"
            self._note(line, f'there is no column "path": {found}', EXAMPLE)
            self._raise()
        for name in COLUMNS:
            if names.count(name) > 1:
                self._note(line, f'there are {names.count(name)} columns "{name}"', "Remove or rename all but one.")
        self._raise()
        if unused := [plain(cell) for cell, name in zip(header, names, strict=True) if cell and name not in COLUMNS]:
            self._told.append(f"{self._path}:{line}: not used: {', '.join(unused)}.")
        return names

    def _entry(self, line: int, cells: list[str], columns: list[str]) -> Entry:
        if any(cells[len(columns) :]):
            hint = "A text with the table's separator in it stands in quotes."
            raise UsageError(f"{len(cells)} cells, but only {len(columns)} columns.", hint=hint)
        row = dict.fromkeys(COLUMNS, "") | dict(zip(columns, cells, strict=False))
        if not row["path"]:
            raise UsageError("the path is empty.", hint="Name a recording, or empty the whole row.")
        question = self._find(row["question"]) if row["question"] else self._question
        place: Place = row["path"]
        if is_address(row["path"]):
            check_address(row["path"], allowed=self._remote)
        else:
            place = self._path.parent / row["path"]
        return Entry(line=line, place=place, question=question, candidate=row["candidate"], date=row["date"])

    def _note(self, line: int, problem: str, hint: str) -> None:
        self._problems.append(f"{self._path}:{line}: {problem.rstrip('.')}.")
        self._hints[hint] = None

    def _raise(self) -> None:
        if self._problems:
            more = len(self._problems) - MAX_SHOWN
            rest = [f"and {more} more."] if more > 0 else []
            raise UsageError("\n".join(self._problems[:MAX_SHOWN] + rest), hint=next(iter(self._hints)))


def _question_of(text: str) -> Question:
    """Return the question meant: an id if it is one word, else its text."""
    if not re.search(r"\w", text):
        raise UsageError(f"the question '{plain(text)}' has no words.", hint="Give a question's id, or its text.")
    return find_question(text) if _ID.fullmatch(text) else asked(text)


def _delimiter(text: str) -> str:
    """Return what separates the cells: that which makes "path" a cell of the first line."""
    header = next((line for line in text.splitlines() if line.strip(' ,;\t"')), "")

    def cells(delimiter: str) -> list[str]:
        return [cell.strip().lower() for cell in next(csv.reader([header], delimiter=delimiter), [])]

    return max(",;\t", key=lambda one: ("path" in cells(one), len(cells(one))))
