"""A plan as an iCalendar file: an entry a day, at the same hour wherever the calendar is; nothing that is sent."""

__all__ = ["need_calendar", "to_calendar"]

import datetime
import importlib.util
from typing import TYPE_CHECKING

from voicemock.errors import UsageError
from voicemock.preparation.planning.plan_lines import DIMENSIONS, command_of, title_of
from voicemock.preparation.planning.planned import Day, Plan
from voicemock.printable import plain

if TYPE_CHECKING:
    from icalendar import Event


def need_calendar() -> None:
    """Raise UsageError if the package that writes calendars is not installed."""
    if importlib.util.find_spec("icalendar") is None:
        raise UsageError(
            "A calendar needs the package icalendar, which is not installed.",
            hint='Add it: pip install "voicemock[prepare]". Without it, --out FILE writes the plan as text.',
        )


def to_calendar(plan: Plan, *, now: datetime.datetime) -> bytes:
    """Return the days to come, and the interview; now: when it is made.

    A day keeps its UID in every plan made for the same interview, so that importing the file again replaces it.
    Times are without a zone: seven in the evening is seven in the evening, in summer, in winter and abroad.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//voicemock//plan//EN")
    calendar.add("version", "2.0")
    for day in (day for week in plan.weeks for day in week.days if day.items):
        begins = datetime.datetime.combine(day.date, plan.aims.at)
        event = _event(plan, day.date.isoformat(), now)
        event.add("summary", f"Practise: {DIMENSIONS[day.dimension]}" if day.dimension else "Practise: a light day")
        event.add("description", _description(day))
        event.add("dtstart", begins)
        event.add("dtend", begins + datetime.timedelta(minutes=day.minutes))
        calendar.add_component(event)
    event = _event(plan, "interview", now)
    event.add("summary", "Interview")
    event.add("dtstart", plan.aims.interview)
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _event(plan: Plan, name: str, now: datetime.datetime) -> "Event":
    from icalendar import Event

    event = Event()
    event.add("uid", f"{name}-{plan.aims.id}@voicemock")
    event.add("dtstamp", now.astimezone(datetime.UTC))
    event.add("sequence", int(now.timestamp()) // 60)  # a later file counts more, and it fits 32 bits
    event.add("class", "PRIVATE")
    return event


def _description(day: Day) -> str:
    items = [f"{plain(title_of(item))} ({item.minutes} min)\n{command_of(item)}".strip() for item in day.items]
    return "\n\n".join([*items, "`voicemock plan` shows what is next."])
