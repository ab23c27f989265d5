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
    """See which questions are due, and when the others come back. The weakest come first."""
    from datetime import datetime

    from voicemock.cli.output import check_target, write_json
    from voicemock.config import load_config
    from voicemock.jobs.due import find_schedule

    if json:
        check_target(json)
    today = datetime.now().astimezone().date()
    found = find_schedule(load_config().question_set, today, tell=lambda text: typer.echo(text, err=True))
    if json:
        write_json(found, json)
    if json == "-":
        return
    for one in found.due:
        typer.echo(_entry(one, today))
    if not found.due and not found.later:
        typer.echo(
            "Nothing is due: you have not answered a question that could come back. `voicemock practice` asks some."
        )
    elif found.due:
        typer.echo(f"\n{_asks(found.due)}")
    else:
        typer.echo("Nothing is due today.")
    if found.later:
        typer.echo(_later(found.later, today))


def _entry(one: "Due", today: "datetime.date") -> str:
    from voicemock.phrases import ago, wrap
    from voicemock.printable import plain

    when = f"{ago((today - one.last).days)}: {_went(one)}" if one.last else _went(one)
    return f"{plain(one.question.id)}\n{wrap(plain(one.question.text), indent='    ')}\n{wrap(when, indent='    ')}"


def _went(one: "Due") -> str:
    from voicemock.preparation.schedule import Grade

    if one.asked:
        return f"{one.heard} of {one.asked} expected points heard"
    if one.grade is None:
        return "could not tell how it went"
    # without a point that could be told, this is the grade of an answer beside the question
    return "about something else" if one.grade is Grade.AGAIN else "graded by its findings alone"


def _asks(due: "tuple[Due, ...]") -> str:
    """Say how many of them a session asks, and whether in other words."""
    from voicemock.cli.options import USUAL_COUNT
    from voicemock.phrases import wrap

    which = f"the first {USUAL_COUNT} of them" if len(due) > USUAL_COUNT else "them" if len(due) > 1 else "it"
    others = [bool(one.question.variants) for one in due]
    where = "" if all(others) else " where the set has other wordings"
    how = f", worded differently from last time{where}" if any(others) else ""
    return wrap(f"`voicemock practice` asks {which}{how}.")


def _later(later: "tuple[Due, ...]", today: "datetime.date") -> str:
    from voicemock.phrases import plural

    days = (later[0].on - today).days
    when = "tomorrow" if days == 1 else f"in {days} days"
    return f"{plural(len(later), 'question')} will come back later, the next {when}."
