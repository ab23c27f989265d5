"""A plan in Markdown that reads well on a terminal, too."""

__all__ = ["DIMENSIONS", "command_of", "plan_lines", "title_of"]

from collections import Counter
from collections.abc import Iterator

from voicemock.phrases import day_name, plural, wrap
from voicemock.preparation.planning.planned import Day, Item, Plan, Side, Task
from voicemock.preparation.planning.recruiter import CHECKLIST
from voicemock.printable import in_shell, plain
from voicemock.schema import Dimension

DIMENSIONS = {
    Dimension.TECHNICAL_LEADERSHIP: "technical leadership",
    Dimension.ORGANISATIONAL_LEADERSHIP: "people and organisation",
    Dimension.COMMUNICATION: "communication",
    Dimension.EXECUTION: "execution",
}
GAPS = 6
IN = "  "


def plan_lines(plan: Plan) -> list[str]:
    """Return the plan: today first, then how things stand, the weeks to come, and what to ask the recruiter."""
    return [*_head(plan), *_today(plan), *_standing(plan), *_weeks(plan), *_recruiter()]


def _head(plan: Plan) -> Iterator[str]:
    aims = plan.aims
    days = (aims.interview - plan.today).days
    when = {0: "Today.", 1: "Tomorrow."}.get(days, f"In {days} days.")
    weeks = f" over {plural(plan.number_of_weeks, 'week')}" if plan.number_of_weeks > 1 else ""
    yield f"# Interview on {day_name(aims.interview)} {aims.interview.year}"
    yield ""
    yield f"{when} {aims.minutes} minutes a day{weeks}."


def _today(plan: Plan) -> Iterator[str]:
    yield ""
    day = plan.now
    if plan.today == plan.aims.interview:
        yield "## Today"
        yield wrap("Nothing to practise. Read your card, listen to your own best answers on the way, and breathe.")
        yield f"{IN}`voicemock pack`"
    elif day is None:
        start = plan.aims.start
        yield f"## The plan begins on {day_name(start)}{f' {start.year}' if start.year != plan.today.year else ''}"
        yield wrap("Nothing has to be done before that. If you want to begin now, begin with your stories.")
        yield f"{IN}`voicemock stories coverage`"
    else:
        todo = [item for item in day.items if not item.done]
        yield f"## Today, {_about(day)}"
        for item in day.items:
            yield from _item(item)
        if not todo:
            yield "All done for today."
        elif len(todo) < len(day.items):
            yield f"{plural(sum(item.minutes for item in todo), 'minute')} left."


def _about(day: Day) -> str:
    side = f": {DIMENSIONS[day.dimension]}" if day.dimension else ": light"
    return f"{day_name(day.date)}{side}, {day.minutes} min"


def _item(item: Item) -> Iterator[str]:
    yield wrap(f"{title_of(item)} ({item.minutes} min)", first=f"- [{'x' if item.done else ' '}] ", indent="      ")
    if command := command_of(item):
        yield f"      `{command}`"


def title_of(item: Item) -> str:
    """Say what an item asks for."""
    match item.task:
        case Task.STORY:
            return f"Write down a story for {plain(item.about)}"
        case Task.MOCK:
            return f"A whole round{_on(item)}, without a stop"
        case Task.PACK:
            return "Read your card and listen to your best answers; nothing new today"
    asked = plain(item.question.text) if item.question else item.about
    before = {Task.DUE: "Comes back: ", Task.NEW: "New: ", Task.AGAIN: "Once more: "}[item.task]
    return f"{before}{asked}"


def _on(item: Item) -> str:
    """Say which side of the job a round is on; the kind of round with most such questions may be called else."""
    return f" on {DIMENSIONS[item.dimension]}" if item.dimension else ""


def command_of(item: Item) -> str:
    """Return the command that an item is done with, empty for one that is done."""
    if item.done:
        return ""
    match item.task:
        case Task.STORY:
            return f"voicemock stories add TITLE --competency {in_shell(item.about)}"
        case Task.MOCK:
            return f"voicemock loop {item.about} --dimension {item.dimension} --minutes {item.minutes}"
        case Task.PACK:
            return "voicemock pack"
    return f"voicemock practice --question {item.about}" if item.known else "voicemock practice"


def _standing(plan: Plan) -> Iterator[str]:
    yield ""
    yield "## Where you stand"
    if plan.today >= plan.aims.start:
        done = f"{plural(plan.done.answers, 'answer')} on {plural(plan.done.days, 'day')}"
        yield f"This week, since {day_name(plan.done.since)}: {done if plan.done.answers else 'no answers yet'}."
    for side in plan.sides:
        yield f"- {DIMENSIONS[side.dimension]}: {_went(side)}"
    stories = plural(plan.stories, "story") if plan.stories else "no stories yet"
    gaps = f"{'; none' if plan.stories else ''} for {', '.join(map(plain, plan.gaps[:GAPS]))}" if plan.gaps else ""
    more = f" and {len(plan.gaps) - GAPS} more" if len(plan.gaps) > GAPS else ""
    yield wrap(f"{stories}{gaps}{more}", first="- ", indent=IN)
    yield f"- {plural(plan.due, 'question')} due today: `voicemock due`" if plan.due else "- Nothing is due today."


def _went(side: Side) -> str:
    if not side.asked:
        return "not practised yet" if not side.week else f"{side.week} this week; nothing could be told yet"
    return f"{side.heard} of {side.asked} expected points heard; {plural(side.week, 'answer')} this week"


def _weeks(plan: Plan) -> Iterator[str]:
    for week in plan.weeks:
        days = [day for day in week.days if day.date != plan.today]
        if days:
            yield ""
            yield f"## Week {week.number} of {plan.number_of_weeks}"
            yield from (wrap(f"{_about(day)}. {_summary(day)}", first="- ", indent=IN) for day in days)


def _summary(day: Day) -> str:
    parts = [f"a story for {plain(item.about)}" for item in day.items if item.task is Task.STORY]
    parts += ["a whole round" for item in day.items if item.task is Task.MOCK]
    parts += ["read your card" for item in day.items if item.task is Task.PACK]
    counts = Counter(item.task for item in day.items)
    parts += [f"{counts[Task.DUE]} that come back"] if counts[Task.DUE] > 1 else []
    parts += ["1 that comes back"] if counts[Task.DUE] == 1 else []
    parts += [f"{counts[Task.NEW]} new"] if counts[Task.NEW] else []
    parts += [f"{counts[Task.AGAIN]} once more"] if counts[Task.AGAIN] else []
    summary = ", ".join(parts)
    return f"{summary[:1].upper()}{summary[1:]}."


def _recruiter() -> Iterator[str]:
    yield ""
    yield "## Ask the recruiter"
    yield from (wrap(one, first="- [ ] ", indent="      ") for one in CHECKLIST)
