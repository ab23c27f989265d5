"""The page, open in a thread, and a browser's share of talking to it."""

import http.client
import json
import queue
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from voicemock.page.serve import open_server


class Visitor:
    """Whoever talks to an open page. address: the first one. cookie: once it let somebody in."""

    def __init__(self, server: Any, address: str) -> None:
        self.server = server
        self.house = server.house
        self.address = address
        self.host, self.first = re.fullmatch(r"http://([^/]+)(/.*)", address).groups()
        self.home = self.house.door.home
        self.cookie = ""

    @property
    def origin(self) -> str:
        return f"http://{self.host}"

    def ask(self, path: str, method: str = "GET", body: bytes | None = None, **headers: str | None):
        """Return the answer to one request as a browser would send it; a header set to None is left out."""
        given = {"Host": self.host, "Cookie": self.cookie, "Sec-Fetch-Site": "same-origin"}
        if method != "GET":
            given["Origin"] = self.origin
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        line = http.client.HTTPConnection(self.host, timeout=60)
        try:
            line.request(method, path, body, {name: value for name, value in given.items() if value is not None})
            answer = line.getresponse()
            answer.body = answer.read()
            answer.text = answer.body.decode("utf-8", "replace")
            return answer
        finally:
            line.close()

    def enter(self) -> None:
        answer = self.ask(self.first, Cookie=None, Sec_Fetch_Site="none")
        assert answer.status == 200
        self.cookie = answer.headers["set-cookie"].partition(";")[0]

    def get(self, path: str):
        return self.ask(f"{self.home}{path}")

    def json(self, path: str) -> Any:
        return json.loads(self.get(path).text)

    def post(self, path: str, data: Any = None):
        answer = self.ask(f"{self.home}{path}", "POST", json.dumps(data).encode(), Content_Type="application/json")
        answer.data = json.loads(answer.text) if answer.headers["content-type"] == "application/json" else None
        return answer


@contextmanager
def open_page(*, lan: bool = False) -> Iterator[Visitor]:
    """Open the page at a free port; the test must allow 127.0.0.1."""
    addresses: queue.Queue[str] = queue.Queue()
    server, listening = open_server(port=0, opened=addresses.put, lan=lan)
    thread = threading.Thread(target=server.run, args=([listening],))
    thread.start()
    try:
        yield Visitor(server, addresses.get(timeout=60))
    finally:
        server.should_exit = True
        thread.join(20)


@pytest.fixture(name="opened", scope="module")
def opened_once() -> Iterator[Visitor]:
    """Open the page for all tests of a file, and go in."""
    with open_page() as visitor:
        visitor.enter()
        yield visitor
