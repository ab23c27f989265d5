"""The interviewer's words, played by the browser where the machine has no loudspeaker, or its owner is elsewhere."""

__all__ = ["Aloud"]

import threading
import wave
from pathlib import Path

from voicemock.errors import DeviceError
from voicemock.page.board import Board
from voicemock.page.keys import HungUp

SPARE_S = 8.0
"""How much longer than it lasts a sound may take until a tab has played it. voicemock default, unvalidated."""
POLL_S = 0.1


class Aloud:
    """Gives one sound after another to the tabs, and waits until one has played it.

    hung_up: ends the wait.
    """

    def __init__(self, board: Board, hung_up: threading.Event) -> None:
        self._board = board
        self._hung_up = hung_up
        self._lock = threading.Lock()
        self._number = 0
        self._sound = b""
        self._done = threading.Event()
        self._failed = False

    def play(self, path: Path) -> None:
        """Have a sound file played to its end; raises DeviceError if no tab could."""
        with wave.open(str(path)) as file:
            lasts_s = file.getnframes() / file.getframerate()
        with self._lock:  # what a tab says late of the sound before must not count for this one
            self._number, self._sound, self._failed = self._number + 1, path.read_bytes(), False
            self._done.clear()
        self._board.show(say=self._number)
        try:
            self._wait(lasts_s + SPARE_S)
        finally:
            self._board.show(say=None)
        if self._failed or not self._done.is_set():
            raise DeviceError("The page could not play the interviewer's words.", hint="Allow it to play sound.")

    def _wait(self, left_s: float) -> None:
        while left_s > 0 and not self._done.wait(POLL_S):
            if self._hung_up.is_set():
                raise HungUp
            left_s -= POLL_S

    def sound(self, number: str) -> bytes | None:
        """Return the sound that is to be played now, None if that is another."""
        return self._sound if self._sound and number == str(self._number) else None

    def played(self, number: int, *, failed: bool) -> None:
        """Take note that a tab has played a sound, or could not."""
        with self._lock:
            if number == self._number:
                self._failed = failed
                self._done.set()
