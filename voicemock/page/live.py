"""The one line between a tab and voicemock: what happens goes out, keys and the browser's microphone come in."""

__all__ = ["live"]

import asyncio
import contextlib
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from starlette.websockets import WebSocket

    from voicemock.page.house import House

PACE_S = 0.02
"""The shortest time between two messages to a tab; how often a level is shown, the stage decides."""


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """What a tab may say: a key or a note with the moment it is for; a sound it played; that it gives its microphone.

    rate_hz: of the microphone; 0 when it gives it no more.
    """

    key: str = ""
    note: str = ""
    moment: int = -1
    played: int | None = None
    failed: bool = False
    rate_hz: int | None = None


async def live(house: "House", socket: "WebSocket") -> None:
    """Serve one tab until it goes."""
    with house.hub.tab() as woken:
        if woken is None:
            await socket.close(1013)
            return
        await socket.accept()
        telling = asyncio.create_task(_tell(house, socket, woken))
        try:
            while (message := await socket.receive())["type"] == "websocket.receive":
                _take(house, socket, message)
        finally:
            house.release(socket)
            telling.cancel()
            with contextlib.suppress(asyncio.CancelledError, Exception):
                await telling


async def _tell(house: "House", socket: "WebSocket", woken: asyncio.Event) -> None:
    while True:
        await woken.wait()
        woken.clear()
        await socket.send_text(house.snapshot())
        await asyncio.sleep(PACE_S)


def _take(house: "House", socket: "WebSocket", message: Any) -> None:
    """Take what a tab sends; what is not understood is left alone."""
    if (sound := message.get("bytes")) is not None:
        house.tap.feed(socket, sound)
        return
    try:
        said = msgspec.json.decode(message.get("text") or "", type=Message)
    except (msgspec.DecodeError, RecursionError):
        return
    if said.rate_hz:
        house.tap.claim(socket, said.rate_hz)
        house.hub.changed()
    elif said.rate_hz == 0:
        house.release(socket)
    session = house.session
    if session is None:
        return
    if said.key:
        session.keys.press(said.key, said.moment)
    if said.note:
        session.keys.note(said.note, said.moment)
    if said.played is not None:
        session.aloud.played(said.played, failed=said.failed)
