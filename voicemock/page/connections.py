"""How many may be connected at once: whoever only holds a line open makes room for whoever asks."""

__all__ = ["IDLE_S", "MOST", "protocol"]

from typing import Any

MOST = 60
"""Connections; a page has up to seven. voicemock default, unvalidated."""

IDLE_S = 10.0
"""How long a connection may say nothing, or go on with one request's head. voicemock default, unvalidated."""


def protocol() -> type[Any]:
    """Return uvicorn's way of speaking HTTP, with these limits."""
    from uvicorn.protocols.http.h11_impl import H11Protocol

    class Limited(H11Protocol):
        def connection_made(self, transport: Any) -> None:
            self._timer = self.loop.call_later(IDLE_S, self._hang_up_if_idle)
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
