"""What a whole batch leaves out, and what stood out in it: counts, no names."""

__all__ = ["Gap", "StoodOut", "gaps", "stood_out"]

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from voicemock.batch.row import Row
from voicemock.schema import SignalName


class Gap(NamedTuple):
    """A signal: of how many answers it was asked, how many did not give it, and of how many it could not be told."""

    signal: SignalName
    asked: int
    missing: int
    unknown: int

    @property
    def given(self) -> int:
        """Return how many answers gave it."""
        return self.asked - self.missing - self.unknown


class StoodOut(NamedTuple):
    """A check, and in how many answers it found something."""

    check: str
    answers: int


def gaps(rows: Sequence[Row]) -> tuple[Gap, ...]:
    """Return every signal that was asked for, the one left out most often first."""
    found = []
    for name in SignalName:
        asked = [row.signals.get(name) for row in rows if not row.error and name in row.expected]
        if asked:
            found.append(Gap(name, len(asked), sum(x is False for x in asked), sum(x is None for x in asked)))
    return tuple(sorted(found, key=lambda gap: (-gap.missing / gap.asked, -gap.asked)))


def stood_out(rows: Sequence[Row]) -> tuple[StoodOut, ...]:
    """Return every check that found something, the one that did so most often first."""
    return tuple(StoodOut(*item) for item in Counter(check for row in rows for check in row.findings).most_common())
