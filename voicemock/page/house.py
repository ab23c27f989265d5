"""All that the pages share while voicemock is open: the door, the tabs, and the one session that may be running."""

__all__ = ["House", "Interviewed", "Lan", "Seat"]

import threading
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from voicemock.errors import UsageError
from voicemock.page.board import Board
from voicemock.page.door import Door
from voicemock.page.hub import Hub
from voicemock.page.reply import as_json
from voicemock.page.work import Work

if TYPE_CHECKING:
    from voicemock.jobs.debrief import Debriefed
    from voicemock.page.microphone import Tap
    from voicemock.page.session import Choice, Session
    from voicemock.preparation.seat.tailored import Tailored

GONE_S = 10.0
"""A session whose last tab is gone for this long is ended in order; a page that is loaded anew is back within one.
voicemock default, unvalidated."""

CLOSED_S = 120.0
"""And voicemock itself after this: somebody may only have looked elsewhere. voicemock default, unvalidated."""

PATIENCE_S = 3.0
"""How long there is to write a session's report at the end. voicemock default, unvalidated."""


class Lan(NamedTuple):
    """The other door, for a telephone in the same Wi-Fi; fingerprint: what its certificate is told by."""

    door: Door
    host: str
    fingerprint: str


class Seat(NamedTuple):
    """What was found for a job. notes: what was not read. kept: the set its questions were kept as."""

    found: "Tailored"
    notes: tuple[str, ...]
    kept: str = ""


class Interviewed(NamedTuple):
    """A real interview that was looked at. data: its transcript. notes: what of the history is damaged.

    report: the session its answers were kept in. kept: the set its new questions were kept as.
    """

    name: str
    data: bytes
    found: "Debriefed"
    notes: tuple[str, ...]
    report: str = ""
    kept: str = ""


class House:
    """Shared by every request, in any thread.

    session: the one that is running, or ran last. seat, interviewed: the job and the real interview that were looked
    at last, here alone.
    card: held while the sound card is looked for, tried or taken.
    """

    def __init__(self, door: Door) -> None:
        self.door = door
        self.hub = Hub()
        self.board = Board(self.hub.changed)
        self.lan: Lan | None = None
        self.session: Session | None = None
        self.seat: Seat | None = None
        self.interviewed: Interviewed | None = None
        self.work = Work(self.hub.changed)
        self.card = threading.Lock()
        self._tap: Tap | None = None
        self._tap_lock = threading.Lock()

    @property
    def tap(self) -> "Tap":
        """Where the browser's microphone comes in."""
        from voicemock.page.microphone import Tap  # loads numpy, which the first page should not wait for

        with self._tap_lock:  # a tab and a session may be the first to ask at once, and must get the same one
            self._tap = self._tap or Tap()
            return self._tap

    def release(self, owner: object) -> None:
        """Take note that a tab, and its microphone with it, is gone."""
        if self._tap:
            self._tap.release(owner)
            self.hub.changed()

    def begin(self, choice: "Choice") -> None:
        """Begin a session; raises UsageError if one is running: there is one microphone, and one candidate."""
        from voicemock.page.session import Session

        with self.card:
            if self.session and self.session.running:
                raise UsageError("A session is running already.", hint="Finish that one first; this page shows it.")
            self.session = Session(choice, self.board, self.tap)

    def look_around(self) -> bool:
        """Return whether it is time to close; called several times a second. A session nobody sees is ended."""
        alone_s = self.hub.alone_s
        if self.session and self.session.running:
            if alone_s > GONE_S:
                self.session.hang_up()
            return False
        return alone_s > CLOSED_S and not self.work.running

    def snapshot(self) -> str:
        """Return what every tab sees now, as JSON; given: a tab gives its microphone."""
        given = self._tap is not None and self._tap.open
        return as_json({**msgspec.structs.asdict(self.board.scene), "task": self.work.task, "given": given}).decode()

    def close(self) -> None:
        """End what is running, in order."""
        if self.session:
            self.session.hang_up()
            self.session.wait(PATIENCE_S)
