"""Text from outside made safe to print: a file's name must not move the cursor, nor turn a line around."""

__all__ = ["in_shell", "one_line", "plain", "printable", "upright"]

import re
from pathlib import Path

_ESCAPE_SEQUENCE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\^_])")
_TURNS = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Marks, embeddings, overrides and isolates of Unicode's bidirectional algorithm (UAX 9)."""
_BREAKS = "\u2028\u2029"
_UNSAFE = dict.fromkeys((*range(32), *range(127, 160), *map(ord, _TURNS + _BREAKS)), " ")
_UNSAFE_IN_TEXT = {code: shown for code, shown in _UNSAFE.items() if code not in (0x09, 0x0A)}


def printable(text: str) -> str:
    """Return text that is safe on any terminal; lines stay lines.

    Escape sequences go; other control and direction-changing characters become spaces.
    """
    return _ESCAPE_SEQUENCE.sub("", text).translate(_UNSAFE_IN_TEXT)


def upright(text: str) -> str:
    """Return text for a page: nothing turns its lines around, and it is as long as it was, so places in it hold."""
    return text.translate(_UNSAFE_IN_TEXT)


def one_line(text: str) -> str:
    """Return text on one line, its spaces as they are: a name in a table."""
    return text.translate(_UNSAFE)


def plain(text: str) -> str:
    """Return text as one line that is safe on any terminal, its spaces put together."""
    return " ".join(printable(text).split())


def in_shell(word: str | Path) -> str:
    """Return a file's name as it is written in a command, to be printed."""
    import shlex

    return plain(shlex.quote(str(word)))
