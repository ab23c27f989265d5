"""The three things to change next, taken from all the findings of a session that still stand."""

__all__ = ["next_steps", "quietened"]

from collections.abc import Collection, Sequence

import msgspec

from voicemock.coaching.order import rank
from voicemock.coaching.standing import open_findings, standings
from voicemock.schema import AnswerReport, NextStep, QuietCheck, SessionReport

HOW_MANY = 3


def next_steps(answers: Sequence[AnswerReport], *, quiet: Collection[QuietCheck] = ()) -> tuple[NextStep, ...]:
    """Choose at most three findings: the most serious first, each check once, at the answer it hurt most.

    Of several takes the last one counts; what a follow-up made good is not asked for again. quiet: not of these.
    """
    silent = {one.check for one in quiet}
    ranked = sorted(
        (
            (place, finding)
            for place, (answer, standing) in enumerate(zip(answers, standings(answers), strict=True))
            if standing.replaced_by is None
            for finding in open_findings(answer, standing)
            if finding.check not in silent
        ),
        key=lambda pair: (rank(pair[1]), pair[0]),
    )
    chosen: dict[str, NextStep] = {}
    for place, finding in ranked:
        chosen.setdefault(finding.check, NextStep(text=finding.message, check=finding.check, answer=place))
    return tuple(chosen.values())[:HOW_MANY]


def quietened(report: SessionReport, quiet: tuple[QuietCheck, ...]) -> SessionReport:
    """Return a stored report with the checks that are quiet now, and what to change next without them."""
    if report.quiet == quiet:
        return report
    return msgspec.structs.replace(report, quiet=quiet, next_steps=next_steps(report.answers, quiet=quiet))
