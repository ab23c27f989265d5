"""The open tabs of the page: all of them see the same, and when the last is gone, somebody must notice."""

__all__ = ["Hub"]

import asyncio
import contextlib
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

MOST_TABS = 20


class Hub:
    """Wakes every tab when there is something new to see.

    Everything but ``changed`` and ``alone_s`` happens in the server's own thread.
    """

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._tabs: set[asyncio.Event] = set()
        self._lock = threading.Lock()
        self._left_at: float | None = None

    def attach(self, loop: asyncio.AbstractEventLoop) -> None:
        """Name the loop of the server."""
        self._loop = loop

    @property
    def alone_s(self) -> float:
        """Seconds since the last tab went; 0 while there is one, and before the first came."""
        left_at = self._left_at
        return 0.0 if left_at is None else time.monotonic() - left_at

    @contextmanager
    def tab(self) -> Iterator[asyncio.Event | None]:
        """Give a tab the event that wakes it, set at once; None if there are too many."""
        if len(self._tabs) >= MOST_TABS:
            yield None
            return
        event = asyncio.Event()
        event.set()
        self._tabs.add(event)
        self._left_at = None
        try:
            yield event
        finally:
            self._tabs.discard(event)
            if not self._tabs:
                self._left_at = time.monotonic()

    def changed(self) -> None:
        """Wake every tab; from any thread, at any time."""
        loop = self._loop
        if loop is not None and not loop.is_closed():
            with contextlib.suppress(RuntimeError):  # it closed just now
                loop.call_soon_threadsafe(self._wake)

    def _wake(self) -> None:
        for event in self._tabs:
            event.set()
