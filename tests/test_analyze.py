"""One part of the analysis that fails costs only itself."""

import msgspec
import pytest

from tests.builders import spoken
from voicemock import analyze as analysis
from voicemock.analyze import analyze
from voicemock.checks import load_checks
from voicemock.schema import Answer

SAID = "So we moved it and it went well."


def fail(answer: Answer) -> None:
    raise ZeroDivisionError("of nothing")


def test_a_check_that_crashes_becomes_a_note_and_the_others_speak(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = analyze(spoken(SAID))
    checks = [msgspec.structs.replace(c, run=fail) if c.id == "pace" else c for c in load_checks()]
    monkeypatch.setattr(analysis, "load_checks", lambda: checks)
    report = analyze(spoken(SAID))
    (note,) = set(report.notes) - set(whole.notes)
    assert note == "The check 'pace' failed and was left out (ZeroDivisionError: of nothing)."
    assert set(whole.measures) - set(report.measures) == {"speech_rate"}


def test_follow_ups_that_crash_become_a_note_and_the_answer_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = analyze(spoken(SAID), take=2)
    monkeypatch.setattr(analysis, "follow_ups", fail)
    report = analyze(spoken(SAID), take=2)
    (note,) = set(report.notes) - set(whole.notes)
    assert note == "Looking for follow-ups failed and was left out (ZeroDivisionError: of nothing)."
    assert report.follow_ups == ()
    assert (report.measures, report.findings, report.take) == (whole.measures, whole.findings, 2)
