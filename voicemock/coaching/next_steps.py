"""The three things to change next, taken from all the findings of a session that still stand."""

__all__ = ["next_steps"]

from collections.abc import Sequence

from voicemock.coaching.standing import open_findings, standings
from voicemock.schema import AnswerReport, Finding, NextStep, Severity

HOW_MANY = 3
WEIGHT = {Severity.PROBLEM: 0, Severity.WATCH: 1, Severity.INFO: 2}
CONTENT_FIRST = ("off_topic", "missing_metric", "missing_tradeoff", "i_vs_we", "missing_signals", "length", "fillers")
"""Which of two equally severe findings comes first: what was left out costs more than how it was said
(voicemock default, unvalidated)."""


def next_steps(answers: Sequence[AnswerReport]) -> tuple[NextStep, ...]:
    """Choose at most three findings: the gravest first, each check once, at the answer it hurt most.

    Of several takes the last one counts; what a follow-up made good is not asked for again.
    """
    ranked = sorted(
        (
            (place, finding)
            for place, (answer, standing) in enumerate(zip(answers, standings(answers), strict=True))
            if standing.replaced_by is None
            for finding in open_findings(answer, standing)
        ),
        key=lambda pair: (*_rank(pair[1]), pair[0]),
    )
    chosen: dict[str, NextStep] = {}
    for place, finding in ranked:
        chosen.setdefault(finding.check, NextStep(text=finding.message, check=finding.check, answer=place))
    return tuple(chosen.values())[:HOW_MANY]


def _rank(finding: Finding) -> tuple[int, int]:
    place = CONTENT_FIRST.index(finding.check) if finding.check in CONTENT_FIRST else len(CONTENT_FIRST)
    return WEIGHT[finding.severity], place
