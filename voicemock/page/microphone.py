"""The browser's microphone: what a tab sends is recorded as the sound card's would be, as safely."""

__all__ = ["BrowserMicrophone", "Tap"]

import threading
import time
from collections.abc import Callable
from pathlib import Path

from voicemock.audio.record import OnBlock, Recorder
from voicemock.audio.sound_card import Block, SourceEnd, lost
from voicemock.errors import DeviceError

RATES_HZ = (8_000, 192_000)
ON_ITS_WAY_S = 0.25
"""What was said before the key is still on its way from the tab for as long. voicemock default, unvalidated."""

NOBODY, PRESS = "No page gives its microphone.", "Press “Use this page's microphone and sound”, and allow it."


class Tap:
    """Where the sound of one tab comes in; dropped unless something is being recorded.

    A tab that is loaded anew goes on in the same recording if it is back before the recorder loses patience.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._owner: object | None = None
        self._rate_hz = 0
        self._put: Callable[[Block | SourceEnd], None] | None = None

    @property
    def open(self) -> bool:
        """Whether a tab gives its microphone."""
        return self._owner is not None

    def claim(self, owner: object, rate_hz: int) -> bool:
        """Let a tab give its microphone, unless another is recorded; return whether it may."""
        if not RATES_HZ[0] <= rate_hz <= RATES_HZ[1]:
            return False
        with self._lock:
            if self._put and self._owner not in (None, owner):
                return False
            if self._put and rate_hz != self._rate_hz:
                self._put(SourceEnd(lost("was changed")))
            self._owner, self._rate_hz = owner, rate_hz
            return True

    def release(self, owner: object) -> None:
        """Take note that a tab is gone."""
        with self._lock:
            if self._owner is owner:
                self._owner = None

    def feed(self, owner: object, pcm: bytes) -> None:
        """Take the next samples, 16 bit and mono."""
        with self._lock:
            if self._owner is owner and self._put and pcm:
                self._put(Block(pcm[: len(pcm) // 2 * 2]))

    def start(self, put: Callable[[Block | SourceEnd], None]) -> int:
        """Begin to give what comes, and return its rate; raises DeviceError."""
        with self._lock:
            if self._owner is None:
                raise DeviceError(NOBODY, hint=PRESS)
            self._put = put
            return self._rate_hz

    def stop(self) -> None:
        """Give what was said until now; nothing more is put then."""
        if self._put and self.open:
            time.sleep(ON_ITS_WAY_S)
        with self._lock:
            self._put = None


class BrowserMicrophone:
    """The microphone of a tab, and the one who finds it."""

    name = "the browser's microphone"

    def __init__(self, tap: Tap) -> None:
        self._tap = tap

    def record(self, path: Path, *, on_block: OnBlock | None = None) -> Recorder:
        """Return a context manager that records into ``path``, as ``Microphone`` says."""
        return Recorder(path, self._tap, on_block=on_block)

    def check(self) -> None:
        """Raise DeviceError if no tab gives its microphone."""
        if not self._tap.open:
            raise DeviceError(NOBODY, hint="Allow this page to use it, and begin again.")

    def find(self) -> "BrowserMicrophone":
        """Return it; raises DeviceError. A session is on, and so the page has a button for it."""
        if not self._tap.open:
            raise DeviceError(NOBODY, hint=PRESS)
        return self
