"""The metric the question expects."""

import msgspec

from tests.builders import question, written
from voicemock.checks.missing_metric import check
from voicemock.schema import Evidence, Reading, Signal, SignalName

ASKED = question(SignalName.METRIC)


def answer(present: bool | None, *, asked=ASKED):
    signal = Signal(present=present, evidence=(Evidence(quote="so we did"),) if present else ())
    reading = Reading(signals={SignalName.METRIC: signal})
    return msgspec.structs.replace(written("so we did", question=asked), reading=reading)


def test_missing_and_expected_is_a_problem():
    (finding,) = check(answer(False)).findings
    assert finding.severity == "problem"


def test_heard_passes():
    assert not check(answer(True)).findings


def test_not_assessed_is_not_missing():
    assert not check(answer(None)).findings


def test_a_question_that_does_not_expect_it_does_not_ask_for_it():
    assert not check(answer(False, asked=question(SignalName.REFLECTION))).findings


def test_without_a_question_it_is_worth_a_look():
    (finding,) = check(answer(False, asked=None)).findings
    assert finding.severity == "watch"
    assert finding.source == "what most questions ask for, voicemock default, unvalidated"
    (finding,) = check(answer(False)).findings
    assert finding.source == "the question's expected signals, voicemock default, unvalidated"
