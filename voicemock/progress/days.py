"""When practice took place: answers a day, and what has not been practised for long."""

__all__ = ["LONG_DAYS", "Day", "Trained", "days", "not_yet", "trained"]

import datetime
from collections import Counter
from collections.abc import Collection, Sequence

import msgspec

from voicemock.progress.series import named, trained_by
from voicemock.progress.sessions import Sitting
from voicemock.schema import SignalName

LONG_DAYS = 14
"""Days after which a competency counts as not practised for long (voicemock default, unvalidated)."""


class Day(msgspec.Struct, frozen=True, kw_only=True):
    """One day with practice; answers: to questions of their own, the last take of each."""

    date: datetime.date
    answers: int


class Trained(msgspec.Struct, frozen=True, kw_only=True):
    """A competency; heard: of the signals asked for in all its answers; unknown: how many more could not be told.

    days_ago: when it was last practised, None if no date can be read.
    """

    key: str
    name: str
    answers: int
    heard: int
    asked: int
    unknown: int
    days_ago: int | None

    @property
    def is_long_ago(self) -> bool:
        """Whether it has not been practised for long."""
        return self.days_ago is not None and self.days_ago >= LONG_DAYS


def days(sessions: Sequence[Sitting]) -> tuple[Day, ...]:
    """Return the days with an answer, the earliest first."""
    counts: Counter[datetime.date] = Counter()
    for sitting in sessions:
        if sitting.day:
            counts[sitting.day] += len(sitting.answers)
    return tuple(Day(date=date, answers=counts[date]) for date in sorted(counts) if counts[date])


def trained(sessions: Sequence[Sitting], *, today: datetime.date) -> tuple[Trained, ...]:
    """Return every competency that was practised, the longest ago first."""
    told: dict[str, list[bool | None]] = {}
    answers: Counter[str] = Counter()
    last: dict[str, datetime.date] = {}
    for sitting in sessions:
        for row in sitting.answers:
            for key in trained_by(row):
                answers[key] += 1
                heard = [one for name, one in row.expected.items() if name is not SignalName.ON_TOPIC]
                told.setdefault(key, []).extend(heard)
                if sitting.day:
                    last[key] = sitting.day
    found = [
        Trained(
            key=key,
            name=named(key),
            answers=answers[key],
            heard=sum(one is True for one in heard),
            asked=sum(one is not None for one in heard),
            unknown=sum(one is None for one in heard),
            days_ago=max(0, (today - last[key]).days) if key in last else None,
        )
        for key, heard in told.items()
    ]
    return tuple(sorted(found, key=lambda one: (-(one.days_ago if one.days_ago is not None else -1), one.name)))


def not_yet(sessions: Sequence[Sitting], known: Collection[str]) -> tuple[str, ...]:
    """Return the competencies of the question sets used that no answer was about, as people read them."""
    done = {key for sitting in sessions for row in sitting.answers for key in trained_by(row)}
    return tuple(sorted(named(key) for key in set(known) - done))
