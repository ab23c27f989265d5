"""The time used against the question's good range."""

import msgspec
import pytest

from tests.builders import question, spoken, written
from voicemock.checks.length import check
from voicemock.schema import Kind, Part, Signal, SignalName

TEXT = "word " * 100


@pytest.mark.parametrize(
    ("lasts_s", "status", "flagged"),
    [
        (29.0, "problem", True),
        (59.0, "watch", True),
        (59.4, "watch", True),
        (59.6, "good", False),
        (60.0, "good", False),
        (150.0, "good", False),
        (151.0, "fine", False),
        (180.0, "fine", False),
        (180.4, "fine", False),
        (181.0, "problem", True),
    ],
)
def test_against_a_target_of_one_to_two_and_a_half_minutes(lasts_s, status, flagged):
    verdict = check(spoken(TEXT, lasts_s=lasts_s, question=question(target_s=(60, 150))))
    assert verdict.measures["length"].status == status
    assert verdict.measures["length"].limit == "1:00–2:30"
    assert bool(verdict.findings) is flagged


def test_the_question_sets_the_range():
    assert not check(spoken(TEXT, lasts_s=280, question=question(target_s=(180, 300)))).findings


def test_who_says_enough_too_fast_is_not_called_short():
    verdict = check(spoken("word " * 200, lasts_s=43))  # 279 words a minute; `pace` says that
    assert verdict.measures["length"].status == "fine"
    assert not verdict.findings
    assert check(spoken("word " * 149, lasts_s=43)).findings


def heard(answer, **present):
    signals = {SignalName(name): Signal(present=value) for name, value in present.items()}
    return msgspec.structs.replace(answer, reading=msgspec.structs.replace(answer.reading, signals=signals))


def test_what_to_add_is_what_was_not_heard():
    short = spoken("word " * 50, lasts_s=40, question=question(SignalName.ACTION, SignalName.RESULT))
    (finding,) = check(heard(short, action=True, result=False)).findings
    assert finding.message == "0:40 is short for this question. There is room to add what was not heard."
    (finding,) = check(heard(short, action=True, result=True)).findings
    assert finding.message.endswith("Tell one moment in detail: what you saw, what you decided, and why.")
    for unsure in (None, True):
        (finding,) = check(heard(short, action=unsure, result=None)).findings
        assert finding.message.endswith("Tell the whole story: what happened, what you did, what came of it.")


def test_of_a_follow_up_no_whole_story_is_wanted():
    asked = msgspec.structs.replace(question(SignalName.REFLECTION, target_s=(10, 60)), id="q-follow-up-1")
    (finding,) = check(heard(spoken("word " * 15, lasts_s=6, question=asked), reflection=None)).findings
    assert finding.message == "0:06 is short for this question. Add a sentence or two: one fact, and how you know it."


def test_a_follow_up_may_be_short_where_all_it_asked_for_was_heard():
    probe = msgspec.structs.replace(question(SignalName.METRIC, SignalName.RESULT), id="q-follow-up-1")
    brief = spoken("word " * 12, lasts_s=5, question=probe)
    assert not check(heard(brief, metric=True, result=True)).findings
    assert check(heard(brief, metric=True, result=None)).findings


def test_the_setting_is_cut_only_where_it_is_long():
    long = spoken("word " * 400, lasts_s=200)
    (finding,) = check(long).findings
    assert "setting" not in finding.message
    setting = Part(name=SignalName.SITUATION, char_start=0, char_end=900, share=0.4)
    reading = msgspec.structs.replace(long.reading, parts=(setting,))
    (finding,) = check(msgspec.structs.replace(long, reading=reading)).findings
    assert finding.message == "3:20 is long for this question. Cut the setting to two sentences."


@pytest.mark.parametrize(("lasts_s", "what"), [(40, "where it goes wrong"), (200, "one example is enough")])
def test_an_explanation_needs_no_story(lasts_s, what):
    concept = msgspec.structs.replace(question(), kind=Kind.CONCEPT)
    (finding,) = check(spoken("word " * 50, lasts_s=lasts_s, question=concept)).findings
    assert what in finding.message


def test_a_written_answer_is_timed_by_its_words():
    (finding,) = check(written("word " * 50)).findings
    assert finding.measured == "about 0:20 when spoken"
    assert finding.message.startswith("Said aloud, this takes about 0:20: short for this question.")


@pytest.mark.parametrize(
    ("words", "found"), [(119, True), (120, False), (496, False), (497, True)], ids=["short", "", " ", "long"]
)
def test_a_written_answer_is_judged_by_the_pace_that_favours_it(words, found):
    """120 to 165 words a minute; 1:00 to 3:00, with the fifth that is still amber."""
    assert bool(check(written("word " * words)).findings) is found


@pytest.mark.parametrize(
    ("text", "what"), [("How do you hire?", "Add a reason"), ("How did you hire?", "Tell the whole")]
)
def test_a_plan_needs_no_story(text, what):
    asked = msgspec.structs.replace(question(SignalName.RATIONALE), text=text)
    short = spoken("word " * 50, lasts_s=40, question=asked)
    (finding,) = check(heard(short, rationale=None)).findings
    assert what in finding.message
    (finding,) = check(heard(short, rationale=True)).findings
    assert what not in finding.message


def with_setting(share: float):
    long = spoken("word " * 400, lasts_s=200)
    setting = Part(name=SignalName.SITUATION, char_start=0, char_end=900, share=share)
    return msgspec.structs.replace(long, reading=msgspec.structs.replace(long.reading, parts=(setting,)))


EDGES = {
    "FINE_LOW": (written("word " * 120), written("word " * 119)),
    "FINE_HIGH": (written("word " * 496), written("word " * 497)),
    "AMBER": (spoken(TEXT, lasts_s=180), spoken(TEXT, lasts_s=181)),
    "SETTING": (with_setting(0.3), with_setting(0.31)),
}
