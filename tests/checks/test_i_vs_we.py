"""Whose actions an answer tells."""

import re

import msgspec
import pytest

from tests.builders import written
from voicemock.checks.i_vs_we import check
from voicemock.schema import Answer, Kind, Pronouns, Question, Signal, SignalName, Span


def test_too_much_we_hides_the_speaker():
    (finding,) = check(written("We decided to split it. We told them. We built it. We shipped it. I watched.")).findings
    assert finding.measured == "1 I, 4 we"
    assert finding.evidence[0].quote == "We decided to split it."


def test_two_in_five_is_enough():
    assert not check(written("We built it. We shipped it. We ran it. I decided. I told them.")).findings


def test_no_mention_of_the_team_is_said():
    (finding,) = check(written("I planned it. I built it. I ran it. I sold it. " * 2)).findings
    assert "no mention of the team" in finding.message


def test_who_speaks_of_others_mentions_the_team():
    assert not check(written("I planned it. I built it. I ran it. I sold it. " * 2 + "Two engineers helped.")).findings


@pytest.mark.parametrize(("present", "found"), [(True, 0), (None, 0), (False, 1)])
def test_credit_that_could_not_be_told_is_not_called_missing(present, found):
    judged = {SignalName.RESULT: Signal(present=True), SignalName.CREDITS_TEAM: Signal(present=present)}
    alone = told(8, 0)
    reading = msgspec.structs.replace(alone.reading, signals=judged)
    assert len(check(msgspec.structs.replace(alone, reading=reading)).findings) == found


def test_the_message_reads_as_it_would_be_said():
    (finding,) = check(written("We decided to split it. We told them. We built it. We shipped it. I watched.")).findings
    assert finding.message.startswith('"I" once, "we" 4 times: your part is hard to see.')


def test_four_pronouns_say_nothing():
    verdict = check(written("We built it. We shipped it. We ran it. I slept."))
    assert verdict.measures["i_share"].status == "not_assessed"
    assert not verdict.findings


def test_a_share_is_told_to_a_hundredth():
    assert check(told(4, 2)).measures["i_share"].value == 0.67


def told(i: int, we: int) -> Answer:
    """Return an answer in which each I and each we acts."""
    answer = written("I built it. " * i + "We built it. " * we)
    spans = {
        word: tuple(
            Span(char_start=found.start(), char_end=found.end())
            for found in re.finditer(rf"\b{word}\b", answer.transcript.text)
        )
        for word in ("I", "We")
    }
    acting = Pronouns(i=spans["I"], we=spans["We"], i_share=i / (i + we))
    return msgspec.structs.replace(answer, reading=msgspec.structs.replace(answer.reading, pronouns=acting))


EDGES = {"OWN_PART": (told(19, 31), told(20, 30))}


def test_seven_times_i_are_not_yet_the_whole_story():
    assert not check(told(7, 0)).findings
    assert check(told(8, 0)).findings


ALL_WE = "We decided to split it. We told them. We built it. We shipped it. We ran it."


def asked(text: str, kind: Kind = Kind.STRATEGY):
    return check(written(ALL_WE, question=Question(id="q", text=text, kind=kind)))


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("What is an error budget, and what do you do with it?", Kind.INCIDENT),
        ("Your budget is cut by a fifth, and your goals stay the same. What do you do?", Kind.STRATEGY),
        ("How would you split a team of twenty?", Kind.PEOPLE),
        ("Explain how a code freeze works.", Kind.DEEP_DIVE),
        ("Why did you become a manager?", Kind.MOTIVATION),
    ],
)
def test_nothing_is_said_where_nobodys_part_is_asked_for(question: str, kind: Kind):
    verdict = asked(question, kind)
    assert not verdict.findings
    assert verdict.measures["i_share"].status == "not_assessed"


@pytest.mark.parametrize(
    "question",
    [
        "Tell me about a time you were wrong. What would you do now?",
        "What is the biggest mistake you have made?",
        "How do you hire? Take the last position that you filled.",
        "How has your team dealt with a reorganisation?",
        "Which project are you proud of?",
    ],
)
def test_a_question_for_a_story_asks_for_a_part(question: str):
    assert asked(question).findings


def judged(i: int, we: int):
    return check(written("I built it. " * i + "We ran it. " * we))


def test_who_is_alone_is_quoted_and_told_gently():
    (finding,) = judged(8, 0).findings
    assert finding.severity == "info"
    assert finding.evidence[0].quote == "I built it."
    assert not judged(8, 1).findings
    assert judged(8, 1).measures["i_share"].status == "good"


@pytest.mark.parametrize(("i", "said"), [(0, '"I" never'), (1, '"I" once'), (2, '"I" twice'), (3, '"I" 3 times')])
def test_how_often_is_said_in_words(i, said):
    (finding,) = judged(i, 6).findings
    assert finding.message.startswith(said)
    assert len(finding.evidence) == 5, "not every one is quoted"
