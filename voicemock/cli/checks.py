"""`voicemock checks` and `voicemock explain`: what is looked for, and why."""

from typing import Annotated

import typer

from voicemock.phrases import wrap

__all__ = ["checks", "explain"]


def checks() -> None:
    """List the checks."""
    from voicemock.checks import load_checks

    found = load_checks()
    width = max(len(check.id) for check in found)
    for check in found:
        typer.echo(f"{check.id:<{width}}  {check.summary}")
    typer.echo("\n`voicemock explain CHECK` says what it measures, why it matters, and where its limits come from.")


def explain(check: Annotated[str, typer.Argument(help="A check, as `voicemock checks` lists them.")]) -> None:
    """Explain one check: what, why, an example, better, and the source of its limits."""
    from voicemock.checks import find_check

    found = find_check(check)
    typer.echo(f"{found.id}: {found.summary}")
    for heading, body in found.sections.items():
        typer.echo(f"\n{heading}\n{wrap(body, indent='  ')}")
