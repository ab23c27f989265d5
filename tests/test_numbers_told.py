"""Which numbers an answer gives, and which it is said to lack: only what surely is not there."""

import msgspec
import pytest

from tests.builders import written
from voicemock.analyze import analyze, analyze_text
from voicemock.reading import from_text
from voicemock.reading.details import details
from voicemock.reading.numbers_told import numbers_not_told, numbers_told
from voicemock.schema import Kind, NumberKind, Question, Reading, Signal, SignalName

K = NumberKind
SAID = "The page went from 4 seconds to 600 milliseconds, and it saved 2 million dollars a year."
DEEP = Question(id="q", text="Tell me about a system.", kind=Kind.DEEP_DIVE, expects=(SignalName.METRIC,))


def kinds(text: str, *quotes: str) -> list[NumberKind]:
    transcript = from_text(text)
    places = tuple(transcript.evidence(text.index(q), text.index(q) + len(q)) for q in quotes)
    return [number.kind for number in numbers_told(transcript, places)]


def test_the_numbers_quoted_have_kinds():
    assert kinds(SAID, "from 4 seconds to 600 milliseconds", "2 million dollars a year") == [K.LATENCY, K.MONEY]


def test_a_number_that_is_no_metric_is_left_out():
    assert kinds(SAID, "2 million dollars a year") == [K.MONEY]
    assert kinds(SAID) == []


def test_each_number_of_a_long_quote_counts():
    assert kinds(SAID, SAID) == [K.LATENCY, K.MONEY]


def test_quotes_may_overlap_and_only_touching_a_number_is_not_quoting_it():
    assert kinds(SAID, SAID, "The page") == [K.LATENCY, K.MONEY]  # the long quote reaches past the one after it
    assert kinds(SAID, SAID, "went from") == [K.LATENCY, K.MONEY]
    assert kinds(SAID, "The page went ", " milliseconds, and it saved ") == [K.LATENCY]
    assert kinds(SAID, "The page went ", ", and it saved ", ".") == []


def test_what_no_number_can_be_of_is_not_heard():
    text = "It answers in 80 milliseconds. The servers cost 40 thousand dollars. It was all built in Go."
    assert numbers_not_told(from_text(text)) == (K.USERS, K.RATE, K.ERRORS)
    assert K.LATENCY in numbers_not_told(from_text("The servers cost 40 thousand dollars. It was all built in Go."))


@pytest.mark.parametrize(
    ("added", "kept"),
    [
        ("It went from 900 to 200.", set(K)),  # of what? it may be anything
        ("There were 4k of them.", set(K)),  # the grammar does not know it
        ("We have 12 hospitals.", {K.USERS}),  # they may be whom it is for
        ("We have 300 nurses.", {K.USERS}),
        ("It takes 900 requests a second.", {K.RATE}),
        ("Maybe a tenth of a percent.", {K.RATE, K.ERRORS}),
        ("Two orders were wrong.", {K.ERRORS}),
        ("It ran every two days.", {K.RATE}),
        ("It was wrong. Two pods came.", {K.ERRORS}),
        ("Two pods came. It was wrong.", {K.ERRORS}),
        ("It was wrong. So it was. Two pods came.", set()),
        ("Two pods came. So it was. It was wrong.", set()),
        ("It peaked at 1500.", set(K)),  # no year
    ],
)
def test_a_number_that_may_be_of_a_kind_keeps_it_from_being_missed(added: str, kept: set[NumberKind]):
    before = numbers_not_told(from_text("It answers in 80 milliseconds."))
    assert before == (K.USERS, K.RATE, K.ERRORS, K.MONEY)
    after = numbers_not_told(from_text(f"It answers in 80 milliseconds. It was hard at first. So it was. {added}"))
    assert kept.isdisjoint(after)
    assert set(after) == set(before) - kept


@pytest.mark.parametrize(
    "said", ["I joined in 2019.", "It was version 12.", "We met at 9 am.", "It began at 5:10.", "That one broke."]
)
def test_what_only_names_something_is_no_number(said: str):
    assert numbers_not_told(from_text(f"It answers in 80 milliseconds. It was hard. {said}")) != ()


def test_not_heard_is_said_of_questions_about_systems_alone():
    answer = written("It answers in 80 milliseconds.")
    heard = {SignalName.METRIC: Signal(present=True, evidence=(answer.transcript.evidence(11, 29),))}
    assert details(answer.transcript, heard, DEEP).numbers_not_heard
    people = Question(id="q", text="Tell me about a report.", kind=Kind.PEOPLE, expects=(SignalName.METRIC,))
    elsewhere = Question(id="q", text="Tell me about a system.", kind=Kind.DEEP_DIVE, expects=(SignalName.COST,))
    probe = Question(id="q-follow-up-1", text="How fast?", kind=Kind.DEEP_DIVE, expects=(SignalName.METRIC,))
    for question in (people, elsewhere, probe, None):
        closer = details(answer.transcript, heard, question)
        assert [number.kind for number in closer.numbers] == [K.LATENCY]
        assert closer.numbers_not_heard == ()


@pytest.mark.parametrize("present", [None, False])
def test_nothing_is_said_unless_a_metric_was_heard(present: bool | None):
    answer = written("It answers in 80 milliseconds.")
    closer = details(answer.transcript, {SignalName.METRIC: Signal(present=present)}, DEEP)
    assert closer.numbers == closer.numbers_not_heard == ()


def test_an_answer_too_short_to_judge_has_no_numbers():
    assert analyze_text("It answers in 80 milliseconds.", question=DEEP).numbers == ()


def test_a_failure_costs_the_numbers_alone(monkeypatch):
    def fail(*_: object) -> None:
        raise RuntimeError("no")

    monkeypatch.setattr("voicemock.analyze.details", fail)
    report = analyze(written(SAID, question=DEEP))
    assert report.numbers == ()
    assert any("numbers" in note for note in report.notes)


def test_a_report_has_them():
    answer = written(SAID, question=DEEP)
    place = answer.transcript.evidence(SAID.index("2 million"), len(SAID) - 1)
    signals = {SignalName.METRIC: Signal(present=True, evidence=(place,))}
    report = analyze(msgspec.structs.replace(answer, reading=Reading(signals=signals)))
    assert [(number.kind, number.evidence.quote) for number in report.numbers] == [
        (K.MONEY, "2 million dollars a year")
    ]
    assert report.numbers_not_heard == (K.USERS, K.RATE, K.ERRORS)
