"""The candidate's keys: from any tab, each for the moment it was pressed in."""

__all__ = ["HungUp", "PageKeys"]

import queue
import threading

from voicemock.interview.stage import ENTER
from voicemock.page.board import Board, Phase
from voicemock.printable import one_line

WHILE_RECORDING = frozenset({ENTER, "p", "r", "h", "s", "q", "t"})
NOTE = "n"
LONGEST_NOTE = 500
POLL_S = 0.2


class HungUp(BaseException):
    """The session must end now. Like KeyboardInterrupt, not an Exception, so that nobody mistakes it for a failure."""


class PageKeys:
    """A source of keys that the tabs fill.

    hung_up: once it is set, the session ends in order at its next look for a key.
    """

    def __init__(self, board: Board, hung_up: threading.Event) -> None:
        self._board = board
        self._hung_up = hung_up
        self._queue: queue.SimpleQueue[tuple[int, str]] = queue.SimpleQueue()

    def press(self, key: str, moment: int) -> None:
        """Take a key; one that is not waited for, or turns out to be for another moment, is left alone."""
        scene = self._board.scene
        wanted = WHILE_RECORDING if scene.phase is Phase.RECORDING else frozenset(scene.keys)
        if key in wanted:
            self._queue.put((moment, key))

    def note(self, text: str, moment: int) -> None:
        """Take a note, as if it had been typed."""
        scene = self._board.scene
        text = " ".join(one_line(text).split())[:LONGEST_NOTE]
        if scene.phase is Phase.RECORDING and text:
            for key in (NOTE, *text, ENTER):
                self._queue.put((moment, key))

    def poll(self, timeout_s: float) -> str | None:
        """Return the next key, or None after ``timeout_s``; raises HungUp."""
        if self._hung_up.is_set():
            raise HungUp
        try:
            moment, key = self._queue.get(timeout=timeout_s)
        except queue.Empty:
            return None
        return key if moment == self._board.scene.moment else None

    def wait(self, *wanted: str) -> str:
        """Show which keys are waited for, and return the first of them to be pressed."""
        self._board.turn(phase=Phase.WAITING, keys=wanted)
        while True:
            key = self.poll(POLL_S)
            if key in wanted:
                self._board.turn(phase=Phase.ASKING, keys=())
                return key

    def clear(self) -> None:
        """Forget keys pressed before now."""
        while not self._queue.empty():
            self._queue.get()
