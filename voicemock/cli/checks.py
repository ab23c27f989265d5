"""`voicemock checks` and `voicemock explain`: what is looked for, and why."""

from typing import TYPE_CHECKING, Annotated

import typer

from voicemock.phrases import plural, wrap

if TYPE_CHECKING:
    from voicemock.coaching.trust import HitRate
    from voicemock.schema import QuietCheck

__all__ = ["checks", "explain"]


def checks() -> None:
    """List the checks, and how often each is right about you."""
    from voicemock.archive.feedback import all_judged, quiet_checks
    from voicemock.checks import load_checks
    from voicemock.coaching.trust import hit_rates

    found = load_checks()
    width = max(len(check.id) for check in found)
    quiet = {one.check: one for one in quiet_checks(tell=_tell)}
    verdicts = (one for _, judged in all_judged(lambda _: None) for one in judged.values())  # damage is told above
    rates = hit_rates((one.check, one.right) for one in verdicts)
    for check in found:
        typer.echo(f"{check.id:<{width}}  {check.summary}")
        if check.id in rates:
            typer.echo(wrap(_with_you(rates[check.id], quiet.get(check.id)), indent=" " * (width + 2)))
    typer.echo("\n`voicemock explain CHECK` says what it measures, why it matters, and where its limits come from.")


def _with_you(rate: "HitRate", quiet: "QuietCheck | None") -> str:
    from voicemock.coaching.trust import interval

    low, high = interval(rate)
    times = f"{rate.right} of {plural(rate.judged, 'time')}"
    said = f"Right about you {times} (90 % interval {100 * low:.0f} to {100 * high:.0f} %)."
    if quiet is None:
        return said
    wake = f"voicemock feedback --wake {quiet.check}"
    return f"{said} Quiet for you: you disagreed {quiet.wrong} of {quiet.judged} times. To wake it: {wake}"


def _tell(text: str) -> None:
    typer.echo(text, err=True)


def explain(check: Annotated[str, typer.Argument(help="A check, as `voicemock checks` lists them.")]) -> None:
    """Explain one check: what, why, an example, and the source."""
    from voicemock.checks import find_check

    found = find_check(check)
    typer.echo(f"{found.id}: {found.summary}")
    for heading, body in found.sections.items():
        typer.echo(f"\n{heading}\n{wrap(body, indent='  ')}")
