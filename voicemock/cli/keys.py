"""Single keys from the terminal, without waiting for Enter and without blocking.

The common libraries for this (readchar, click.getchar) only block; a recording must go on while no key comes.
"""

__all__ = ["Keys"]

import codecs
import os
import signal
import sys
import threading
import time
from types import FrameType, TracebackType
from typing import Any, Self

from voicemock.interview.stage import ENTER, ESCAPE

FINISH = "q"
SHOW_CURSOR = b"\x1b[?25h"
SEQUENCE_S = 0.02
"""The characters of one key follow each other faster than this; voicemock default, unvalidated."""


class Keys:
    """A context in which each key pressed can be polled; the terminal is put back at its end.

    Input that is not a terminal is read in the same way; when it ends, the session is finished.
    """

    def __enter__(self) -> Self:
        self._ended = False
        self._decode = codecs.getincrementaldecoder("utf-8")("ignore").decode
        if sys.platform != "win32":
            self._saved = None
            if sys.stdin.isatty():
                import termios

                self._saved = termios.tcgetattr(sys.stdin)
                self._take_terminal()
                self._outlive_a_stop()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if sys.platform != "win32" and self._saved is not None:
            for number, handler in self._handlers.items():
                signal.signal(number, handler)
            self._give_terminal_back()

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

    if sys.platform != "win32":

        def _take_terminal(self) -> None:
            import tty

            tty.setcbreak(sys.stdin)

        def _give_terminal_back(self) -> None:
            import termios

            if self._saved is not None:
                termios.tcsetattr(sys.stdin, termios.TCSADRAIN, self._saved)

        def _outlive_a_stop(self) -> None:
            """Leave the shell its terminal on Ctrl-Z, its cursor too, and take it again when the session goes on."""
            self._handlers: dict[int, Any] = {}
            if threading.current_thread() is not threading.main_thread():
                return

            def stop(number: int, _frame: FrameType | None) -> None:
                self._give_terminal_back()
                if os.isatty(1):
                    os.write(1, SHOW_CURSOR)
                signal.signal(number, signal.SIG_DFL)
                os.kill(os.getpid(), number)

            def go_on(_number: int, _frame: FrameType | None) -> None:
                signal.signal(signal.SIGTSTP, stop)
                if os.tcgetpgrp(sys.stdin.fileno()) == os.getpgrp():  # else in the background: the shell's terminal
                    self._take_terminal()

            for number, handler in ((signal.SIGTSTP, stop), (signal.SIGCONT, go_on)):
                self._handlers[number] = signal.signal(number, handler)

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
            import select

            if not select.select([sys.stdin], [], [], timeout_s)[0]:
                return ""
            data = os.read(sys.stdin.fileno(), 1)
            self._ended = not data
            if data == ESCAPE.encode():  # a cursor or function key sends more, at once
                while select.select([sys.stdin], [], [], SEQUENCE_S)[0] and os.read(sys.stdin.fileno(), 1):
                    pass
            return self._decode(data) if data else FINISH
