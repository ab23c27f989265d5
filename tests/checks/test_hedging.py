"""Words that take back what was just said."""

from tests.builders import written
from voicemock.checks.hedging import check

PLAIN = "we moved the service and it went well " * 10


def test_many_hedges_are_quoted():
    (finding,) = check(written(PLAIN + "I guess it helped, maybe, or something like that, hopefully.")).findings
    assert [e.quote for e in finding.evidence] == ["I guess", "maybe", "or something like that", "hopefully"]


def test_an_estimate_is_care_not_a_hedge():
    verdict = check(written(PLAIN + "It saved maybe 40 percent, maybe half, perhaps a third, maybe about 20 hours."))
    assert verdict.measures["hedges"].value == 0


def test_two_hedges_are_nobodys_business():
    assert not check(written("Maybe it went well, I guess.")).findings


def test_whole_words_only():
    assert check(written("maybelline perhapsing hopefullyish " * 5)).measures["hedges"].value == 0
