"""`voicemock drill`: one thing at a time, each with a short report of its own."""

from typing import Annotated

import typer

from voicemock.cli.options import Spoken, spoken

__all__ = ["drill"]


@spoken
def drill(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="Which drill; without it, they are listed.")
    ] = None,
    question: Annotated[
        str | None, typer.Option("--question", metavar="ID", help="The question to drill, if the drill takes one.")
    ] = None,
    questions: Annotated[int | None, typer.Option("--questions", "-n", min=1, help="How many to take.")] = None,
    *,
    session: Spoken,
) -> None:
    """Train one thing: brevity, numbers, your own part, pushback. Not counted as practice."""
    from voicemock.cli.conduct import hold_form
    from voicemock.config import load_config
    from voicemock.errors import UsageError
    from voicemock.jobs.drills import drill_set

    if name is None:
        _list()
        return
    if question and questions and questions > 1:
        raise UsageError("--question names one question, and -n asks for more.", hint="Give one of them.")
    config = load_config()
    chosen = drill_set(name, config.question_set, question=question, count=questions)
    hold_form(chosen, f"drill/{name}", session, config)


def _list() -> None:
    from voicemock.phrases import wrap
    from voicemock.preparation.drills import load_drills

    for name, one in load_drills().items():
        typer.echo(wrap(one.summary, first=f"{name:<11}", indent=" " * 11))
    typer.echo("\n`voicemock drill NAME` begins one.")
