"""The takes of one question side by side."""

import json

import msgspec
import pytest
from typer.testing import CliRunner

from tests.hostile import HOSTILE
from tests.practised import answered, begun, killed
from tests.weeks import questions, row, said, session
from voicemock.cli.main import app
from voicemock.errors import UnknownNameError, UsageError
from voicemock.progress.compare import compare, own_answers, render_takes
from voicemock.schema import SignalName

ASKED = questions()[0]
STORY = "I moved the billing service to Postgres over one weekend and nobody noticed that it had happened."
NEW = "Over one weekend in March the billing service went to Postgres, and not a single customer called us."


def heard(*takes):
    names = (SignalName.METRIC, SignalName.ACTION)
    rows = [row(session(n), ASKED, expected=dict(zip(names, take, strict=True))) for n, take in enumerate(takes)]
    return [[change.value for change in take.signals.values()] for take in compare(rows, "q0").takes]


def test_signals_are_kept_dropped_and_added_and_what_cannot_be_told_is_neither():
    assert heard((False, True), (True, None), (None, True), (False, False)) == [
        ["not heard", "heard"],
        ["added", "–"],
        ["–", "kept"],
        ["dropped", "dropped"],
    ]


def test_a_take_word_for_word_as_the_one_before_sounds_rehearsed():
    rows = [
        one for n, text in enumerate((STORY, NEW, NEW + " We were glad.")) for one in said(text, [n], question=ASKED)
    ]
    first, second, third = (take.same for take in compare(rows, "q0").takes)
    assert first is None
    assert second == 0
    assert third == pytest.approx(15 / 18, abs=0.03)
    assert "sounds rehearsed" in render_takes(compare(rows, "q0"))
    assert "sounds rehearsed" not in render_takes(compare(rows[:2], "q0"))


def test_earlier_takes_of_a_session_are_takes_too():
    rows = [row(session(0), ASKED, replaced=True), row(session(0), ASKED, take=2)]
    assert [take.take for take in compare(rows, "q0").takes] == [1, 2]
    assert compare(rows, "q1") is None


def test_the_demo_and_recordings_which_may_be_anybodys_are_no_takes_of_yours():
    demo, review = session(1, title="Demo", question_set=None), session(2, title="Review", question_set=None)
    rows = [row(session(0), ASKED), row(demo, ASKED), row(review, ASKED), row(session(3), ASKED, said="")]
    assert own_answers(rows) == (rows[0],)


def test_follow_ups_ask_for_something_else_each_time_and_are_no_takes():
    probe = msgspec.structs.replace(ASKED, id="q0-follow-up-1")
    rows = [row(session(0), ASKED), row(session(0), probe, follows="q0")]
    assert own_answers(rows) == (rows[0],)


def test_the_latest_four_stand_side_by_side_within_the_width_of_a_terminal():
    rows = [row(session(n), msgspec.structs.replace(ASKED, text=HOSTILE)) for n in range(6)]
    shown = render_takes(compare(rows, "q0"))
    assert "Earlier takes: 2." in shown
    assert "take 3       take 4       take 5       take 6" in shown, "numbered as on the page"
    assert max(map(len, shown.splitlines())) < 80
    assert "\x1b" not in shown


def run(*arguments):
    return CliRunner().invoke(app, ["compare", *arguments], catch_exceptions=False)


def test_the_command_shows_takes_lists_questions_and_names_what_it_does_not_know():
    assert "You have not answered a question yet." in run().stdout
    store = begun()
    answered(store, 1)
    answered(store, 1)
    killed(store)
    assert "q1: 2 takes" in run().stdout
    assert "take 2" in run("q1").stdout
    assert len(json.loads(run("q1", "--json", "-").stdout)["takes"]) == 2
    with pytest.raises(UnknownNameError, match="no answered question 'q7'"):
        run("q7")
    with pytest.raises(UsageError, match="needs a question"):
        run("--json", "-")
