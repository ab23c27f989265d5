"""How many may be connected at once: whoever only holds a line open makes room for whoever asks."""

__all__ = ["IDLE_S", "MOST", "CountedSocket", "protocol"]

import contextlib
import socket
from typing import Any

MOST = 60
"""Connections; a page has up to seven. voicemock default, unvalidated."""

IDLE_S = 10.0
"""How long a connection may say nothing, or go on with one request's head. voicemock default, unvalidated."""


class CountedSocket(socket.socket):
    """A listening socket that keeps count of who has come in and not yet said how to encrypt; the oldest makes room.

    On Windows nothing is counted: connections are not accepted through it there.
    """

    def __init__(self) -> None:
        super().__init__(socket.AF_INET, socket.SOCK_STREAM)
        self._waiting: dict[int, socket.socket] = {}

    def accept(self) -> tuple[socket.socket, Any]:
        """Return the next connection and its address, as every socket does."""
        came, address = super().accept()
        self._waiting.pop(came.fileno(), None)  # of one that is gone
        if len(self._waiting) >= MOST:
            with contextlib.suppress(OSError):  # gone by itself
                self._waiting.pop(next(iter(self._waiting))).shutdown(socket.SHUT_RDWR)
        self._waiting[came.fileno()] = came
        return came, address

    def agreed(self, number: int) -> None:
        """Take note that a connection, by its file number, is encrypted."""
        self._waiting.pop(number, None)


def protocol(listening: CountedSocket | None = None) -> type[Any]:
    """Return uvicorn's way of speaking HTTP, with these limits; listening: where encrypted connections come in."""
    from uvicorn.protocols.http.h11_impl import H11Protocol

    class Limited(H11Protocol):
        def connection_made(self, transport: Any) -> None:
            self._timer = self.loop.call_later(IDLE_S, self._hang_up_if_idle)
            if listening:
                listening.agreed(transport.get_extra_info("socket").fileno())
            waiting = [one for one in self.connections if isinstance(one, Limited) and one.idle]
            if len(self.connections) >= MOST and waiting:
                oldest = min(waiting, key=lambda one: one.came_at)
                self.connections.discard(oldest)
                oldest.transport.abort()
            super().connection_made(transport)
            self.came_at = self.loop.time()

        def connection_lost(self, exc: Exception | None) -> None:
            self._timer.cancel()
            super().connection_lost(exc)

        def handle_websocket_upgrade(self, event: Any) -> None:
            self._timer.cancel()
            super().handle_websocket_upgrade(event)

        @property
        def idle(self) -> bool:
            return self.cycle is None or self.cycle.response_complete

        def _hang_up_if_idle(self) -> None:
            if self.cycle is None:
                self.transport.abort()

    return Limited
