"""A plan from this user's stories and sessions, and what it is made for."""

__all__ = ["aims_for", "find_plan"]

import contextlib
import datetime
import uuid
from collections.abc import Callable

import msgspec

from voicemock.archive.history import history
from voicemock.jobs.covered import competencies_of, sets_to_cover
from voicemock.jobs.due import usual_set
from voicemock.preparation.planning.aims import Aims
from voicemock.preparation.planning.plan import plan_of
from voicemock.preparation.planning.planned import Ground, Plan
from voicemock.preparation.stories.bank import Entry, read_bank, tell_unread, usable
from voicemock.preparation.stories.coverage import coverage_of
from voicemock.preparation.stories.told import tellings
from voicemock.questions.sets import list_sets


def aims_for(
    before: Aims | None, *, interview: datetime.date, today: datetime.date, changes: dict[str, object]
) -> Aims:
    """Return what a plan is now made for; before: what was remembered. changes: the fields that are given anew.

    Another date for the same interview goes on with the weeks and the calendar of before.
    """
    if before is None or before.interview < today:
        before = Aims(interview=interview, began=today, id=uuid.uuid4().hex)
    return msgspec.structs.replace(before, interview=interview, began=min(before.began, today), **changes)


def find_plan(aims: Aims, usual: str, today: datetime.date, *, tell: Callable[[str], None]) -> Plan:
    """Return the plan as it is today; usual: the set of the settings. tell: is told what is damaged."""
    rows, entries = history(tell=tell), read_bank()
    own, sets = usual_set(usual), list_sets()
    stories, covered = usable(entries), sets_to_cover(rows, usual)
    tell_unread(entries, tell)
    asked, told = competencies_of(covered), tellings(stories, rows)
    earlier = usable([entry for entry in entries if not _changed_on(today, entry)])
    ground = Ground(
        rows=rows,
        sets=(*sets, *(one for one in own if one.id not in {known.id for known in sets})),
        usual=own[0].id if own else "",
        covered=covered,
        coverage=coverage_of(stories, asked, told),
        this_morning=coverage_of(earlier, asked, told),
        stories=len(stories),
    )
    return plan_of(aims, ground, today=today)


def _changed_on(day: datetime.date, entry: Entry) -> bool:
    """Return whether a story's file was written on a day; one that is gone meanwhile was not."""
    with contextlib.suppress(OSError):
        return datetime.datetime.fromtimestamp(entry.path.stat().st_mtime).astimezone().date() == day
    return False
