"""TOML files people write: parsed, with the line of every key kept for error messages.

tomllib names a line for syntax errors only. A wrong value needs one too, so the text is walked a
second time, once it is known to be valid TOML, and the line of each key and list item is noted.
"""

__all__ = ["TomlFile", "Where", "line_feeds", "read_text", "toml_text"]

import json
import re
import tomllib
from pathlib import Path
from typing import Any

from voicemock.errors import DataFileError, VoicemockError
from voicemock.printable import plain

MAX_BYTES = 1_000_000
MAX_DOTS = 100  # in a line: tomllib needs memory by the square of a dotted key's parts
MAX_SHOWN = 100  # characters of a wrong line
MAX_DEPTH = 4  # questions, number, follow_ups, signal: nothing deeper is ever reported

Where = tuple[str | int, ...]
"""The way to a value: ``("questions", 2, "target_s")``."""

_BLANK = re.compile(r"(?:[ \t\n]|#[^\n]*)*")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}'  # a multi-line string may end in two quotes of its own
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\])*"'
    r"|'[^']*'",
    re.DOTALL,
)
_SCALAR = re.compile(r"[^,\]}\n#]*")
_AT_LINE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


class TomlFile:
    """A parsed file: ``data`` as tomllib gives it, and the line of every key.

    spans: of every key outside tables, where it begins, where its value does, and where that ends. root_end: where the
    last of these ends, 0 if there is none. Places in the text, with its lines ended by a line feed alone.
    """

    def __init__(self, path: Path, *, what: str, text: str | None = None) -> None:
        """Read a file; raise DataFileError if it is empty, too large, not UTF-8 or not TOML.

        what: what the file should be, for messages, such as "question set".
        text: the part of the file that is TOML, each line at its place in the file; by default all of it.
        """
        self.path = path
        text = line_feeds(path, (read_text(path, what=what) if text is None else text).removeprefix("\ufeff"))
        self._lines = text.split("\n")
        for number, dotted in enumerate(self._lines, 1):
            if dotted.count(".") > MAX_DOTS:
                raise DataFileError(path, number, f"over {MAX_DOTS} dots in one line")
        try:
            self.data: dict[str, Any] = tomllib.loads(text)
            walk = _Walk(text)
            self._places, self.spans, self.root_end = walk.places, walk.spans, walk.root_end
        except (ValueError, RecursionError) as error:
            raise self._syntax_error(error) from error

    def error(self, where: Where, problem: str, *, hint: str = "") -> DataFileError:
        """Return the error to raise for the value at ``where``, or for the table that lacks it."""
        line = self.line(where)
        return DataFileError(self.path, line, problem, text=self._shown(line), hint=hint)

    def line(self, where: Where) -> int:
        """Return the line, from 1, of a key, or of the nearest table around a key that is missing."""
        while where and where not in self._places:
            where = where[:-1]
        return self._places[where] if where else 1

    def _shown(self, line: int) -> str:
        return plain(self._lines[line - 1])[:MAX_SHOWN]

    def _syntax_error(self, error: Exception) -> DataFileError:
        if isinstance(error, RecursionError):
            return DataFileError(self.path, 1, "nested too deeply")
        message = str(error)
        at = _AT_LINE.search(message)
        line = int(at[1]) if at and at[1] else len("\n".join(self._lines).rstrip().split("\n")) if at else 1
        problem = f"not valid TOML: {_AT_LINE.sub('', message)}"
        return DataFileError(self.path, line, problem, text=self._shown(line))


def read_text(path: Path, *, what: str) -> str:
    """Return a file's text as it stands; raise DataFileError if it is empty, too large or not UTF-8."""
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        reason = error.strerror or str(error)
        raise VoicemockError(f"{path} cannot be read: {reason}.", hint="Check the path.") from error
    if len(raw) > MAX_BYTES:
        raise DataFileError(path, 1, "over 1 MB", hint=f"A {what} is a text file of a few kB. Is this the right file?")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before, line = raw[: error.start], raw.count(b"\n", 0, error.start) + 1
        start = before.rfind(b"\n") + 1
        shown = raw[start:].split(b"\n", 1)[0][:MAX_SHOWN].decode("utf-8", "replace")
        raise DataFileError(path, line, "not UTF-8 text", text=plain(shown), hint="Save the file as UTF-8.") from error
    if not text.removeprefix("\ufeff").strip():
        raise DataFileError(path, 1, "the file is empty")
    return text


