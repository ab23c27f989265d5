"""Words a minute against what listeners follow."""

import pytest

from tests.builders import spoken, written
from voicemock.checks.pace import check


@pytest.mark.parametrize(
    ("rate_wpm", "status", "flagged"),
    [
        (99.0, "watch", True),
        (100.0, "fine", False),
        (120.0, "good", False),
        (165.0, "good", False),
        (185.0, "fine", False),
        (186.0, "watch", True),
    ],
)
def test_steps(rate_wpm, status, flagged):
    verdict = check(spoken("some words", speech_rate_wpm=rate_wpm))
    assert verdict.measures["speech_rate"].status == status
    assert bool(verdict.findings) is flagged


def test_the_advice_fits_the_direction():
    assert "fast" in check(spoken("some words", speech_rate_wpm=200)).findings[0].message
    assert "slow" in check(spoken("some words", speech_rate_wpm=80)).findings[0].message


def test_too_short_to_tell_is_not_assessed():
    assert check(spoken("some words", speech_rate_wpm=None)).measures["speech_rate"].status == "not_assessed"


def test_a_text_has_no_pace():
    assert not check(written("some words")).measures


def paced(rate_wpm: float):
    return spoken("some words", speech_rate_wpm=rate_wpm)


EDGES = {
    "SLOW": (paced(99.9), paced(100.0)),
    "FINE_LOW": (paced(119.9), paced(120.0)),
    "FINE_HIGH": (paced(165.0), paced(165.1)),
    "FAST": (paced(185.0), paced(185.1)),
}
