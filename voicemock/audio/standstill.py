"""Notice that the process, or the whole machine, stood still while it recorded: Ctrl-Z, a debugger, a laptop's lid."""

__all__ = ["Missing", "Standstill"]

from typing import NamedTuple, Protocol

from voicemock.patience import now_s

NOTICED_S = 2.0
"""A thread that looks several times a second and comes so late did not run. voicemock default, unvalidated."""

SETTLED_S = 3.0
"""After a standstill the sound system first gives what it had kept, up to seconds of it (PulseAudio, measured)."""

LEAST_S = 0.5
"""Less than this may be the device's own delay, and is not worth a word. voicemock default, unvalidated."""

REOPENED_WITHIN_S = 30.0
"""A device that fails so soon after a standstill failed because of it. voicemock default, unvalidated."""


class Missing(NamedTuple):
    """Sound that was not recorded.

    at_s: where in the recording. lasted_s: how much of it.
    """

    at_s: float
    lasted_s: float


class Recording(Protocol):
    """What is watched: how long it is, and what of it is known to be missing."""

    missing: list[Missing]

    @property
    def elapsed_s(self) -> float:
        """Seconds recorded so far."""
        ...


class Standstill:
    """Compares the clock with the recording: what the clock has more, after a standstill, is missing."""

    def __init__(self, recording: Recording) -> None:
        self._recording = recording
        self._looked_at = now_s()
        self._open: tuple[float, float, float] | None = None  # recorded before it, began at, lasted
        self._reopen_until = 0.0

    def look(self, *, paused: bool) -> None:
        """Look at the clock, several times a second; what is said in a pause is not missed."""
        now = now_s()
        stood_s, before = now - self._looked_at, self._looked_at
        self._looked_at = now
        if stood_s > NOTICED_S:
            self._reopen_until = now + REOPENED_WITHIN_S
            if not paused and self._open is None:
                self._open = (self._recording.elapsed_s, before, stood_s)
        elif self._open and (paused or now - self._open[1] - self._open[2] > SETTLED_S):
            self.settle()

    def settle(self) -> None:
        """Reckon what the last standstill cost."""
        if self._open:
            (recorded_s, began_at, stood_s), self._open = self._open, None
            gone_s = now_s() - began_at - (self._recording.elapsed_s - recorded_s)
            if (lost_s := min(gone_s, stood_s)) >= LEAST_S:
                self._recording.missing.append(Missing(recorded_s, lost_s))

    def may_reopen(self) -> bool:
        """Return whether a device that now fails should be opened again; once after each standstill."""
        wanted, self._reopen_until = now_s() < self._reopen_until, 0.0
        return wanted
