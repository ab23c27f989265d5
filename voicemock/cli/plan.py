"""`voicemock plan`: what to do on each day until the interview."""

from typing import TYPE_CHECKING, Annotated

import typer

from voicemock.errors import SessionError, UsageError

if TYPE_CHECKING:
    import datetime

    from voicemock.preparation.planning.aims import Aims
    from voicemock.preparation.planning.planned import Plan

__all__ = ["plan"]

DateOption = Annotated[
    str | None, typer.Option("--interview-date", "--interview", metavar="YYYY-MM-DD", help="The day of the interview.")
]
WeeksOption = Annotated[
    int | None, typer.Option("--weeks", min=1, max=26, help="How many weeks before it to begin; 4 unless you say.")
]
MinutesOption = Annotated[
    int | None, typer.Option("--minutes-a-day", min=10, max=180, help="Your time each day; 30 unless you say.")
]
AtOption = Annotated[
    str | None, typer.Option("--at", metavar="HH:MM", help="When you practise, for the calendar; 19:00 unless you say.")
]
OutOption = Annotated[str | None, typer.Option("--out", metavar="FILE", help="Write the plan here, as Markdown.")]
CalendarOption = Annotated[
    str | None, typer.Option("--ics", metavar="FILE", help='Write a calendar here (needs the "prepare" extra).')
]
ForgetOption = Annotated[bool, typer.Option("--forget", help="Forget the date; your stories and sessions stay.")]


def plan(
    interview_date: DateOption = None,
    weeks: WeeksOption = None,
    minutes_a_day: MinutesOption = None,
    at: AtOption = None,
    out: OutOption = None,
    ics: CalendarOption = None,
    forget: ForgetOption = False,
) -> None:
    """Plan the weeks until the interview. Without options: what is next, as things stand today."""
    from datetime import datetime

    from voicemock.cli.output import check_apart, check_target, write_data
    from voicemock.preparation.planning.plan_lines import plan_lines

    if forget:
        _forget(given=any((interview_date, weeks, minutes_a_day, at, out, ics)))
        return
    today = datetime.now().astimezone().date()
    if ics:
        from voicemock.preparation.planning.calendar import need_calendar

        need_calendar()
    check_apart(out, ics)
    for target in filter(None, (out, ics)):
        check_target(target)
    aims = _aims(interview_date, {"weeks": weeks, "minutes": minutes_a_day, "at": at}, today)
    if aims is None:
        return
    found = _found(aims, today)
    text = "\n".join(plan_lines(found)) + "\n"
    if out:
        write_data(text, out)
    if ics:
        _write_calendar(found, ics)
    if "-" not in (out, ics):
        typer.echo(text, nl=False)


def _forget(*, given: bool) -> None:
    from voicemock.preparation.planning.remembered import forget_aims

    if given:
        raise UsageError("--forget goes with no other option.", hint="voicemock plan --forget")
    typer.echo("The plan is forgotten. Your stories and sessions are as they were." if forget_aims() else NOTHING)


NOTHING = "There is no plan to forget."


def _aims(date: str | None, given: "dict[str, object]", today: "datetime.date") -> "Aims | None":
    """Return what the plan is made for, and remember it if it changed; None if the interview is over."""
    from voicemock.jobs.plan import aims_for
    from voicemock.phrases import plural, wrap
    from voicemock.preparation.planning.aims import an_example, read_date, read_time
    from voicemock.preparation.planning.remembered import keep_aims, read_aims

    changes = {name: value for name, value in given.items() if value is not None}
    if "at" in changes:
        changes["at"] = read_time(str(changes["at"]))
    interview = read_date(date, today=today) if date else None
    try:
        before = read_aims()
    except SessionError as error:
        if interview is None:
            raise
        typer.echo(f"{error.message} It is made anew.", err=True)
        before = None
    interview = interview or (before.interview if before else None)
    if interview is None:
        raise UsageError(
            "The day of your interview is not known yet.",
            hint=f"Give it like this: voicemock plan --interview-date {an_example(today)}",
        )
    if interview < today:
        ago = plural((today - interview).days, "day")
        typer.echo(wrap(f"Your interview was {ago} ago, on {interview}. I hope it went well."))
        typer.echo("If you have its recording or a transcript: `voicemock debrief FILE`.")
        typer.echo("For the next one: `voicemock plan --interview-date YYYY-MM-DD`, or `--forget`.")
        return None
    aims = aims_for(before, interview=interview, today=today, changes=changes)
    if aims != before:
        keep_aims(aims)
    return aims


def _found(aims: "Aims", today: "datetime.date") -> "Plan":
    from voicemock.config import load_config
    from voicemock.jobs.plan import find_plan

    return find_plan(aims, load_config().question_set, today, tell=lambda text: typer.echo(text, err=True))


def _write_calendar(found: "Plan", target: str) -> None:
    from datetime import datetime

    from voicemock.cli.output import write_data
    from voicemock.preparation.planning.calendar import to_calendar

    write_data(to_calendar(found, now=datetime.now().astimezone()), target)
