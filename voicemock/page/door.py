"""Who may come in: whoever opened the first address, in that browser, at that address, and nobody else."""

__all__ = ["COOKIE", "TOKEN", "Door", "Refusal"]

import hmac
import secrets
import threading
from collections.abc import Mapping
from typing import NamedTuple

COOKIE = "voicemock"
TOKEN = "token"
MOST_KEYS = 5
"""Addresses that may wait for their browser; the oldest stops working. voicemock default, unvalidated."""
METHODS = frozenset({"GET", "HEAD", "POST"})
FROM_HERE = frozenset({"", "none", "same-origin"})
"""What a browser may say of where a request comes from; older ones say nothing."""


class Refusal(NamedTuple):
    """Why a request is not answered."""

    status: int
    why: str


WRONG_HOST = Refusal(421, "voicemock answers at the address it printed, and at no other.")
WRONG_ORIGIN = Refusal(403, "Another page asked for this, so voicemock did not answer.")
WRONG_METHOD = Refusal(405, "voicemock does not know that kind of request.")
NO_KEY = Refusal(
    403,
    "This page belongs to whoever started voicemock, in the browser that was opened first.\n"
    "Start `voicemock open` again for a new address.",
)


class Door:
    """Knows the address, the keys that open it once, and the cookie that was given for one.

    home: what every path begins with. Browsers send a cookie to every port of a machine; the path keeps it from
    another program's page at another port.
    """

    def __init__(self, hosts: tuple[str, ...], *, scheme: str = "http", home: str = "") -> None:
        self.home = home or f"/{secrets.token_urlsafe(9)}"
        self._scheme = scheme
        self._hosts = frozenset(hosts)
        self._origins = frozenset(f"{scheme}://{host}" for host in hosts)
        self._cookie = secrets.token_urlsafe(32)
        self._keys: list[str] = []
        self._lock = threading.Lock()

    def new_address(self, host: str) -> str:
        """Return an address that lets one browser in, once."""
        key = secrets.token_urlsafe(32)
        with self._lock:
            self._keys = [*self._keys, key][-MOST_KEYS:]
        return f"{self._scheme}://{host}{self.home}/?{TOKEN}={key}"

    def set_cookie(self) -> str:
        """Return the header that gives a browser its cookie; scripts cannot read it, and other sites cannot send it."""
        secure = "; Secure" if self._scheme == "https" else ""
        return f"{COOKIE}={self._cookie}; Path={self.home}; HttpOnly; SameSite=Strict{secure}"

    def opens(self, key: str) -> bool:
        """Return whether a key of a first address fits, and use it up."""
        with self._lock:
            fitting = [one for one in self._keys if hmac.compare_digest(one.encode(), key.encode())]
            self._keys = [one for one in self._keys if one not in fitting]
        return bool(fitting)

    def refuses_address(self, headers: Mapping[str, str]) -> Refusal | None:
        """Return why a request is refused that was sent to some other name: a site that points its name here."""
        return None if headers.get("host", "") in self._hosts else WRONG_HOST

    def refuses(self, method: str, headers: Mapping[str, str]) -> Refusal | None:
        """Return why a request is refused, None if it is not; method: "WEBSOCKET" for one of those."""
        if method not in METHODS and method != "WEBSOCKET":
            return WRONG_METHOD
        origin = headers.get("origin")
        if origin not in self._origins and (origin is not None or method not in ("GET", "HEAD")):
            return WRONG_ORIGIN
        if headers.get("sec-fetch-site", "") not in FROM_HERE:
            return WRONG_ORIGIN
        given = _cookies(headers.get("cookie", "")).get(COOKIE, "")
        return None if hmac.compare_digest(given.encode(), self._cookie.encode()) else NO_KEY


def _cookies(header: str) -> dict[str, str]:
    pairs = (part.strip().partition("=") for part in header.split(";"))
    return {name: value for name, _, value in pairs}
