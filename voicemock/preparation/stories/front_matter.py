"""A story's file: TOML between two lines of +++, and below it whatever its owner writes.

Nothing that stands in a file is dropped: a change replaces one value, or adds one, and leaves every other character.
"""

__all__ = ["changed", "new_file", "parsed"]

import datetime
import difflib
import re
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from voicemock.errors import DataFileError, VoicemockError
from voicemock.preparation.stories.story import LISTS, TEXTS, Retracted, Story
from voicemock.toml_file import TomlFile, line_feeds, toml_text

FENCE = re.compile(r"\ufeff?\+\+\+[ \t]*")
WHAT = "story"
KNOWN = (*TEXTS, *LISTS, "retracted")


def parsed(path: Path, text: str) -> tuple[Story, tuple[str, ...]]:
    """Return a file's story, and notes on keys that are not known and may be misspelled.

    Raises DataFileError, as path:line.
    """
    file, end = _matter(path, text)
    story = Story(
        id=path.stem,
        title=_text(file, "title") or path.stem,
        learned=_text(file, "learned"),
        earned_secret=_text(file, "earned_secret"),
        retracted=tuple(_retracted(file)),
        body=_plain(text)[end:].partition("\n")[2].strip(),
        **{name: _texts(file, name) for name in LISTS},
    )
    return story, tuple(_notes(path, file))


def new_file(values: Sequence[tuple[str, str]], body: str) -> str:
    """Return a new file's text; values: each field's name, and its value as TOML."""
    matter = "\n".join(f"{name} = {value}" for name, value in values)
    return f"+++\n{matter}\n+++\n\n{body.strip()}\n" if body.strip() else f"+++\n{matter}\n+++\n"


def changed(path: Path, text: str, field: str, value: str, *, append: bool) -> str:
    """Return a file's text with one field set to a value, or with one more value in it; all else stays.

    value: as TOML. append: to a list. Raises VoicemockError if the file is written in a way that cannot be changed.
    """
    file, _ = _matter(path, text)
    new = tomllib.loads(f"value = {value}")["value"]
    wanted = file.data | {field: _with(file.data.get(field, []), new) if append else new}
    places = _places(text)
    for start, end, put in _attempts(file, _plain(text), field, value, append=append):
        found = text[: places[start]] + (put.replace("\n", "\r\n") if "\r\n" in text else put) + text[places[end] :]
        with suppress(DataFileError):
            if _matter(path, found)[0].data == wanted:
                return found
    raise VoicemockError(
        f"{path} is written in a way voicemock cannot change.", hint=f"Change it by hand: {field} = {value}"
    )


def _with(old: Any, new: Any) -> list[Any]:
    return [*(old if isinstance(old, list) else [old]), new]


def _attempts(file: TomlFile, text: str, field: str, value: str, *, append: bool) -> Iterator[tuple[int, int, str]]:
    """Yield the changes to try: from where to where, and what stands there then. The first that means it is made."""
    if field not in file.spans:
        line = f"{field} = [{value}]" if append else f"{field} = {value}"
        if file.root_end:
            at = text.index("\n", file.root_end)  # after the comment of that line
            yield at, at, f"\n{line}"
        at = text.index("\n") + 1
        yield at, at, f"{line}\n"
        return
    _, begin, end = file.spans[field]
    old = file.data[field]
    if not append:
        yield begin, end, value
    elif isinstance(old, list):
        if "\n" in text[begin:end]:
            yield end - 1, end - 1, f"  {value},\n"
        yield end - 1, end - 1, f", {value}"
        yield end - 1, end - 1, value
    else:
        yield begin, end, f"[{toml_text(old)}, {value}]"


def _places(text: str) -> list[int]:
    """Return where each character stands that is left once lines end in a line feed alone, and where the text ends."""
    return [i for i, char in enumerate(text) if char != "\n" or text[i - 1 : i] != "\r"] + [len(text)]


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n")


def _matter(path: Path, text: str) -> tuple[TomlFile, int]:
    """Return the front matter, and where the line that ends it begins. Its places are those of the file."""
    text = line_feeds(path, text)
    first, _, _ = text.partition("\n")
    if not FENCE.fullmatch(first):
        yaml = first.strip() == "---"
        hint = "Put `title = …` and the like between two lines of +++; `voicemock stories add` writes an example."
        problem = "front matter between --- (YAML) is not read" if yaml else "a story begins with a line of +++"
        raise DataFileError(path, 1, problem, text=first, hint=hint)
    end = re.compile(r"^\+\+\+[ \t]*$", re.MULTILINE).search(text, len(first))
    if end is None:
        raise DataFileError(path, 1, "the second line of +++ is missing", hint="It ends the front matter.")
    blank = " " * len(first) + text[len(first) : end.start()]
    return TomlFile(path, what=WHAT, text=blank), end.start()


def _text(file: TomlFile, name: str) -> str:
    value = file.data.get(name, "")
    if not isinstance(value, str):
        raise file.error((name,), f"'{name}' should be one text in quotes")
    return value.strip()


def _texts(file: TomlFile, name: str) -> tuple[str, ...]:
    """Return a list of texts; a single text is a list of one."""
    value = file.data.get(name, [])
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list):
        raise file.error((name,), f'\'{name}\' should be a list of texts, such as ["one", "two"]')
    for n, one in enumerate(values):
        if not isinstance(one, str):
            raise file.error((name, n), f"each of '{name}' should be a text in quotes")
    return tuple(one.strip() for one in values if one.strip())


def _retracted(file: TomlFile) -> list[Retracted]:
    value = file.data.get("retracted", [])
    if not isinstance(value, list):
        raise file.error(("retracted",), "'retracted' should be a list")
    found = []
    for n, one in enumerate(value):
        since = one.get("since", "") if isinstance(one, dict) else ""
        claim = one.get("claim") if isinstance(one, dict) else one
        if not isinstance(claim, str) or not isinstance(since, str | datetime.date):
            sample = '{ claim = "ten engineers", since = 2026-12-01 }'
            raise file.error(("retracted", n), f"each of 'retracted' should be such as {sample}")
        found.append(Retracted(claim=claim, since=since if isinstance(since, str) else since.isoformat()))
    return found


def _notes(path: Path, file: TomlFile) -> list[str]:
    found = []
    for key in file.data:
        if key not in KNOWN and (near := difflib.get_close_matches(key, KNOWN, n=1, cutoff=0.7)):
            found.append(f"{path}:{file.line((key,))}: '{key}' is not read; did you mean '{near[0]}'?")
    return found
