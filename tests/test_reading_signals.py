import itertools
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicemock.reading import from_text, read
from voicemock.reading.encoder import SPANS, Encoded, load_bars
from voicemock.reading.sentences import mean_chances, strengths
from voicemock.reading.signals import find_signals
from voicemock.reading.text import passage
from voicemock.schema import Kind, Question, Reading, Signal, SignalName, Transcript

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))
import reading as benchmark

ANSWERS = Path(__file__).parent / "answers"
DEV = benchmark.load(ANSWERS / "dev.jsonl")
LONG = max(DEV, key=lambda row: len(row["text"]))


def asked(text: str) -> Question:
    return Question(id="q", text=text, kind=Kind.BEHAVIOURAL)


def present(reading: Reading) -> dict[SignalName, bool | None]:
    return {name: signal.present for name, signal in reading.signals.items()}


def test_all_twenty_signals_are_there_with_quotes_that_stand_in_the_text() -> None:
    reading = benchmark.read_row(LONG)
    assert set(reading.signals) == set(SignalName)
    for signal in reading.signals.values():
        for quote in signal.evidence:
            assert LONG["text"][quote.char_start : quote.char_end] == quote.quote
        assert not (signal.present is False and signal.evidence)


@pytest.mark.parametrize("text", ["", "Fine.", "um " * 3, "It was fine. " * 13])
def test_a_short_answer_is_not_assessed(text: str) -> None:
    reading = read(from_text(text), question=asked("How was it?"))
    assert set(present(reading).values()) == {None}
    assert reading.parts == ()


def told(text: str, odds: dict[str, float], **given: Any) -> dict[SignalName, Signal]:
    """Return the signals of a text of which the reader says this; of all others that they are missing for sure."""
    spoken = passage(text)
    count, bars = len(spoken.tokens), load_bars()
    spans = np.full((count, len(SPANS)), -20.0, np.float32)
    proofs = np.full((count, len(bars.signals)), -20.0, np.float32)
    proofs[spoken.sentences[-1][0] :] = given.pop("strength", 20.0)
    signals = np.array([odds.get(name, -20.0) for name in bars.signals], np.float32)
    found = Encoded(spans=given.pop("spans", spans), proofs=proofs, signals=signals)
    question = given.pop("question", asked("How was it?"))
    return find_signals(spoken, from_text(text), question, found)[0]


RISK, ON_TOPIC = SignalName.RISK, SignalName.ON_TOPIC
STORY = "I moved the service to the new machines, and nobody noticed. " * 5


def test_three_bars_make_four_verdicts() -> None:
    bars = load_bars().signals["risk"]
    edge = 0.01
    on = {"on_topic": 20.0}
    for odds, present, sure in (
        (bars.missed - edge, False, False),
        (bars.missed + edge, None, False),
        (bars.heard - edge, None, False),
        (bars.heard + edge, True, bars.heard + edge >= bars.praised),
        (bars.praised + edge, True, True),
    ):
        signal = told(STORY, {**on, "risk": odds})[RISK]
        assert (signal.present, signal.sure) == (present, sure), odds
        assert bool(signal.evidence) is bool(present)


def test_the_sentence_that_proves_a_signal_best_is_quoted() -> None:
    text = "We met on a Monday. " * 12 + "I rolled it out behind a flag."
    (quote,) = told(text, {"on_topic": 20.0, "risk": 20.0})[RISK].evidence
    assert quote.quote == "I rolled it out behind a flag"


def test_nothing_is_missing_where_the_answer_is_about_something_else() -> None:
    signals = told(STORY, {"risk": 20.0})
    assert signals[ON_TOPIC].present is False
    assert {signal.present for name, signal in signals.items() if name is not ON_TOPIC} == {None}
    assert not any(signal.sure for signal in signals.values())


def test_a_number_that_is_marked_is_never_said_to_be_missing() -> None:
    text = "The build went from 51 minutes to 8. " * 6
    spoken = passage(text)
    spans = np.full((len(spoken.tokens), len(SPANS)), -20.0, np.float32)
    assert told(text, {"on_topic": 20.0}, spans=spans)[SignalName.METRIC].present is False
    spans[:, SPANS.index("metric")] = 20.0
    assert told(text, {"on_topic": 20.0}, spans=spans)[SignalName.METRIC].present is None
    assert told(text, {"on_topic": 20.0}, spans=spans)[SignalName.METRIC].evidence == ()
    heard = told(text, {"on_topic": 20.0, "metric": 20.0}, spans=spans)[SignalName.METRIC]
    assert [quote.quote for quote in heard.evidence] == ["from 51 minutes to 8"] * 6


