"""Six weeks of practice, simulated: what was planted is found, and nothing else is claimed."""

from collections import Counter
from collections.abc import Iterable

import pytest

from tests.weeks import COMPETENCIES, weeks
from voicemock.progress.judged import Verdict, judge
from voicemock.progress.series import Family, competencies, delivery, heard_signals
from voicemock.progress.sessions import sittings

HISTORIES = 200
FOUND, FALSE = 0.85, 0.05
PLANTED = {"filled_pauses_per_min", "metric"}
MOVED_WITH_THEM = {"all", *COMPETENCIES}
"""Shares that the metric is a part of: what they do is no noise."""


def claims(seeds: Iterable[int], *, planted: bool, sessions: int) -> tuple[Counter[str], Counter[Family]]:
    """Return in how many histories each series was called better, and each family held a false claim."""
    better: Counter[str] = Counter()
    false: Counter[Family] = Counter()
    for seed in seeds:
        found = sittings(weeks(seed, planted=planted, sessions=sessions))
        for family in (delivery(found), heard_signals(found), competencies(found)):
            claimed = [one for one in judge(family) if one.verdict in (Verdict.BETTER, Verdict.WORSE)]
            better.update(one.series.key for one in claimed if one.verdict is Verdict.BETTER)
            truly = PLANTED | MOVED_WITH_THEM if planted else set()
            false[family[0].family] += any(
                one.verdict is Verdict.WORSE or one.series.key not in truly for one in claimed
            )
    return better, false


def test_planted_trends_are_found_and_nothing_else_is_claimed():
    better, false = claims(range(HISTORIES), planted=True, sessions=40)
    assert {key: better[key] / HISTORIES for key in PLANTED if better[key] < FOUND * HISTORIES} == {}
    assert {family: n / HISTORIES for family, n in false.items() if n > FALSE * HISTORIES} == {}


@pytest.mark.parametrize("sessions", [6, 9, 15, 40])
def test_without_a_trend_few_histories_hold_a_claim(sessions):
    _, false = claims(range(1000, 1000 + HISTORIES), planted=False, sessions=sessions)
    assert {family: n / HISTORIES for family, n in false.items() if n > FALSE * HISTORIES} == {}
    assert set(false) == set(Family)
