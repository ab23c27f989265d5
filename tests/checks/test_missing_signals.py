"""Expected signals other than trade-offs and metrics."""

import itertools

import msgspec

from tests.builders import question, written
from voicemock.checks._base import Verdict
from voicemock.checks.missing_signals import check, say
from voicemock.schema import Reading, Signal, SignalName

ASKED = question(SignalName.REFLECTION, SignalName.RESULT, SignalName.METRIC)


def answer(asked=ASKED, **present: bool | None):
    reading = Reading(signals={SignalName(name): Signal(present=value) for name, value in present.items()})
    return msgspec.structs.replace(written("so we did", question=asked), reading=reading)


def test_names_what_was_not_heard_and_leaves_metrics_to_their_own_check():
    verdict = check(answer(reflection=False, result=True, metric=False))
    assert verdict.measures["signals_heard"].value == 1
    assert verdict.measures["signals_heard"].limit == "3"
    assert verdict.findings[0].message == "Not heard: what you learned. End with what you would do differently."


def test_at_most_two_gaps_are_named_and_what_to_try_is_for_the_first():
    names = (SignalName.SITUATION, SignalName.CUSTOMER, SignalName.RESULT, SignalName.COST)
    assert say(names) == (
        "Not heard: the situation; who was affected, and how; 2 more. Open with where, when and what was at stake."
    )
    assert say(names[:2]).startswith("Not heard: the situation; who was affected, and how. ")
    assert "affected, and how; 1 more. " in say(names[:3])


def test_every_message_is_short():
    for first, second in itertools.product(SignalName, SignalName):
        assert len(say((first, second, SignalName.TASK, SignalName.COST)).split()) < 25


def test_all_heard_passes():
    assert not check(answer(reflection=True, result=True, metric=True)).findings


def test_not_assessed_is_left_out():
    measure = check(answer(reflection=None, result=True)).measures["signals_heard"]
    assert measure.limit == "1"
    assert measure.unit == "of 1 expected signals that could be judged"


def test_where_all_could_be_told_the_count_needs_no_word_more():
    measure = check(answer(reflection=False, result=True, metric=True)).measures["signals_heard"]
    assert measure.unit == "of 3 expected signals"


def test_without_a_question_nothing_is_expected():
    assert check(answer(asked=None, action=False, result=False, reflection=False)) == Verdict()
