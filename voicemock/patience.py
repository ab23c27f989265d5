"""Waiting that a stopped process does not use up."""

__all__ = ["Patience", "now_s"]

import time

LONGEST_STEP_S = 0.25
"""More than this between two looks is time in which the process did not run. voicemock default, unvalidated."""


def now_s() -> float:
    """Return seconds that pass while the process is stopped and while the machine sleeps, too.

    Linux counts its sleep in CLOCK_BOOTTIME alone, macOS in CLOCK_MONOTONIC, which Python's own there does not read.
    """
    kind = getattr(time, "CLOCK_BOOTTIME", None) or getattr(time, "CLOCK_MONOTONIC", None)
    return time.monotonic() if kind is None else time.clock_gettime(kind)


class Patience:
    """Runs out after some seconds without a sign of life; time in which the process stood still does not count.

    A stopped process (Ctrl-Z, a laptop's lid) must not take its own silence for another's.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self.renew()

    def renew(self) -> None:
        """Start again: there was a sign of life."""
        self._spent_s, self._seen_at = 0.0, now_s()

    def is_out(self) -> bool:
        """Look whether it ran out; to be called several times a second."""
        at = now_s()
        self._spent_s += min(at - self._seen_at, LONGEST_STEP_S)
        self._seen_at = at
        return self._spent_s > self._seconds
