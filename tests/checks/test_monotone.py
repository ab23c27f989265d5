"""The spread of the voice's pitch."""

from tests.builders import spoken, written
from voicemock.checks.monotone import check


def test_a_flat_voice_is_flagged_and_a_lively_one_is_not():
    assert check(spoken("some words", f0_sd_semitones=1.4)).findings
    assert not check(spoken("some words", f0_sd_semitones=1.5)).findings


def test_without_a_pitch_it_is_not_assessed():
    assert check(spoken("some words")).measures["pitch_spread"].status == "not_assessed"
    assert not check(written("some words")).measures


EDGES = {"FLAT": (spoken("some words", f0_sd_semitones=1.49), spoken("some words", f0_sd_semitones=1.5))}


def test_the_spread_is_measured_and_a_flat_voice_told_gently():
    verdict = check(spoken("some words", f0_sd_semitones=1.234))
    (finding,) = verdict.findings
    assert (finding.severity, finding.measured) == ("info", "1.2 semitones")
    measure = verdict.measures["pitch_spread"]
    assert (measure.value, measure.status) == (1.23, "watch")
    assert check(spoken("some words", f0_sd_semitones=1.5)).measures["pitch_spread"].status == "good"
