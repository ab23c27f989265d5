"""The first page: what was begun, what is due, and what was practised last."""

__all__ = ["Card", "card", "start"]

import datetime

import msgspec

from voicemock.archive.listing import Listed, State
from voicemock.page.house import House
from voicemock.page.plan import Todo, today_in_plan, todos
from voicemock.page.reply import Asked, Page

SHOWN = 5
"""Sessions on the first page."""


class Card(msgspec.Struct, frozen=True):
    """A session in a list. resumable: it can be taken up again."""

    id: str
    title: str
    when: str
    state: str
    counts: tuple[str, ...]
    resumable: bool


class Start(msgspec.Struct, frozen=True):
    """What the first page shows; due: the questions that are, in their words. todos: of the plan."""

    todos: tuple[Todo, ...]
    due: tuple[str, ...]
    later: str
    sessions: tuple[Card, ...]
    more: int
    running: bool
    problems: tuple[str, ...]


def card(one: Listed) -> Card:
    """Return what a list shows of a session."""
    from voicemock.phrases import day

    counts = [f"{one.answered} of {one.planned} questions answered"] if one.planned else []
    demo = one.info is not None and one.info.demo
    return Card(
        id=one.id,
        title=one.info.title if one.info else one.id,
        when=day(one.info.started_at) if one.info else "",
        state=one.state.value,
        counts=(*counts, *one.counts),
        resumable=one.state in (State.UNFINISHED, State.DAMAGED) and not demo,
    )


def start(house: House, _asked: Asked) -> Page:
    """Return the first page."""
    from voicemock.archive.listing import list_sessions
    from voicemock.config import load_config
    from voicemock.jobs.due import find_schedule

    problems: list[str] = []
    today = datetime.datetime.now().astimezone().date()
    found = find_schedule(load_config().question_set, today, tell=problems.append)
    sessions = list_sessions()
    planned = today_in_plan(tell=problems.append)
    days = (found.later[0].on - today).days if found.later else 0
    when = "tomorrow" if days == 1 else f"in {days} days"
    return Page(
        "start",
        Start(
            todos=todos(planned) if planned else (),
            due=tuple(one.question.text for one in found.due),
            later=f"The next question comes back {when}." if found.later else "",
            sessions=tuple(map(card, sessions[:SHOWN])),
            more=max(0, len(sessions) - SHOWN),
            running=house.session is not None and house.session.running,
            problems=tuple(problems),
        ),
    )
