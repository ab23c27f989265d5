"""Single keys from the terminal, without waiting for Enter and without blocking.

The common libraries for this (readchar, click.getchar) only block; a recording must go on while no key comes.
"""

__all__ = ["ENTER", "ESCAPE", "KeySource", "Keys", "Unattended"]

import codecs
import sys
import time
from types import TracebackType
from typing import Protocol, Self

ENTER = "enter"
ESCAPE = "\x1b"
"""The Escape key, and every key that is none of the characters."""

FINISH = "q"
SEQUENCE_S = 0.02
"""The characters of one key follow each other faster than this; voicemock default, unvalidated."""


class KeySource(Protocol):
    """Where keys come from."""

    def poll(self, timeout_s: float) -> str | None:
        """Return the next character typed, "enter" for the Enter key, or None after ``timeout_s``."""

    def wait(self, *wanted: str) -> str:
        """Return the first of the wanted keys to be pressed."""

    def clear(self) -> None:
        """Forget keys pressed before now."""


class Unattended:
    """Nobody at the keyboard: no key ever comes."""

    def poll(self, timeout_s: float) -> str | None:
        """Wait, and return None."""
        time.sleep(timeout_s)
        return None

    def wait(self, *wanted: str) -> str:
        """Return the first of the wanted keys."""
        return wanted[0]

    def clear(self) -> None:
        """Do nothing."""


class Keys:
    """A context in which each key pressed can be polled; the terminal is put back at its end.

    Input that is not a terminal is read in the same way; where it ends, the session is finished.
    """

    def __enter__(self) -> Self:
        self._ended = False
        self._decode = codecs.getincrementaldecoder("utf-8")("ignore").decode
        if sys.platform != "win32":
            self._saved = None
            if sys.stdin.isatty():
                import termios
                import tty

                self._saved = termios.tcgetattr(sys.stdin)
                tty.setcbreak(sys.stdin)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if sys.platform != "win32" and self._saved is not None:
            import termios

            termios.tcsetattr(sys.stdin, termios.TCSADRAIN, self._saved)

    def poll(self, timeout_s: float) -> str | None:
        """Return the next character typed, "enter" for the Enter key, or None after ``timeout_s``."""
        if self._ended:
            time.sleep(timeout_s)
            return FINISH
        key = self._read(timeout_s)
        return ENTER if key in ("\r", "\n") else key or None

    def wait(self, *wanted: str) -> str:
        """Return the first of the wanted keys to be pressed; others are ignored."""
        while True:
            key = (self.poll(0.2) or "").lower()
            if key in wanted:
                return key

    def clear(self) -> None:
        """Forget keys pressed before now, so that an impatient Enter does not end the next answer."""
        while not self._ended and self._read(0.0):
            pass

    if sys.platform == "win32":

        def _read(self, timeout_s: float) -> str:
            import msvcrt

            until = time.monotonic() + timeout_s
            while not msvcrt.kbhit():
                if time.monotonic() >= until:
                    return ""
                time.sleep(0.02)
            key = msvcrt.getwch()
            if key in ("\0", "\xe0"):  # a cursor or function key: a second character says which
                msvcrt.getwch()
                return ESCAPE
            return key

    else:

        def _read(self, timeout_s: float) -> str:
            import os
            import select

            if not select.select([sys.stdin], [], [], timeout_s)[0]:
                return ""
            data = os.read(sys.stdin.fileno(), 1)
            self._ended = not data
            if data == ESCAPE.encode():  # a cursor or function key sends more, at once
                while select.select([sys.stdin], [], [], SEQUENCE_S)[0] and os.read(sys.stdin.fileno(), 1):
                    pass
            return self._decode(data) if data else FINISH