def test_a_number_that_nobody_can_point_at_is_none_unless_it_is_sure() -> None:
    text = "The build went from 51 minutes to 8. " * 6
    bars = load_bars().signals["metric"]
    heard = told(text, {"on_topic": 20.0, "metric": (bars.heard + bars.praised) / 2})[SignalName.METRIC]
    assert (heard.present, heard.evidence) == (None, ())
    sure = told(text, {"on_topic": 20.0, "metric": bars.praised + 0.01})[SignalName.METRIC]
    assert sure.present and sure.evidence
    other = told(text, {"on_topic": 20.0, "risk": load_bars().signals["risk"].heard + 0.01})[RISK]
    assert other.present and not other.sure


def test_operations_are_not_missing_where_a_pillar_is_named() -> None:
    on = {"on_topic": 20.0}
    signals = told(STORY + "We were paged at five.", on)
    assert signals[SignalName.OPERATIONS] == Signal()
    assert signals[RISK].present is False
    assert told(STORY, on)[SignalName.OPERATIONS].present is False


def test_a_reflection_that_no_sentence_proves_cannot_be_told() -> None:
    on = {"on_topic": 20.0, "reflection": 20.0, "risk": 20.0}
    assert told(STORY, on, strength=-0.5)[SignalName.REFLECTION].sure is True
    weaker = told(STORY, on, strength=-0.51)
    assert weaker[SignalName.REFLECTION] == Signal()
    assert weaker[RISK].present is True, "of reflection alone"


def test_few_words_after_a_follow_up_can_prove_what_was_asked_for_and_miss_nothing() -> None:
    text = "It was my fault, and I told the whole team so."
    bars = load_bars().signals
    expects = (SignalName.OWNS_FAILURE,)
    probe = Question(id="q-follow-up-1", text="And your part?", kind=Kind.BEHAVIOURAL, expects=expects)
    sure = {"on_topic": 20.0, "owns_failure": bars["owns_failure"].praised + 0.01, "risk": 20.0}
    assert {name for name, signal in told(text, sure, question=probe).items() if signal.present} == {*expects}
    assert {signal.present for signal in told(text, sure, question=probe).values()} == {True, None}
    doubtful = {**sure, "owns_failure": bars["owns_failure"].praised - 0.01}
    assert {signal.present for signal in told(text, doubtful, question=probe).values()} == {None}
    assert {signal.present for signal in told(text, sure).values()} == {None}, "no follow-up: too short"


def test_forty_words_are_enough() -> None:
    text = "we shipped it because the old one was slow " * 5
    on = {"on_topic": 20.0, "action": 20.0}
    assert told(" ".join(text.split()[:39]), on)[SignalName.ACTION].present is None
    assert told(" ".join(text.split()[:40]), on)[SignalName.ACTION].present


def test_a_transcript_the_recogniser_doubts_is_not_assessed() -> None:
    text = LONG["text"]
    assert set(present(read(Transcript(text=text, confidence=0.3))).values()) == {None}
    assert True in present(read(Transcript(text=text, confidence=0.5))).values()


def test_of_an_explanation_it_is_not_said_that_it_is_about_something_else() -> None:
    concept = Question(id="q", text="How was it?", kind=Kind.CONCEPT)
    signals = told(STORY, {"risk": 20.0}, question=concept)
    assert signals[ON_TOPIC].present is None
    assert signals[RISK].present
    assert told(STORY, {"on_topic": 20.0}, question=concept)[ON_TOPIC].present


STRONG = (
    "Last March our payment service went down on a Friday evening, and two thousand shops could not sell anything. I"
    " was the engineering manager on duty, so it was my job to bring it back. I called the two engineers who knew the"
    " database, I told support what to say to the customers, and I decided to go back to the old version, because"
    " nobody could tell me how long a repair would take. We were back after 34 minutes. Afterwards I moved every change"
    " of that table behind a flag, and outages fell from five a year to one. What I learned is to practise going back"
    " before we need it, and since then we do it once a month."
)


def test_a_clear_story_is_heard() -> None:
    signals = read(from_text(STRONG), question=asked("Tell me about an outage you handled.")).signals
    for name in (SignalName.SITUATION, SignalName.ACTION, SignalName.RESULT, SignalName.METRIC, SignalName.ON_TOPIC):
        assert signals[name].present, name
    assert any("34 minutes" in quote.quote for quote in signals[SignalName.METRIC].evidence)


