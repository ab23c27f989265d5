"""The three things to change next, taken from all the findings of a session that still stand."""

__all__ = ["next_steps"]

from collections.abc import Sequence

from voicemock.coaching.order import rank
from voicemock.coaching.standing import open_findings, standings
from voicemock.schema import AnswerReport, NextStep

HOW_MANY = 3


def next_steps(answers: Sequence[AnswerReport]) -> tuple[NextStep, ...]:
    """Choose at most three findings: the most serious first, each check once, at the answer it hurt most.

    Of several takes the last one counts; what a follow-up made good is not asked for again.
    """
    ranked = sorted(
        (
            (place, finding)
            for place, (answer, standing) in enumerate(zip(answers, standings(answers), strict=True))
            if standing.replaced_by is None
            for finding in open_findings(answer, standing)
        ),
        key=lambda pair: (rank(pair[1]), pair[0]),
    )
    chosen: dict[str, NextStep] = {}
    for place, finding in ranked:
        chosen.setdefault(finding.check, NextStep(text=finding.message, check=finding.check, answer=place))
    return tuple(chosen.values())[:HOW_MANY]
