"""What every tab sees of a session: one value, changed in one place, so that two tabs cannot differ."""

__all__ = ["Board", "Line", "Live", "Phase", "Put", "Scene"]

import enum
import threading
from collections.abc import Callable
from typing import Any

import msgspec


class Phase(enum.StrEnum):
    """Where a session stands."""

    NONE = "none"
    STARTING = "starting"
    ASKING = "asking"
    RECORDING = "recording"
    LISTENING = "listening"
    WAITING = "waiting"
    """For a key."""
    ENDED = "ended"
    FAILED = "failed"


class Line(msgspec.Struct, frozen=True):
    """Something that was said about the session."""

    text: str
    warning: bool = False


class Put(msgspec.Struct, frozen=True, kw_only=True):
    """The question asked; text: None while it is only to be heard. spoken: False if there was no voice for it."""

    heading: str
    text: str | None
    tests: str = ""
    spoken: bool = True
    target_s: tuple[float, float]


class Live(msgspec.Struct, frozen=True, kw_only=True):
    """A recording under way, as ``TurnView`` has it."""

    elapsed_s: float
    level_db: float
    clipped: bool
    paused: bool
    unheard: bool
    counts: int | None
    countdown_s: float | None
    partial: str | None
    message: str


class Scene(msgspec.Struct, frozen=True, kw_only=True):
    """All there is to see.

    moment: counts what a key can be meant for; one that was pressed for an earlier moment is not taken for this one.
    keys: those that are waited for. summary: of the last answer, in lines; earlier: it is of the one before.
    worked, steps, missing: of the whole session, once it has ended; report: of a drill or a round.
    session: its id, once it has one.
    browser: its microphone is a tab's. say: the number of what a tab is to play, None if nothing is.
    level_db: of a microphone that is tried out.
    """

    phase: Phase = Phase.NONE
    moment: int = 0
    title: str = ""
    session: str = ""
    said: tuple[Line, ...] = ()
    put: Put | None = None
    live: Live | None = None
    keys: tuple[str, ...] = ()
    summary: tuple[str, ...] = ()
    earlier: bool = False
    worked: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    report: tuple[str, ...] = ()
    problem: Line | None = None
    browser: bool = False
    say: int | None = None
    level_db: float | None = None


class Board:
    """Holds the scene; changed: is called after every change, and must return at once."""

    def __init__(self, changed: Callable[[], None]) -> None:
        self._changed = changed
        self._lock = threading.Lock()
        self.scene = Scene()

    def begin(self, **first: Any) -> None:
        """Show a new scene; no key pressed until now counts for it."""
        with self._lock:
            self.scene = Scene(moment=self.scene.moment + 1, **first)
        self._changed()

    def show(self, **changes: Any) -> None:
        """Change some of the scene."""
        with self._lock:
            self.scene = msgspec.structs.replace(self.scene, **changes)
        self._changed()

    def turn(self, **changes: Any) -> None:
        """Change some of the scene, and let no key pressed until now count for what follows."""
        with self._lock:
            self.scene = msgspec.structs.replace(self.scene, moment=self.scene.moment + 1, **changes)
        self._changed()

    def say(self, line: Line, *, most: int = 6) -> None:
        """Add a line to what was said."""
        with self._lock:
            self.scene = msgspec.structs.replace(self.scene, said=(*self.scene.said, line)[-most:])
        self._changed()

    def forget(self, session: str) -> None:
        """Show no more of a session that was deleted."""
        with self._lock:
            if self.scene.session == session:
                self.scene = Scene(moment=self.scene.moment + 1)
        self._changed()
