"""Answers about something else altogether."""

import json
import re
from pathlib import Path

import msgspec
import pytest

from tests.builders import question, written
from tests.conftest import need
from voicemock.analyze import analyze, analyze_text, assemble
from voicemock.checks.off_topic import check
from voicemock.coaching.follow_ups import follow_ups
from voicemock.questions.sets import find_question
from voicemock.reading.elsewhere import about_something_else
from voicemock.reading.meaning import load_meaning
from voicemock.reading.sentences import cut
from voicemock.reading.text import passage
from voicemock.schema import Reading, Signal, SignalName

LATE = find_question("delivered-late")
TEXTS = [
    json.loads(line) for line in (Path(__file__).parent.parent / "off_topic.jsonl").read_text("utf-8").splitlines()
]
OTHER = [t for t in TEXTS if t["about"] == "something else"]
ENGLISH = [t for t in OTHER if t["style"] not in ("german", "french", "spanish", "italian", "polish", "lorem")]
WORK = [t for t in TEXTS if t["about"] == "work"]


@pytest.fixture
def meaning() -> None:
    need(load_meaning(), "the sentence model (extra `meaning`)")


def answer(present: bool | None, *, asked=LATE):
    reading = Reading(signals={SignalName.ON_TOPIC: Signal(present=present)})
    return msgspec.structs.replace(written("For the sauce you chop an onion. " * 3, question=asked), reading=reading)


def test_off_topic_is_a_problem_with_what_was_said_instead():
    (finding,) = check(answer(False)).findings
    assert finding.severity == "problem"
    assert finding.evidence[0].quote == "For the sauce you chop an onion. For the sauce you chop", "twelve words"


def test_on_topic_not_assessed_and_no_question_pass():
    assert not check(answer(True)).findings
    assert not check(answer(None)).findings
    assert not check(answer(False, asked=None)).findings


def test_a_recipe_is_finding_number_one_and_the_interviewer_comes_back_to_the_question(meaning):
    report = assemble([analyze_text(OTHER[0]["text"], question=LATE)])
    assert report.next_steps[0].check == "off_topic"
    assert [probe.text for probe in report.answers[0].follow_ups] == ["Let me bring you back to the question I asked."]


def test_most_other_things_are_told_also_of_kinds_that_were_never_learned(meaning):
    for part, least in (("held", 0.55), ("later", 0.55)):
        texts = [t["text"] for t in ENGLISH if t["part"] == part]
        told = sum(bool(check(written(text, question=LATE)).findings) for text in texts)
        assert told >= least * len(texts), f"{part}: {told} of {len(texts)}"


def test_no_answer_is_about_something_else_nor_the_beginning_of_one(meaning):
    for path in sorted((Path(__file__).parent.parent / "answers").glob("writer_[bg].jsonl")):
        for row in map(json.loads, path.read_text("utf-8").splitlines()[::4]):
            text = re.sub(r"\[\[\w:|\]\]", "", row["marked"])
            for part in (text, " ".join(text.split()[:45])):
                assert not about_something_else(row["question"], cut(passage(part)), load_meaning()), row["id"]


@pytest.mark.parametrize("text", [*WORK, *(t for t in OTHER if t not in ENGLISH)], ids=lambda t: t["style"])
def test_answers_from_any_walk_of_life_and_what_the_model_cannot_read_pass(text, meaning):
    assert not check(written(text["text"], question=LATE)).findings


def test_a_question_about_the_thing_itself_is_answered_by_it(meaning):
    for asked in ("How do you make your tomato sauce?", "What do you like to cook?"):
        own = msgspec.structs.replace(LATE, text=asked)
        assert not check(written(OTHER[0]["text"], question=own)).findings


def test_without_the_sentence_model_it_is_silent(monkeypatch):
    monkeypatch.setattr("voicemock.reading.signals.load_meaning", lambda: None)
    assert not check(written(OTHER[0]["text"], question=LATE)).findings


def test_nothing_else_is_asked_of_an_answer_about_something_else():
    signals = {SignalName.ON_TOPIC: Signal(present=False), SignalName.METRIC: Signal(present=False)}
    off = msgspec.structs.replace(
        written("Chop an onion.", question=question(SignalName.METRIC)), reading=Reading(signals=signals)
    )
    (probe,) = follow_ups(off)
    assert probe.signal is SignalName.ON_TOPIC
    assert len(analyze(off).follow_ups) == 1
