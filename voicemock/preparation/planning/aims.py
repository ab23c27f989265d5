"""What a plan is made for: the day of the interview, and how much time there is until then."""

__all__ = [
    "FEWEST_MINUTES",
    "MOST_MINUTES",
    "MOST_WEEKS",
    "USUAL_MINUTES",
    "USUAL_TIME",
    "USUAL_WEEKS",
    "Aims",
    "an_example",
    "fits",
    "read_date",
    "read_time",
]

import datetime
import re

import msgspec

from voicemock.errors import UsageError

USUAL_WEEKS, MOST_WEEKS = 4, 26
"""Four structured weeks are what the articles ask for."""
USUAL_MINUTES, FEWEST_MINUTES, MOST_MINUTES = 30, 10, 180
"""Minutes a day: enough for three or four answers, for one, and as much as a voice will take (voicemock defaults,
unvalidated)."""
USUAL_TIME = datetime.time(19)
"""When a day's practice begins in a calendar, if nothing else is said (voicemock default, unvalidated)."""


class Aims(msgspec.Struct, frozen=True, kw_only=True):
    """What a plan is made for.

    began: the day it was first made on, from which its weeks are counted. at: when a day's practice begins.
    id: tells this plan from others in a calendar.
    """

    interview: datetime.date
    began: datetime.date
    id: str
    minutes: int = USUAL_MINUTES
    weeks: int = USUAL_WEEKS
    at: datetime.time = USUAL_TIME
    schema_version: int = 1

    @property
    def start(self) -> datetime.date:
        """Return the first day with something to do; later than the day it was made on if there is plenty of time."""
        return max(self.began, self.interview - datetime.timedelta(weeks=self.weeks))


def fits(aims: Aims) -> bool:
    """Return whether a plan can be made for these, which may come from a file that somebody edited."""
    return (
        aims.schema_version == 1
        and FEWEST_MINUTES <= aims.minutes <= MOST_MINUTES
        and 1 <= aims.weeks <= MOST_WEEKS
        and aims.interview - aims.began > datetime.timedelta(days=-1)
        and aims.interview.toordinal() > MOST_WEEKS * 7
        and aims.at.tzinfo is None
    )


def read_date(text: str, *, today: datetime.date) -> datetime.date:
    """Return the day of an interview; raises UsageError if it is no day, or a day that has passed."""
    try:
        found = datetime.date.fromisoformat(text.strip())
    except ValueError as error:
        raise UsageError(
            f"'{text}' is not a date.", hint=f"Write it as year-month-day, such as {an_example(today)}."
        ) from error
    if found < today:
        raise UsageError(f"{found} has passed: today is {today}.", hint="Give the day of an interview still to come.")
    return found


def an_example(today: datetime.date) -> datetime.date:
    """Return a day for a hint to show: four weeks ahead."""
    return today + datetime.timedelta(weeks=USUAL_WEEKS)


def read_time(text: str) -> datetime.time:
    """Return a time of day, as 19, 19:00 or 19.00; raises UsageError if it is none, or says more."""
    found = re.fullmatch(r"([01]?\d|2[0-3])(?:[:.]([0-5]\d))?", text.strip(), re.ASCII)
    if not found:
        raise UsageError(f"'{text}' is not a time of day.", hint="Write it as hours and minutes: 19:00.")
    return datetime.time(int(found[1]), int(found[2] or 0))
