"""How often a check is right with one user, and when it goes quiet."""

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicemock.coaching.trust import FEWEST, HitRate, hit_rates, interval

VERDICTS = st.lists(st.tuples(st.sampled_from(["fillers", "pace", "hedging"]), st.booleans()), max_size=40)


@given(VERDICTS, st.randoms(use_true_random=False))
def test_the_order_of_verdicts_does_not_matter(verdicts, dice):
    shuffled = list(verdicts)
    dice.shuffle(shuffled)
    assert hit_rates(shuffled) == hit_rates(verdicts)
    assert list(hit_rates(shuffled)) == sorted({check for check, _ in verdicts})


@given(VERDICTS)
def test_every_verdict_is_counted_once(verdicts):
    rates = hit_rates(verdicts)
    assert sum(rate.judged for rate in rates.values()) == len(verdicts)
    assert sum(rate.right for rate in rates.values()) == sum(right for _, right in verdicts)


@pytest.mark.parametrize(("right", "wrong"), [(1, 6), (5, 5), (0, 5), (20, 0)])
def test_the_interval_is_wilsons(right, wrong):
    from scipy.stats import binomtest

    theirs = binomtest(right, right + wrong).proportion_ci(0.9, "wilson")
    assert interval(HitRate(right, wrong)) == pytest.approx((theirs.low, theirs.high), abs=5e-5)


@given(st.integers(0, 300), st.integers(0, 300))
def test_the_interval_holds_the_share_and_stays_in_range(right, wrong):
    low, high = interval(HitRate(right, wrong))
    assert 0 <= low <= high <= 1
    if right + wrong:
        assert low <= right / (right + wrong) + 1e-12 and right / (right + wrong) - 1e-12 <= high


@pytest.mark.parametrize(
    ("right", "wrong", "quiet"),
    [
        (0, 4, False),
        (0, 5, True),
        (1, 5, False),
        (1, 6, True),
        (5, 5, False),
        (3, 9, True),
        (9, 1, False),
        (0, 0, False),
    ],
)
def test_only_clear_evidence_silences(right, wrong, quiet):
    assert HitRate(right, wrong).quiet is quiet


@given(st.integers(0, 60), st.integers(0, 60))
def test_agreeing_never_silences_and_disagreeing_never_wakes(right, wrong):
    if HitRate(right, wrong).judged >= FEWEST:
        assert HitRate(right + 1, wrong).quiet <= HitRate(right, wrong).quiet <= HitRate(right, wrong + 1).quiet


def ever_quiet(share_right: float, verdicts: int) -> float:
    """Return the chance that a check right that often is quiet at some time within so many verdicts."""
    at_work = {0: 1.0}
    silenced = 0.0
    for judged in range(1, verdicts + 1):
        after: dict[int, float] = {}
        for right, chance in at_work.items():
            for more, part in ((1, share_right), (0, 1 - share_right)):
                after[right + more] = after.get(right + more, 0.0) + chance * part
        quiet = [right for right in after if HitRate(right, judged - right).quiet]
        silenced += math.fsum(after.pop(right) for right in quiet)
        at_work = after
    return silenced


@pytest.mark.parametrize(
    ("share_right", "within"),
    list(itertools.product((0.8, 0.65, 0.5, 0.3, 0.1), (10, 30))),
)
def test_how_often_a_check_goes_quiet_is_as_documented(share_right, within):
    from tests.documented import ROOT

    page = (ROOT / "docs" / "feedback.md").read_text(encoding="utf-8")
    row = next(line for line in page.splitlines() if line.startswith(f"| {round(100 * share_right)} of 100"))
    shown = row.split("|")[2 if within == 10 else 3].strip()
    assert shown == f"{100 * ever_quiet(share_right, within):.1f}"
