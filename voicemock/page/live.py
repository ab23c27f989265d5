"""The one line between a tab and voicemock: what happens goes out, keys and the browser's microphone come in."""

__all__ = ["live"]

import asyncio
import contextlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from starlette.websockets import WebSocket

    from voicemock.page.house import House

PACE_S = 0.1
"""The shortest time between two messages to a tab."""


async def live(house: "House", socket: "WebSocket") -> None:
    """Serve one tab until it goes."""
    from starlette.websockets import WebSocketDisconnect

    house.hub.attach(asyncio.get_running_loop())
    with house.hub.tab() as woken:
        if woken is None:
            await socket.close(1013)
            return
        await socket.accept()
        telling = asyncio.create_task(_tell(house, socket, woken))
        try:
            while True:
                await _take(house, await socket.receive())
        except (WebSocketDisconnect, RuntimeError):
            pass
        finally:
            telling.cancel()
            with contextlib.suppress(asyncio.CancelledError, Exception):
                await telling


async def _tell(house: "House", socket: "WebSocket", woken: asyncio.Event) -> None:
    while True:
        await woken.wait()
        woken.clear()
        await socket.send_text(house.snapshot())
        await asyncio.sleep(PACE_S)


async def _take(house: "House", message: Any) -> None:
    """Take what a tab sends; what is not understood is left alone."""
    from starlette.websockets import WebSocketDisconnect

    if message["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(message.get("code", 1000))
