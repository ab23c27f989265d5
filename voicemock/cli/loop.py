"""`voicemock loop`: a whole interview of a kind, with a debrief at its end."""

from typing import Annotated

import typer

from voicemock.cli.options import DimensionOption, Spoken, spoken

__all__ = ["loop"]


@spoken
def loop(
    kind: Annotated[
        str | None, typer.Argument(metavar="[KIND]", help="Which round; without it, they are listed.")
    ] = None,
    minutes: Annotated[int, typer.Option("--minutes", min=10, max=90, help="How long it is to last.")] = 40,
    dimension: DimensionOption = None,
    *,
    session: Spoken,
) -> None:
    """Take a whole interview of one kind, without a break. At the end you see what your words proved."""
    from voicemock.cli.conduct import hold_form
    from voicemock.config import load_config
    from voicemock.jobs.drills import round_set

    if kind is None:
        _list()
        return
    config = load_config()
    chosen = round_set(kind, config.question_set, minutes=minutes, dimension=dimension)
    hold_form(chosen, f"loop/{kind}", session, config)


def _list() -> None:
    from voicemock.phrases import wrap
    from voicemock.preparation.rounds import load_rounds

    for name, one in load_rounds().items():
        typer.echo(wrap(one.summary, first=f"{name:<22}", indent=" " * 22))
    typer.echo("\n`voicemock loop KIND` begins one.")
