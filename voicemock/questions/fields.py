"""Values of a TOML file someone wrote: read one by one, with every problem noted on the way."""

__all__ = ["LONGEST_ID", "Fields", "is_id", "type_of"]

import difflib
import re
from collections.abc import Iterator
from typing import Any

from voicemock.errors import DataFileError
from voicemock.printable import plain
from voicemock.toml_file import TomlFile, Where

LONGEST_ID = 80  # it becomes part of file names, which most systems end at 255 bytes
_ID = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")


def is_id(text: str) -> bool:
    """Return whether a text can be an id."""
    return len(text) <= LONGEST_ID and _ID.fullmatch(text) is not None


class Fields:
    """What is in a file, and what is wrong with it; the values count only if there is no problem."""

    def __init__(self, file: TomlFile) -> None:
        self.problems: list[DataFileError] = []
        self._file = file

    def _tables(self, data: dict[str, Any], key: str, noun: str) -> Iterator[tuple[dict[str, Any], Where]]:
        """Yield the tables under a key that must not be empty; noun: what one of them is."""
        tables = data.get(key)
        if not tables:
            self._note((key,), f"no {key}; each begins with [[{key}]]")
        elif not isinstance(tables, list):
            self._note((key,), f"write [[{key}]], with two brackets, above each {noun}")
        for n, table in enumerate(tables if isinstance(tables, list) else []):
            if isinstance(table, dict):
                yield table, (key, n)
            else:
                self._note((key, n), f"a {noun} should be a table, not {type_of(table)}")

    def _version(self, data: dict[str, Any], only: int) -> None:
        version = data.get("schema_version")
        if version is None:
            self._note((), "missing key 'schema_version'; write schema_version = 1 at the top")
        elif version != only or isinstance(version, bool):
            self._note(("schema_version",), f"'schema_version' should be {only}, the only format there is")

    def _id(self, table: dict[str, Any], here: Where) -> str:
        text = self._text(table, here, "id")
        if text and not is_id(text):
            rule = f"use lowercase letters, digits and hyphens, at most {LONGEST_ID}"
            self._note((*here, "id"), f"'{text}' is not a valid id; {rule}")
        return text

    def _text(self, table: dict[str, Any], here: Where, key: str, *, default: str | None = None) -> str:
        value = table.get(key, default)
        if value is None:
            self._note(here, f"missing key '{key}'")
        elif not isinstance(value, str):
            self._note((*here, key), f"'{key}' should be text in quotes, not {type_of(value)}")
        elif not (text := plain(value)) and default is None:
            self._note((*here, key), f"'{key}' is empty")
        else:
            return text
        return ""

    def _texts(self, table: dict[str, Any], here: Where, key: str) -> dict[int, str]:
        values = table.get(key, [])
        if not isinstance(values, list):
            self._note((*here, key), f"'{key}' should be a list, such as [\"...\"], not {type_of(values)}")
            return {}
        for n, value in enumerate(values):
            if not isinstance(value, str):
                self._note((*here, key, n), f"'{key}' should hold text in quotes, not {type_of(value)}")
        return {n: plain(value) for n, value in enumerate(values) if isinstance(value, str)}

    def _known(self, table: dict[str, Any], here: Where, keys: tuple[str, ...]) -> None:
        for key in table:
            self._one_of(key, keys, "key", (*here, key))

    def _one_of(self, name: str, names: tuple[str, ...], what: str, where: Where) -> bool:
        if name in names:
            return True
        near = difflib.get_close_matches(name, names, n=1)
        meant = f"did you mean '{near[0]}'?" if near else f"known are {', '.join(names)}"
        self._note(where, f"unknown {what} '{plain(name)}'; {meant}")
        return False

    def _note(self, where: Where, problem: str) -> None:
        self.problems.append(self._file.error(where, problem))


def type_of(value: object) -> str:
    """Return what a value of TOML is, in words."""
    match value:
        case bool():
            return "true or false"
        case str():
            return "text"
        case int() | float():
            return "a number"
        case list():
            return "a list"
        case dict():
            return "a table"
    return "a date or time"
