"""The page of the plan: what today asks for, how things stand, and the day of the interview."""

__all__ = ["Todo", "forget", "plan", "set_plan", "today_in_plan", "todos"]

import datetime
from typing import TYPE_CHECKING

import msgspec

from voicemock.errors import UsageError
from voicemock.page.house import House
from voicemock.page.reply import Asked, Page

if TYPE_CHECKING:
    from voicemock.preparation.planning.planned import Plan


class Todo(msgspec.Struct, frozen=True):
    """One thing that today asks for; path: of the page where it is done."""

    title: str
    minutes: int
    done: bool
    path: str


class PlanPage(msgspec.Struct, frozen=True):
    """The plan, if there is one; lines: all of it, in the words of the command."""

    interview: str
    minutes: int
    todos: tuple[Todo, ...]
    lines: tuple[str, ...]


class _Wanted(msgspec.Struct, frozen=True):
    interview: str
    minutes: int


def plan(_house: House, _asked: Asked) -> Page:
    """Return the page."""
    from voicemock.preparation.planning.plan_lines import plan_lines

    found = today_in_plan()
    if found is None:
        return Page("plan", PlanPage("", 30, (), ()))
    lines = tuple(line for line in plan_lines(found) if not line.strip().startswith("`voicemock"))
    return Page("plan", PlanPage(found.aims.interview.isoformat(), found.aims.minutes, todos(found), lines))


def today_in_plan() -> "Plan | None":
    """Return the plan as it is today, None if there is none, or the interview is over."""
    from voicemock.config import load_config
    from voicemock.jobs.plan import find_plan
    from voicemock.preparation.planning.remembered import read_aims

    aims, today = read_aims(), datetime.datetime.now().astimezone().date()
    if aims is None or aims.interview < today:
        return None
    return find_plan(aims, load_config().question_set, today, tell=lambda _: None)


def todos(found: "Plan") -> tuple[Todo, ...]:
    """Return what today asks for."""
    from voicemock.preparation.planning.plan_lines import title_of
    from voicemock.preparation.planning.planned import Task

    made = []
    for item in found.now.items if found.now else ():
        path = "/practise"
        if item.task is Task.STORY or item.task is Task.PACK:
            path = "/stories"
        elif item.question and item.known:
            path = f"/practise?question={item.question.id}"
        made.append(Todo(title_of(item), item.minutes, item.done, path))
    return tuple(made)


def set_plan(_house: House, asked: Asked) -> dict[str, str]:
    """Remember the day of the interview."""
    from voicemock.jobs.plan import aims_for
    from voicemock.preparation.planning.aims import FEWEST_MINUTES, MOST_MINUTES, read_date
    from voicemock.preparation.planning.remembered import keep_aims, read_aims

    given = msgspec.convert(asked.data, _Wanted)
    today = datetime.datetime.now().astimezone().date()
    interview = read_date(given.interview, today=today)
    if not FEWEST_MINUTES <= given.minutes <= MOST_MINUTES:
        raise UsageError(f"{FEWEST_MINUTES} to {MOST_MINUTES} minutes a day can be planned.")
    aims = aims_for(read_aims(), interview=interview, today=today, changes={"minutes": given.minutes})
    keep_aims(aims)
    return {"interview": aims.interview.isoformat()}


def forget(_house: House, _asked: Asked) -> dict[str, bool]:
    """Forget the day; stories and sessions stay."""
    from voicemock.preparation.planning.remembered import forget_aims

    return {"forgotten": forget_aims()}
