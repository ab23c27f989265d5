"""`voicemock due`: which questions come back today, and when the others do."""

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    import datetime

    from voicemock.preparation.schedule import Due

__all__ = ["due"]

JsonOption = Annotated[
    str | None,
    typer.Option("--json", metavar="PATH|-", help="Write the schedule as JSON; - prints it and nothing else."),
]


def due(json: JsonOption = None) -> None:
    """See which questions are due, the weakest first, and when the others come back."""
    from datetime import datetime

    from voicemock.cli.output import check_target, write_data
    from voicemock.jobs.due import find_schedule

    if json:
        check_target(json)
    today = datetime.now().astimezone().date()
    found = find_schedule(today, tell=lambda text: typer.echo(text, err=True))
    if json:
        import msgspec

        from voicemock.report.as_json import in_one_line

        write_data(msgspec.json.format(in_one_line(found), indent=2) + b"\n", json)
    if json == "-":
        return
    for one in found.due:
        typer.echo(_entry(one, today))
    if not found.due and not found.later:
        typer.echo("Nothing is due: you have not answered a question yet. `voicemock practice` asks some.")
    elif found.due:
        typer.echo("\n`voicemock practice` asks them, worded differently from last time.")
    else:
        typer.echo("Nothing is due today.")
    if found.later:
        typer.echo(_later(found.later, today))


def _entry(one: "Due", today: "datetime.date") -> str:
    from voicemock.phrases import wrap
    from voicemock.printable import plain

    heard = f"{one.heard} of {one.asked} expected points heard" if one.asked else "could not tell how it went"
    when = f"{_ago(one.last, today)}: {heard}" if one.last else heard
    return f"{plain(one.question.id)}\n{wrap(plain(one.question.text), indent='    ')}\n{wrap(when, indent='    ')}"


def _later(later: "tuple[Due, ...]", today: "datetime.date") -> str:
    from voicemock.phrases import plural

    days = (later[0].on - today).days
    when = "tomorrow" if days == 1 else f"in {days} days"
    return f"{plural(len(later), 'question')} will come back later, the next {when}."


def _ago(last: "datetime.date", today: "datetime.date") -> str:
    days = (today - last).days
    return "today" if days <= 0 else "yesterday" if days == 1 else f"{days} days ago"
