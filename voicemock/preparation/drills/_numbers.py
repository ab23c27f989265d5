"""The numbers of one telling held against those of another."""

__all__ = ["Kept", "kept", "measures_of", "shown"]

import enum
import re
from collections.abc import Sequence

from voicemock.preparation.drills._base import readable
from voicemock.reading.numbers_told import NumberSaid, numbers_said
from voicemock.schema import AnswerReport, NumberKind

_NOT_ALONE = re.compile(r"\d|\w\W+\w")
"""Not "twice" or "double" without what it is twice of."""
SHARES = frozenset({NumberKind.RATE, NumberKind.ERRORS, NumberKind.AVAILABILITY})
"""Kinds of one percentage that the words beside it may tell apart in one telling and not in another."""

TIMES = frozenset({NumberKind.TIME, NumberKind.LATENCY})


class Kept(enum.Enum):
    """Whether all, some or none of a number's values are said again, of the same kind."""

    WHOLE = enum.auto()
    IN_PART = enum.auto()
    NOT = enum.auto()


def measures_of(answer: AnswerReport) -> list[NumberSaid]:
    """Return the numbers that plainly measure something; none if the words were not heard well enough."""
    if not readable(answer):
        return []
    said = (number for number in numbers_said(answer.transcript) if number.kind is not NumberKind.OTHER)
    return [number for number in said if _NOT_ALONE.search(number.evidence.quote)]


def kept(number: NumberSaid, later: Sequence[NumberSaid]) -> Kept:
    """Return what of a number is said again."""
    alike = (one for one in later if _alike(one, number))
    values = {value for one in alike for value in one.values}
    found = values.intersection(number.values)
    return Kept.NOT if not found else Kept.WHOLE if found == set(number.values) else Kept.IN_PART


def _alike(one: NumberSaid, other: NumberSaid) -> bool:
    if one.kind is not other.kind:
        return {one.kind, other.kind} <= SHARES
    return one.kind not in TIMES or _unit(one) == _unit(other)  # two weeks are not two months


def _unit(number: NumberSaid) -> str:
    return number.evidence.quote.split()[-1].lower().rstrip("s")


def shown(numbers: Sequence[NumberSaid], none: str = "none") -> str:
    """Return numbers as they were said."""
    return "; ".join(f'"{number.evidence.quote}"' for number in numbers) or none
