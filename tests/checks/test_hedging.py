"""Words that take back what was just said."""

import pytest

from tests.builders import spoken, written
from voicemock.checks._base import WORDS_PER_MINUTE, per_minute
from voicemock.checks.hedging import check

PLAIN = "we moved the service and it went well " * 10


def test_many_hedges_are_quoted():
    (finding,) = check(written(PLAIN + "I guess it helped, maybe, or something like that, hopefully.")).findings
    assert [e.quote for e in finding.evidence] == ["I guess", "maybe", "or something like that", "hopefully"]


def test_an_estimate_is_care_not_a_hedge():
    verdict = check(written(PLAIN + "It saved maybe 40 percent, maybe half, perhaps a third, maybe about 20 hours."))
    assert verdict.measures["hedges"].value == 0


@pytest.mark.parametrize(("lasts_s", "rated"), [(9.9, False), (10.0, True)])
def test_less_than_ten_seconds_have_no_rate(lasts_s, rated):
    assert (per_minute(3, spoken("Maybe, I guess, perhaps.", lasts_s=lasts_s)) is not None) is rated


def test_a_written_answer_lasts_as_long_as_it_would_take_to_say():
    assert per_minute(3, written("so we went on " * 30)) == pytest.approx(3 * WORDS_PER_MINUTE / 120)


def test_two_hedges_are_nobodys_business():
    assert not check(written("Maybe it went well, I guess.")).findings


@pytest.mark.parametrize("hedge", ["I don\u2019t know if", "I don't\nknow if", "I\u2019m  no\nexpert", "more or\nless"])
def test_a_curly_apostrophe_or_a_line_break_hides_no_hedge(hedge):
    assert check(written(f"{PLAIN}{hedge} it helped.")).measures["hedges"].value > 0


def test_a_word_that_begins_like_a_number_is_no_figure():
    assert check(written(PLAIN + "There was perhaps tension, maybe oneness.")).measures["hedges"].value > 0
    estimates = "maybe ten, maybe fourteen, perhaps sixty, maybe\neleven, perhaps a dozen, maybe forty, maybe 5x"
    assert check(written(PLAIN + estimates)).measures["hedges"].value == 0


def test_whole_words_only():
    assert check(written("maybelline perhapsing hopefullyish " * 5)).measures["hedges"].value == 0


def hedged(count: int, *, words: int):
    return written("maybe " * count + "word " * (words - count))


EDGES = {"OFTEN": (hedged(3, words=150), hedged(3, words=149))}


def test_two_hedges_are_too_few_for_a_rate():
    assert not check(hedged(2, words=20)).findings
    assert check(hedged(3, words=20)).findings


def test_the_first_hedge_is_named_and_the_rate_told():
    (finding,) = check(written("I  guess it helped, maybe, hopefully. " + "word " * 44)).findings
    assert finding.message.startswith('3 hedges, such as "I guess".')
    assert (finding.measured, finding.severity) == ("6.0 per 100 words", "info")
