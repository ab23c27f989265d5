"""What every request passes through: the door, the size of what it brings, and the rules every answer carries."""

__all__ = ["HEADERS", "LARGEST", "LARGEST_PAPERS", "LARGEST_RECORDING", "Gate"]

from collections.abc import Awaitable, Callable, Collection, MutableMapping
from typing import Any
from urllib.parse import parse_qs

from voicemock.page.door import TOKEN, Door, Refusal
from voicemock.page.peer import is_somebody_elses

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

LARGEST = 1_000_000
"""Bytes a request may bring; the text of a question set is far smaller. voicemock default, unvalidated."""

LARGEST_RECORDING = 1_000_000_000
"""Two hours of stereo at CD quality are 1.3 GB, an hour is half of that."""

LARGEST_PAPERS = 20_000_000
"""A job description and a CV with photographs are less together; a transcript is. voicemock default, unvalidated."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self' blob:; "
    "connect-src 'self'; worker-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "microphone=(self), camera=(), geolocation=(), display-capture=(), usb=(), serial=(), hid=()",
}
TOO_BIG = Refusal(413, "That is more than voicemock takes at once.")


class Gate:
    """Stands before the application.

    large: the one path on which a whole recording may come. papers: those for documents.
    """

    def __init__(self, app: App, door: Door, *, large: str, papers: Collection[str]) -> None:
        self._app = app
        self._door = door
        self._large = large
        self._papers = papers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or refuse it."""
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        if scope["type"] == "websocket":
            if self._door.refuses_address(headers) or self._door.refuses("WEBSOCKET", headers):
                await send({"type": "websocket.close", "code": 1008})
            else:
                await self._app(scope, receive, send)
            return
        answer = _Answer(send)
        if wrong := self._door.refuses_address(headers):
            await answer.refuse(wrong)
        elif (
            (key := _key(scope))
            and not is_somebody_elses(scope.get("client"), scope.get("server"))
            and self._door.opens(key)
        ):
            await answer.let_in(self._door)
        elif wrong := self._door.refuses(scope["method"], headers):
            await answer.refuse(wrong)
        else:
            await self._pass_on(scope, receive, answer, headers.get("content-length", "0"))

    async def _pass_on(self, scope: Scope, receive: Receive, answer: "_Answer", length: str) -> None:
        """Hand a request on, and cut it off where it brings more than it may."""
        most = LARGEST_PAPERS if scope["path"] in self._papers else LARGEST
        most = LARGEST_RECORDING if scope["path"] == self._large else most
        if not length.isdecimal() or int(length) > most:
            await answer.refuse(TOO_BIG)
            return
        from starlette.exceptions import HTTPException

        came = 0

        async def counted() -> Message:
            nonlocal came
            message = await receive()
            came += len(message.get("body", b""))
            if came > most:
                raise HTTPException(TOO_BIG.status, TOO_BIG.why)
            return message

        await self._app(scope, counted, answer.send)


class _Answer:
    """One answer on its way out; every one carries the rules, unless its page has stricter ones of its own."""

    def __init__(self, send: Send) -> None:
        self._send = send

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            given = {name.lower() for name, _ in message["headers"]}
            rules = [(name.encode(), value.encode()) for name, value in HEADERS.items() if name.encode() not in given]
            message = {**message, "headers": [*message["headers"], *rules]}
        await self._send(message)

    async def refuse(self, refusal: Refusal) -> None:
        """Say why not, and hang up: what else the request brings is not read."""
        await self._say(refusal.status, "text/plain", f"{refusal.why}\n", [(b"connection", b"close")])

    async def let_in(self, door: Door) -> None:
        """Give the cookie, and go on to the address without the key.

        By the page, not by a redirect: that would still count as coming from the program that opened the address,
        and the browser would keep the cookie back.
        """
        page = (
            '<!doctype html><html lang="en"><title>voicemock</title><link rel="icon" href="data:,">'
            f'<meta http-equiv="refresh" content="0; url={door.home}/"><p><a href="{door.home}/">Open voicemock</a>'
        )
        await self._say(200, "text/html", page, [(b"set-cookie", door.set_cookie().encode())])

    async def _say(self, status: int, kind: str, text: str, headers: list[tuple[bytes, bytes]]) -> None:
        body = text.encode()
        headers = [
            (b"content-type", f"{kind}; charset=utf-8".encode()),
            (b"content-length", str(len(body)).encode()),
            *headers,
        ]
        await self.send({"type": "http.response.start", "status": status, "headers": headers})
        await self.send({"type": "http.response.body", "body": body})


def _key(scope: Scope) -> str | None:
    """Return the key of a first address."""
    if scope["method"] != "GET":
        return None
    found = parse_qs(scope["query_string"].decode("latin-1")).get(TOKEN)
    return found[0] if found else None