def line_feeds(path: Path, text: str) -> str:
    """Return a text with its lines ended by a line feed alone; raise DataFileError where a line ends in more than that.

    tomllib would take one more carriage return away, and every place behind it would be another than in the file.
    """
    found = text.replace("\r\n", "\n")
    if "\r\n" in found:
        line = found[: found.index("\r\n")].count("\n") + 1
        raise DataFileError(path, line, "ends in two carriage returns", hint="Save the file once more in an editor.")
    return found


def toml_text(value: str | int | float) -> str:
    """Return a value as TOML writes it: the escapes of JSON are TOML's."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


class _Walk:
    """One pass over valid TOML that notes the line of every key and list item."""

    def __init__(self, text: str) -> None:
        self.places: dict[Where, int] = {}
        self.spans: dict[str, tuple[int, int, int]] = {}
        self.root_end = 0
        self._text = text
        self._counted_to, self._line = 0, 1
        self._tables: dict[Where, int] = {}  # arrays of tables, and how many tables each has so far
        here: Where = ()
        at = self._skip(0)
        while at < len(text):
            if text[at] == "[":
                here, at = self._header(at)
            else:
                at = self._pair(at, here)
            at = self._skip(at)

    def _header(self, at: int) -> tuple[Where, int]:
        start, double = at, self._text.startswith("[[", at)
        keys, at = self._key(self._skip(at + 1 + double))
        here: Where = ()
        for depth, key in enumerate(keys, 1):
            here = (*here, key)
            if double and depth == len(keys):
                self._tables[here] = self._tables.get(here, 0) + 1
            if here in self._tables:
                here = (*here, self._tables[here] - 1)
        self._note(here, start)
        return here, self._skip(at) + 1 + double

    def _pair(self, at: int, here: Where) -> int:
        start = at
        keys, at = self._key(at)
        for depth in range(1, min(len(keys), MAX_DEPTH) + 1):
            self._note((*here, *keys[:depth]), start)
        begin = self._skip(self._skip(at) + 1)  # past the "="
        end = self._value(begin, (*here, *keys))
        if not here:
            self.root_end = end
        if not here and len(keys) == 1:
            self.spans[keys[0]] = start, begin, end
        return end

    def _key(self, at: int) -> tuple[list[str], int]:
        keys = []
        while True:
            if bare := _BARE_KEY.match(self._text, at):
                keys.append(bare[0])
                at = bare.end()
            else:
                end = self._string(at)
                keys.append(str(tomllib.loads(f"key = {self._text[at:end]}")["key"]))
                at = end
            dot = self._skip(at)
            if not self._text.startswith(".", dot):
                return keys, at
            at = self._skip(dot + 1)

    def _value(self, at: int, here: Where) -> int:
        opening = self._text[at]
        if opening in "\"'":
            return self._string(at)
        if opening not in "[{":
            return _end(_SCALAR.match(self._text, at))
        item, at = 0, self._skip(at + 1)
        while self._text[at] not in "]}":
            if self._text[at] == ",":
                at += 1
            elif opening == "{":
                at = self._pair(at, here)
            else:
                self._note((*here, item), at)
                at = self._value(at, (*here, item))
                item += 1
            at = self._skip(at)
        return at + 1

    def _string(self, at: int) -> int:
        return _end(_STRING.match(self._text, at))

    def _skip(self, at: int) -> int:
        return _end(_BLANK.match(self._text, at))

    def _note(self, where: Where, at: int) -> None:
        self._line += self._text.count("\n", self._counted_to, at)
        self._counted_to = at
        if len(where) <= MAX_DEPTH:
            self.places.setdefault(where, self._line)


def _end(match: re.Match[str] | None) -> int:
    if match is None:  # tomllib has read the text: only a fault in the walk ends here
        raise AssertionError("walked off valid TOML")
    return match.end()
