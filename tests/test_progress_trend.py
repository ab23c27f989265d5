"""The test for a trend, held against scipy and against every order of a few values."""

import itertools

import numpy as np
import pytest

from voicemock.progress.trend import holm, mann_kendall, sens_line


@pytest.mark.parametrize("n", [4, 6, 8, 10])
def test_the_chance_of_few_values_is_counted_out_as_scipy_does(n):
    from scipy.stats import kendalltau

    noise = np.random.default_rng(n)
    for _ in range(20):
        values = list(map(float, noise.permutation(n)))
        expected = kendalltau(range(n), values, method="exact").pvalue
        assert mann_kendall(values)[1] == pytest.approx(expected)


def test_ties_make_a_trend_less_sure_as_scipy_has_it():
    """The same variance; scipy leaves out Kendall's correction by 1 for values that come in steps."""
    import math

    from scipy.stats import kendalltau

    noise = np.random.default_rng(1)
    for _ in range(20):
        values = list(map(float, noise.integers(0, 4, 30)))
        s, chance = mann_kendall(values)
        plain = kendalltau(range(30), values, method="asymptotic").pvalue
        z = abs(math.sqrt(2) * _inverse_erfc(plain))
        assert chance == pytest.approx(math.erfc(z * (abs(s) - 1) / abs(s) / math.sqrt(2)) if s else 1.0, rel=1e-6)


def _inverse_erfc(value: float) -> float:
    from scipy.special import erfcinv

    return float(erfcinv(value))


def test_of_all_orders_without_a_trend_no_more_than_promised_are_called_one():
    for values in ([1.0, 2, 3, 4, 5, 6], [0.0, 0, 0, 1, 1, 1], [0.0, 0, 0.5, 1, 1, 1, 1]):
        orders = list(itertools.permutations(values))
        for level in (0.01, 0.05):
            assert sum(mann_kendall(order)[1] <= level for order in orders) <= level * len(orders)


def test_nothing_moves_where_all_are_equal():
    assert mann_kendall([2.0] * 12) == (0, 1.0)
    assert sens_line([2.0] * 12, range(12)) == (0, 2, 2, 0)
    assert sens_line([2.0], [7]) == (0, 2, 2, 0)


def test_sens_line_is_scipys_and_one_odd_session_does_not_bend_it():
    from scipy.stats import theilslopes

    places = [0, 1, 2, 4, 7, 8, 9]
    values = [9.0, 8.2, 8.0, 6.1, 4.9, 30.0, 4.0]
    assert sens_line(values, places).slope == pytest.approx(theilslopes(values, places).slope)
    _, start, end, _ = sens_line(values, places)
    assert start == pytest.approx(9, abs=0.5)
    assert end == pytest.approx(4, abs=0.5)


def test_noise_is_what_lies_around_the_line():
    noise = np.random.default_rng(3).normal(0, 0.7, 400)
    assert sens_line(list(np.linspace(10, 2, 400) + noise), range(400)).spread == pytest.approx(0.7, rel=0.1)


def test_holm_adjusts_for_all_and_never_turns_their_order():
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([0.9, 0.8]) == [1.0, 1.0]
    assert holm([]) == []
