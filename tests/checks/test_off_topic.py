"""Answers about something else altogether."""

import json
import re
from pathlib import Path

import msgspec
import pytest

from tests.builders import question, written
from voicemock import reading
from voicemock.analyze import analyze, analyze_text, assemble
from voicemock.checks.off_topic import check
from voicemock.coaching.follow_ups import follow_ups
from voicemock.questions.sets import find_question, list_sets
from voicemock.reading import from_text, read
from voicemock.reading.encoder import load_bars
from voicemock.reading.familiar import is_familiar
from voicemock.schema import Reading, Signal, SignalName

LATE = find_question("delivered-late")
TEXTS = [
    json.loads(line) for line in (Path(__file__).parent.parent / "off_topic.jsonl").read_text("utf-8").splitlines()
]
OTHER = [t for t in TEXTS if t["about"] == "something else"]
ENGLISH = [t for t in OTHER if t["style"] not in ("german", "french", "spanish", "italian", "polish", "lorem")]
WORK = [t for t in TEXTS if t["about"] == "work"]


def on_topic(text, question=LATE):
    return read(from_text(text), question=question).signals[SignalName.ON_TOPIC].present


def answer(present: bool | None, *, asked=LATE):
    heard = Reading(signals={SignalName.ON_TOPIC: Signal(present=present)})
    return msgspec.structs.replace(written("For the sauce you chop an onion. " * 3, question=asked), reading=heard)


def test_off_topic_is_a_problem_with_what_was_said_instead():
    (finding,) = check(answer(False)).findings
    assert finding.severity == "problem"
    assert finding.evidence[0].quote == "For the sauce you chop an onion. For the sauce you chop", "twelve words"


def test_on_topic_not_assessed_and_no_question_pass():
    assert not check(answer(True)).findings
    assert not check(answer(None)).findings
    assert not check(answer(False, asked=None)).findings


@pytest.fixture
def elsewhere(monkeypatch):
    """Let the reader be sure that everything is about something else."""

    def encode(question, spoken, encode=reading.encode):
        found = encode(question, spoken)
        signals = found.signals.copy()
        signals[list(load_bars().signals).index("on_topic")] = -20
        return msgspec.structs.replace(found, signals=signals)

    monkeypatch.setattr(reading, "encode", encode)


def test_a_recipe_is_finding_number_one_and_the_interviewer_comes_back_to_the_question(elsewhere):
    report = assemble([analyze_text(OTHER[0]["text"], question=LATE)])
    assert report.next_steps[0].check == "off_topic"
    assert [probe.text for probe in report.answers[0].follow_ups] == ["Let me bring you back to the question I asked."]


def test_few_texts_about_other_things_are_heard_as_answers():
    heard = [t["style"] for t in OTHER if on_topic(t["text"])]
    assert len(heard) <= 0.25 * len(OTHER), heard


def test_most_answers_from_any_walk_of_life_are_heard_as_answers():
    assert sum(on_topic(t["text"]) is True for t in WORK) >= 0.5 * len(WORK)


def test_most_other_things_are_told_also_of_kinds_that_were_never_learned():
    for part in ("held", "later"):
        texts = [t["text"] for t in ENGLISH if t["part"] == part]
        told = sum(bool(check(written(text, question=LATE)).findings) for text in texts)
        assert told >= 0.55 * len(texts), f"{part}: {told} of {len(texts)}"


def test_no_answer_is_about_something_else_nor_the_beginning_of_one():
    for path in sorted((Path(__file__).parent.parent / "answers").glob("writer_[bg].jsonl")):
        for row in map(json.loads, path.read_text("utf-8").splitlines()[::4]):
            text = re.sub(r"\[\[\w:|\]\]", "", row["marked"])
            own = msgspec.structs.replace(LATE, text=row["question"])
            for part in (text, " ".join(text.split()[:45])):
                assert on_topic(part, own) is not False, row["id"]


@pytest.mark.parametrize("text", WORK, ids=lambda t: t["style"])
def test_answers_from_any_walk_of_life_pass(text):
    assert not check(written(text["text"], question=LATE)).findings


@pytest.mark.parametrize(
    "asked",
    [
        "How do you make your tomato sauce?",
        "What do you like to cook?",
        "What are your hobbies?",
        "What do you do in your free time?",
        "How did you spend your last holiday?",
        "Explain how football works.",
    ],
)
def test_of_a_question_unlike_those_it_knows_the_reader_cannot_tell_what_is_beside_it(asked):
    own = msgspec.structs.replace(LATE, text=asked)
    assert not any(check(written(t["text"], question=own)).findings for t in OTHER)


def test_every_question_that_ships_is_one_the_reader_knows():
    shipped = [question for each in list_sets() for question in each.questions if question.kind != "concept"]
    assert not [question.id for question in shipped if not is_familiar(question.text)]
    assert is_familiar("Tell me about a time you disagreed with your manager.")


@pytest.mark.parametrize("text", [t for t in OTHER if t not in ENGLISH], ids=lambda t: t["style"])
def test_what_cannot_be_read_passes(text):
    assert on_topic(text["text"]) is None
    assert not check(written(text["text"], question=LATE)).findings


def test_nothing_else_is_asked_of_an_answer_about_something_else():
    signals = {SignalName.ON_TOPIC: Signal(present=False), SignalName.METRIC: Signal(present=False)}
    off = msgspec.structs.replace(
        written("Chop an onion.", question=question(SignalName.METRIC)), reading=Reading(signals=signals)
    )
    (probe,) = follow_ups(off)
    assert probe.signal is SignalName.ON_TOPIC
    assert len(analyze(off).follow_ups) == 1
