"""Silences in mid-answer, and before it."""

from tests.builders import spoken, written
from voicemock.checks import Limit
from voicemock.checks.long_pauses import check
from voicemock.schema import Pause

TEXT = "we then decided to move it to another region"


def pauses(*lengths_s: float) -> tuple[Pause, ...]:
    return tuple(Pause(start_s=10.0 * n, end_s=10.0 * n + length_s) for n, length_s in enumerate(lengths_s, 1))


def test_thinking_for_two_seconds_is_fine():
    verdict = check(spoken(TEXT, pauses=pauses(0.6, 2.0, 4.9)))
    assert verdict.measures["pauses"].value == 3
    assert verdict.measures["long_pauses"].value == 2
    assert not verdict.findings


def test_a_stall_is_quoted_with_its_time():
    (finding,) = check(spoken(TEXT, pauses=pauses(0.6, 5.0, 7.5))).findings
    assert finding.measured == "longest 7.5 s"
    assert [e.start_s for e in finding.evidence] == [20.0, 30.0]
    assert "(5.0 s)" in finding.evidence[0].quote


def test_ten_seconds_before_the_first_word_are_free():
    assert not check(spoken(TEXT, response_latency_s=10.0)).findings
    (finding,) = check(spoken(TEXT, response_latency_s=10.4)).findings
    assert "before the first word" in finding.message


EDGES = {
    "LONG": (spoken(TEXT, pauses=pauses(1.99)), spoken(TEXT, pauses=pauses(2.0))),
    "STALL": (spoken(TEXT, pauses=pauses(4.99)), spoken(TEXT, pauses=pauses(5.0))),
    "LATENCY": (spoken(TEXT, response_latency_s=10.0), spoken(TEXT, response_latency_s=10.1)),
}


def test_every_number_in_the_texts_is_the_limits(monkeypatch):
    monkeypatch.setattr("voicemock.checks.long_pauses.STALL", Limit(7.0, "a test"))
    monkeypatch.setattr("voicemock.checks.long_pauses.LONG", Limit(3.0, "a test"))
    verdict = check(spoken(TEXT, pauses=pauses(7.5)))
    assert verdict.measures["long_pauses"].unit == "pauses of 3 s or more"
    assert verdict.findings[0].message.startswith("1 silence of 7 s or more.")


def test_each_length_has_its_status():
    measures = check(spoken(TEXT, pauses=pauses(1.9, 2.0, 4.9), response_latency_s=9.96)).measures
    assert (measures["pauses"].value, measures["long_pauses"].value) == (3, 2)
    assert measures["long_pauses"].status == "fine"
    assert (measures["response_latency"].value, measures["response_latency"].status) == (10.0, "good")
    assert check(spoken(TEXT, pauses=pauses(1.9))).measures["long_pauses"].status == "good"
    assert check(spoken(TEXT, pauses=pauses(5.0))).measures["long_pauses"].status == "watch"
    assert check(spoken(TEXT, response_latency_s=10.1)).measures["response_latency"].status == "watch"
    assert "response_latency" not in check(spoken(TEXT)).measures


def test_a_stall_is_quoted_with_three_words_on_either_side():
    text = " ".join(map(str, range(60)))  # a word a second
    (finding,) = check(spoken(text, pauses=(Pause(start_s=20.1, end_s=26.9),))).findings
    assert finding.evidence[0].quote == "17 18 19 … (6.8 s) … 27 28 29"


def test_what_was_not_spoken_has_no_pauses():
    assert not check(written("so we did")).measures
