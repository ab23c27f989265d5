"""The live view at two sizes, with and without colour, and in words alone."""

import io
from types import SimpleNamespace

import pytest
from rich.console import Console

from tests.golden_files import FOLDER, check_golden
from voicemock.cli.screen import LiveScreen, PlainScreen, render_turn
from voicemock.interview.stage import TurnView
from voicemock.schema import Kind, Question

QUESTION = Question(
    id="q",
    text="Tell me about a time you disagreed with your manager about a decision. What did you do?",
    kind=Kind.BEHAVIOURAL,
    tests="Whether you can disagree openly and still commit.",
)


def recorder(**values):
    return SimpleNamespace(**{"elapsed_s": 72.0, "level_db": -22.0, "clipped": False, "error": None, **values})


def shown(view: TurnView, *, width: int, height: int, blind: bool = False) -> str:
    console = Console(file=io.StringIO(), width=width, height=height, force_terminal=True, color_system=None)
    LiveScreen(console, blind=blind).asked(QUESTION, "Question 2 of 5")
    console.print(render_turn(view, width=width, height=height))
    return console.file.getvalue()


BUSY = {
    "counts": 7,
    "countdown_s": 2.4,
    "partial": "so we had promised it to the sales people and " * 12,
    "note": "Say the number first",
    "message": "Finish the session? Ctrl-C again finishes, anything else goes on.",
}


@pytest.mark.parametrize(("width", "height"), [(80, 24), (120, 40)])
@pytest.mark.parametrize("name", ["calm", "busy"])
def test_fits_and_looks_as_it_did(name, width, height):
    view = TurnView(recorder(clipped=name == "busy"), QUESTION, **(BUSY if name == "busy" else {}))
    text = shown(view, width=width, height=height)
    lines = text.splitlines()
    assert len(lines) <= height
    assert all(len(line) <= width for line in lines)
    check_golden(FOLDER / f"screen-{name}-{width}x{height}.txt", text.encode())


@pytest.mark.parametrize(("width", "cells"), [(57, 24), (56, 23), (40, 7), (37, 4)])
def test_a_narrow_terminal_shortens_the_bar_and_not_the_clock(width, cells):
    view = TurnView(recorder(clipped=True, elapsed_s=754.0, level_db=-30.0), QUESTION)
    lines = shown(view, width=width, height=24).splitlines()
    assert any("12:34 of 1:00–2:30" in line for line in lines)
    assert any("too loud: move back" in line for line in lines)
    level = next(line for line in lines if line.startswith("level"))
    assert (level.count("█"), level.count("█") + level.count("·")) == (round(cells / 2), cells)


def test_blind_hides_the_question():
    assert "disagreed" not in shown(TurnView(recorder(), QUESTION), width=80, height=24, blind=True)


def test_without_colour_states_are_told_in_words():
    assert "pause" in shown(TurnView(recorder(), QUESTION, paused=True), width=80, height=24)
    assert "too loud" in shown(TurnView(recorder(clipped=True), QUESTION), width=80, height=24)


def test_a_question_is_not_taken_for_markup():
    console = Console(file=io.StringIO(), width=80)
    PlainScreen(console).asked(Question(id="q", text="[red]Why?[/red]", kind=Kind.BEHAVIOURAL), "[bold]1")
    assert "[red]Why?[/red]" in console.file.getvalue()


def test_plain_says_each_minute_once_and_moves_nothing():
    console = Console(file=io.StringIO(), width=80, force_terminal=True)
    screen = PlainScreen(console)
    view = TurnView(recorder(elapsed_s=61.0), QUESTION)
    with screen.recording(view):
        screen.moved(view)
        screen.moved(view)
    assert console.file.getvalue().count("1:00 of 2:30.") == 1
    assert "\x1b[" not in console.file.getvalue()


def test_plain_says_what_the_keys_did():
    console = Console(file=io.StringIO(), width=80)
    screen = PlainScreen(console)
    view = TurnView(recorder(elapsed_s=1.0), QUESTION)
    for change in ({"paused": True}, {"paused": False}, {"partial": "so we moved it"}, {"note": ""}, {"note": None}):
        for name, value in change.items():
            setattr(view, name, value)
        screen.moved(view)
        screen.moved(view)
    assert console.file.getvalue().splitlines() == [
        "Paused.",
        "Going on.",
        "Heard so far: so we moved it",
        "Type a note; Enter keeps it, Escape drops it. Recording goes on.",
    ]


class Dead:
    missing = True


def test_a_dead_microphone_is_told_while_it_is_dead_and_recording_goes_on():
    view = TurnView(recorder(level_db=-100.0), QUESTION, sound=Dead())
    dead = shown(view, width=80, height=24)
    assert "No sound is coming from the microphone. Is it muted" in dead
    assert "Recording goes on." in dead
    view.sound.missing = False
    assert "No sound" not in shown(view, width=80, height=24)


def test_plain_says_once_that_nothing_arrives_and_once_that_it_does_again():
    console = Console(file=io.StringIO(), width=80)
    screen = PlainScreen(console)
    view = TurnView(recorder(elapsed_s=5.0), QUESTION, sound=Dead())
    for paused, missing in ((False, True), (False, True), (True, True), (False, False), (False, False)):
        view.paused, view.sound.missing = paused, missing
        screen.moved(view)
    said = console.file.getvalue()
    assert said.count("No sound is coming") == said.count("Sound is coming from the microphone again") == 1


def test_a_question_that_could_not_be_heard_is_shown_after_all():
    console = Console(file=io.StringIO(), width=80)
    screen = PlainScreen(console, blind=True)
    screen.asked(QUESTION, "Question 1 of 2")
    assert "disagreed" not in console.file.getvalue()
    screen.unspoken(QUESTION)
    assert "disagreed" in console.file.getvalue()
