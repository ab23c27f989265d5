"""The plan: what to do on each day until the interview, and what has been done.

Pure: what is known and a day in, a plan out, so that it is made anew from what was done each time it is looked at. Its
rules: every week has something of each of the four sides of the job, the weakest first; stories come before anything
else; the last week has whole rounds; the last day is light.
"""

__all__ = ["plan_of"]

import datetime
from collections.abc import Sequence

from voicemock.archive.practised import Practised
from voicemock.preparation.planning.aims import Aims
from voicemock.preparation.planning.planned import (
    Day,
    Done,
    Ground,
    Plan,
    Week,
    gaps_of,
    sides_of,
    week_began,
    weeks_left,
)
from voicemock.preparation.planning.week import Planner
from voicemock.progress.sessions import sittings


def plan_of(aims: Aims, ground: Ground, *, today: datetime.date) -> Plan:
    """Return the plan as it is today; nothing is planned for the day of the interview, nor after it."""
    planner = Planner(aims, ground, today)
    last = aims.interview - datetime.timedelta(days=1)
    first = max(aims.start, today)
    found: dict[int, list[Day]] = {}
    for n in range((last - first).days + 1):
        day = first + datetime.timedelta(days=n)
        found.setdefault(weeks_left(aims, day), []).append(planner.day(day))
    count = weeks_left(aims, aims.start) + 1 if aims.start <= last else 0
    return Plan(
        aims=aims,
        today=today,
        number_of_weeks=count,
        weeks=tuple(Week(number=count - left, days=tuple(days)) for left, days in found.items()),
        sides=sides_of(ground.rows, since=week_began(aims, today)),
        gaps=gaps_of(ground, ground.coverage),
        stories=ground.stories,
        due=planner.due_now,
        done=_done(ground.rows, week_began(aims, today), today),
    )


def _done(rows: Sequence[Practised], since: datetime.date, today: datetime.date) -> Done:
    days = [(sitting.day, len(sitting.answers)) for sitting in sittings(rows) if sitting.day]
    within = [(day, answers) for day, answers in days if since <= day <= today]
    return Done(since=since, answers=sum(n for _, n in within), days=len({day for day, n in within if n}))