def test_what_a_clear_story_does_not_hold_is_not_praised() -> None:
    signals = read(from_text(STRONG), question=asked("Tell me about an outage you handled.")).signals
    assert not signals[SignalName.PEOPLE_GROWTH].sure
    assert not signals[SignalName.COST].sure


def test_without_a_question_nothing_is_on_or_off_topic() -> None:
    assert read(from_text(LONG["text"])).signals[SignalName.ON_TOPIC].present is None


def test_the_same_answer_reads_the_same() -> None:
    assert benchmark.read_row(LONG) == benchmark.read_row(LONG)


def test_parts_cover_the_answer_in_order() -> None:
    parts = benchmark.read_row(LONG).parts
    assert parts[0].char_start == 0
    assert all(one.char_end <= two.char_start for one, two in itertools.pairwise(parts))
    assert all(one.name is not two.name for one, two in itertools.pairwise(parts))
    assert sum(part.share for part in parts) == pytest.approx(1.0)


def test_times_come_from_the_words() -> None:
    timed = from_text(LONG["text"])
    words = tuple(
        type(w)(text=w.text, char_start=w.char_start, char_end=w.char_end, start_s=n * 0.5, end_s=n * 0.5 + 0.4)
        for n, w in enumerate(timed.words)
    )
    reading = read(Transcript(text=timed.text, words=words))
    assert reading.parts[0].start_s == 0.0
    assert reading.parts[-1].end_s == words[-1].end_s
    quotes = [quote for signal in reading.signals.values() for quote in signal.evidence]
    assert all(quote.start_s is not None and quote.end_s is not None for quote in quotes)


@pytest.mark.parametrize("odds", [-1000.0, -30.0, 0.0, 17.0, 1000.0])
def test_a_sentence_is_as_strong_as_its_words_however_sure_they_are(odds: float) -> None:
    spoken = passage("We moved it. Nobody noticed.")
    words = np.full(len(spoken.tokens), odds, np.float32)
    assert mean_chances(spoken, words) == pytest.approx([max(-30.0, min(30.0, odds))] * 2, abs=0.1)
    assert strengths(spoken, words) == pytest.approx([odds] * 2)


def test_a_sentence_is_as_strong_as_its_three_strongest_words() -> None:
    spoken = passage("We moved it all one night. Fine.")
    assert strengths(spoken, np.array([1, 2, 3, -9, -9, 4, 7], np.float32)) == [3.0, 7.0]


@settings(max_examples=10, deadline=None)
@given(st.lists(st.integers(1, 40), min_size=1, max_size=8))
def test_segments_anywhere_change_nothing_but_spaces(cuts: list[int]) -> None:
    words = LONG["text"].split(" ")
    pieces, at = [], 0
    while at < len(words):
        step = cuts[len(pieces) % len(cuts)]
        pieces.append(" ".join(words[at : at + step]))
        at += step
    assert present(benchmark.read_row({**LONG, "text": "\n".join(pieces)})) == present(benchmark.read_row(LONG))


@given(st.text(max_size=400))
@settings(max_examples=40, deadline=None)
def test_any_text_can_be_read(text: str) -> None:
    reading = read(from_text(text), question=asked(text))
    for filler in reading.fillers:
        assert text[filler.char_start : filler.char_end] == filler.text


def test_the_labelled_answers_are_sound() -> None:
    ids = set()
    proofs = {}
    for line in (ANSWERS / "evidence.jsonl").read_text(encoding="utf-8").splitlines():
        proof = json.loads(line)
        proofs[proof["id"]] = proof["evidence"]
    for path in sorted(ANSWERS.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if path.stem == "evidence":
                continue
            assert row["id"] not in ids
            ids.add(row["id"])
            assert set(row["labels"]) == {name.value for name in benchmark.LABELLED}
            text, spans = benchmark.unmark(row["marked"])
            assert "[[" not in text and "]]" not in text
            assert bool(spans["metric"]) == row["labels"]["metric"], row["id"]
            assert bool(spans["tradeoff"]) == row["labels"]["tradeoff"], row["id"]
            spoken = passage(text)
            sentences = {text[slice(*spoken.chars(first, end))] for first, end in spoken.sentences}
            for label, quotes in proofs.get(row["id"], {}).items():
                assert row["labels"][label], f"{row['id']}: {label} is proved and not held"
                assert sentences.issuperset(quotes), f"{row['id']}: {label} is proved by no sentence of it"
    assert len(ids) == 693
