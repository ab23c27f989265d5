"""The catalogue of lenses, one file each: what else somebody in that seat would listen for in any answer.

A lens judges nothing. A report shows what was heard of its points, by quote; of the rest, that it was not heard.
"""

__all__ = ["Lens", "LensPoint", "Over", "known_lenses", "lenses"]

import enum
import functools
import tomllib
from collections.abc import Iterable
from pathlib import Path

import msgspec

from voicemock.errors import UnknownNameError
from voicemock.schema import NumberKind, SignalName


class Over(enum.StrEnum):
    """Where what was heard is shown: under its answer, or once for the whole session."""

    ANSWER = "answer"
    SESSION = "session"


class LensPoint(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing to listen for: any of its signals, of its kinds of numbers, or of its phrases will do.

    said, hints: phrases as in a question's ``Point``. A hint alone is not enough to hear it, and keeps it from being
    called not heard.
    """

    name: str
    signals: tuple[SignalName, ...] = ()
    numbers: tuple[NumberKind, ...] = ()
    said: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()


class Lens(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One file, ``NAME.toml``. about: what it shows. source: on whose word somebody listens for it."""

    title: str
    about: str
    source: str
    points: tuple[LensPoint, ...]
    over: Over = Over.ANSWER


@functools.cache
def lenses() -> dict[str, Lens]:
    """Read the catalogue that ships with voicemock, by name."""
    files = sorted(Path(__file__).parent.glob("*.toml"))
    return {file.stem: msgspec.convert(tomllib.loads(file.read_text(encoding="utf-8")), Lens) for file in files}


def known_lenses(names: Iterable[str] | None) -> tuple[str, ...]:
    """Return the names, each once; raise UnknownNameError if one is no lens's."""
    wanted = tuple(dict.fromkeys(names or ()))
    for name in wanted:
        if name not in lenses():
            raise UnknownNameError("lens", name, lenses())
    return wanted
