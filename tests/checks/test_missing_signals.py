"""Expected signals other than trade-offs and metrics."""

import msgspec

from tests.builders import question, written
from voicemock.checks.missing_signals import check
from voicemock.schema import Reading, Signal, SignalName

ASKED = question(SignalName.REFLECTION, SignalName.RESULT, SignalName.METRIC)


def answer(asked=ASKED, **present: bool | None):
    reading = Reading(signals={SignalName(name): Signal(present=value) for name, value in present.items()})
    return msgspec.structs.replace(written("so we did", question=asked), reading=reading)


def test_names_what_was_not_heard_and_leaves_metrics_to_their_own_check():
    verdict = check(answer(reflection=False, result=True, metric=False))
    assert verdict.measures["signals_heard"].value == 1
    assert verdict.measures["signals_heard"].limit == "3"
    assert "Not heard: what you learned." in verdict.findings[0].message


def test_all_heard_passes():
    assert not check(answer(reflection=True, result=True, metric=True)).findings


def test_not_assessed_is_left_out():
    assert check(answer(reflection=None, result=True)).measures["signals_heard"].limit == "1"


def test_without_a_question_nothing_is_expected():
    assert not check(answer(asked=None, reflection=False)).findings
