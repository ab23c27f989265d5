"""The columns every table of a batch shares: a figure each, a signal each, a measure each."""

__all__ = ["ALREADY_FIGURES", "MEASURES", "Column", "columns_of"]

import functools
import typing
from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import NamedTuple

from voicemock.batch.cells import harmless
from voicemock.batch.row import FIELDS, Row
from voicemock.schema import SignalName

MEASURES = ("length", "pauses", "response_latency", "pitch_spread", "hedges", "repeats", "signals_heard")
"""voicemock's own measures, in the order of their columns; a new one comes last, so the others keep their place."""
ALREADY_FIGURES = frozenset(
    {"speech_rate", "filled_pauses", "filled_pauses_per_min", "crutch_words", "i_share", "long_pauses"}
)
"""Those that have a column among the figures."""
PREFIX = "measure_"
"""Before the name of somebody else's measure that is a column already."""

KINDS: dict[object, type] = {
    str: str,
    int | None: int,
    float | None: float,
    bool | None: bool,
    tuple[str, ...]: tuple,
}
"""What a column holds, by how its field is declared; all but text and lists may be unknown."""


class Column(NamedTuple):
    """One column: its name, what its cells hold (str, int, float, bool, or tuple for a list), and how to find one."""

    name: str
    kind: type
    cell: Callable[[Row], object]


def columns_of(rows: Sequence[Row]) -> tuple[Column, ...]:
    """Return the columns of these rows: always the same ones first, then the measures of other people's checks."""
    hints = typing.get_type_hints(Row)
    known = [Column(name, KINDS[hints[name]], attrgetter(name)) for name in FIELDS]
    known += [Column(name.value, bool, _signal(name)) for name in SignalName if name not in FIELDS]
    known += [Column(name, float, _measure(name)) for name in MEASURES]
    others = {name for row in rows for name in row.measures}.difference(MEASURES, ALREADY_FIGURES)
    named = zip(_free(sorted(others), taken=(column.name for column in known)), sorted(others), strict=True)
    return (*known, *(Column(column, float, _measure(name)) for column, name in named))


def _free(names: Iterable[str], *, taken: Iterable[str]) -> list[str]:
    """Return a column's name for each measure, unlike any other; databases do not tell capitals from small letters."""
    used = {name.casefold() for name in taken}
    free = []
    for name in names:
        column = harmless(name)
        while column.casefold() in used:
            column = f"{PREFIX}{column}"
        used.add(column.casefold())
        free.append(column)
    return free


def _signal(name: SignalName) -> Callable[[Row], object]:
    return functools.partial(lambda row, key: row.signals.get(key), key=name)


def _measure(name: str) -> Callable[[Row], object]:
    return functools.partial(lambda row, key: row.measures.get(key), key=name)
