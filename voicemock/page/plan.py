"""The page of the plan: what today asks for, how things stand, and the day of the interview."""

__all__ = ["Todo", "forget", "plan", "set_plan", "today_in_plan", "todos"]

import datetime
from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from voicemock.errors import SessionError, UsageError
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


class PlanPage(msgspec.Struct, frozen=True, kw_only=True):
    """The plan, if there is one; lines: all of it, in the words of the command. problems: why one cannot be read."""

    interview: str = ""
    minutes: int
    todos: tuple[Todo, ...] = ()
    lines: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


class _Wanted(msgspec.Struct, frozen=True):
    interview: str
    minutes: int


def plan(_house: House, _asked: Asked) -> Page:
    """Return the page."""
    from voicemock.preparation.planning.aims import USUAL_MINUTES
    from voicemock.preparation.planning.plan_lines import plan_lines

    problems: list[str] = []
    found = today_in_plan(tell=problems.append)
    if found is None:
        return Page("plan", PlanPage(minutes=USUAL_MINUTES, problems=tuple(problems)))
    lines = tuple(line for line in plan_lines(found) if not line.strip().startswith("`voicemock"))
    day, minutes = found.aims.interview.isoformat(), found.aims.minutes
    return Page("plan", PlanPage(interview=day, minutes=minutes, todos=todos(found), lines=lines))


def today_in_plan(*, tell: Callable[[str], None]) -> "Plan | None":
    """Return the plan as it is today, None if there is none, or the interview is over.

    tell: is told if the plan's file is damaged, which must not cost the page.
    """
    from voicemock.config import load_config
    from voicemock.jobs.plan import find_plan
    from voicemock.preparation.planning.remembered import read_aims

    today = datetime.datetime.now().astimezone().date()
    try:
        aims = read_aims()
    except SessionError as error:
        tell(f"{error.message} Give the day of your interview again, and it is made anew.")
        return None
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
        if item.task is Task.STORY:
            path = "/stories"
        elif item.task is Task.PACK:
            path = "/pack"
        elif item.task is Task.MOCK:
            path = f"/practise?form=loop/{item.about}&minutes={item.minutes}&dimension={item.dimension}"
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
    try:
        before = read_aims()
    except SessionError:  # the page has said so, and offered to make it anew
        before = None
    aims = aims_for(before, interview=interview, today=today, changes={"minutes": given.minutes})
    keep_aims(aims)
    return {"interview": aims.interview.isoformat()}


def forget(_house: House, _asked: Asked) -> dict[str, bool]:
    """Forget the day; stories and sessions stay."""
    from voicemock.preparation.planning.remembered import forget_aims

    return {"forgotten": forget_aims()}
