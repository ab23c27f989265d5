"""Single keys from a real terminal, and from input that is none."""

import io
import os
import pty
import sys
import termios

import pytest

from voicemock.cli.keys import ENTER, Keys
from voicemock.cli.output import guard_streams

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")


@pytest.fixture
def terminal(monkeypatch):
    typing, stdin = pty.openpty()
    with os.fdopen(stdin) as file:
        monkeypatch.setattr(sys, "stdin", file)
        yield typing
    os.close(typing)


def test_keys_come_without_enter(terminal):
    with Keys() as keys:
        os.write(terminal, b"s\r")
        assert [keys.poll(1), keys.poll(1), keys.poll(0.01)] == ["s", ENTER, None]


@pytest.mark.parametrize("sequence", [b"\x1bOQ", b"\x1b[H", b"\x1b[15~", b"\x1b[1;5D"])
def test_cursor_and_function_keys_are_no_letters(terminal, sequence):
    with Keys() as keys:
        os.write(terminal, sequence)
        assert [keys.poll(1), keys.poll(0.05)] == ["\x1b", None]


def test_letters_beyond_ascii_come_whole(terminal):
    with Keys() as keys:
        os.write(terminal, "é".encode())
        assert [keys.poll(1), keys.poll(1)] == [None, "é"]


def test_the_terminal_is_put_back(terminal):
    before = termios.tcgetattr(sys.stdin)
    with Keys():
        assert termios.tcgetattr(sys.stdin) != before
    assert termios.tcgetattr(sys.stdin) == before


def test_keys_pressed_before_are_forgotten(terminal):
    with Keys() as keys:
        os.write(terminal, b"\r\r\r")
        keys.clear()
        assert keys.poll(0.01) is None


def test_waiting_ignores_other_keys(terminal):
    with Keys() as keys:
        os.write(terminal, b"xyq")
        assert keys.wait(ENTER, "q") == "q"


def test_where_the_input_ends_the_session_finishes(monkeypatch):
    reading, writing = os.pipe()
    os.write(writing, b"\n")
    os.close(writing)
    with os.fdopen(reading) as file:
        monkeypatch.setattr(sys, "stdin", file)
        with Keys() as keys:
            assert [keys.poll(1), keys.poll(1), keys.poll(0.01)] == [ENTER, "q", "q"]
            keys.clear()


def test_an_input_that_is_closed_has_ended(monkeypatch):
    for name, stream in (("stdin", None), ("stdout", io.StringIO()), ("stderr", io.StringIO())):
        monkeypatch.setattr(sys, name, stream)
    guard_streams()
    with sys.stdin, Keys() as keys:
        assert keys.wait("q") == "q"
