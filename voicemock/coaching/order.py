"""The order in which findings are shown: on the page, on the terminal, and among the things to change next."""

__all__ = ["gravest_first", "rank"]

from collections.abc import Iterable

from voicemock.schema import Finding, Severity

GRAVEST_FIRST = (Severity.PROBLEM, Severity.WATCH, Severity.INFO)
CONTENT_FIRST = ("off_topic", "missing_metric", "missing_tradeoff", "i_vs_we", "missing_signals", "length", "fillers")
"""Which of two equally severe findings comes first: what was left out costs more than how it was said
(voicemock default, unvalidated)."""


def gravest_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings in the order they are shown; those of equal rank keep theirs."""
    return tuple(sorted(findings, key=rank))


def rank(finding: Finding) -> tuple[int, int]:
    """Return a finding's rank: a smaller one is shown first."""
    about = CONTENT_FIRST.index(finding.check) if finding.check in CONTENT_FIRST else len(CONTENT_FIRST)
    return GRAVEST_FIRST.index(finding.severity), about
