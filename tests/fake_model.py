"""A model server on loopback: as much of Ollama's or llama.cpp's as one question needs, and every way it can fail."""

import contextlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class ModelServer(ThreadingHTTPServer):
    """The server, what it replies with, and what it was asked.

    writes: what the model writes. page: sent in place of a reply. refuses: fields of a request it does not know.
    hangs: no answer comes until ``released``. drips: "head" or "body", sent by the letter.
    """

    daemon_threads = True

    def __init__(self, writes: Any) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.writes = writes if isinstance(writes, str) else json.dumps(writes)
        self.page: bytes | None = None
        self.status = 200
        self.headers: dict[str, str] = {}
        self.refuses: set[str] = set()
        self.hangs = False
        self.drips = ""
        self.released = threading.Event()
        self.requests: list[dict[str, Any]] = []
        self.paths: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"

    def asked(self) -> dict[str, Any]:
        """Return the data in the only request."""
        (request,) = self.requests
        return json.loads(request["messages"][-1]["content"])

    def handle_error(self, request, client_address) -> None:
        """Say nothing when a client hangs up."""


@contextlib.contextmanager
def fake_model(writes: Any = "{}") -> Iterator[ModelServer]:
    server = ModelServer(writes)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.released.set()
        server.shutdown()
        server.server_close()
        thread.join()


class Handler(BaseHTTPRequestHandler):
    server: ModelServer

    def log_message(self, format: str, *args: object) -> None:
        """Keep the tests' output clean."""

    def do_GET(self) -> None:
        self.server.paths.append(self.path)
        self.answer(200, b"")

    def do_POST(self) -> None:
        server = self.server
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        server.paths.append(self.path)
        if server.refuses & request.keys():
            self.answer(400, b'{"error": "unknown field"}')
            return
        server.requests.append(request)
        if server.hangs:
            server.released.wait(30)
        reply = json.dumps({"choices": [{"message": {"role": "assistant", "content": server.writes}}]}).encode()
        self.answer(server.status, reply if server.page is None else server.page)

    def answer(self, status: int, body: bytes) -> None:
        head = f"HTTP/1.0 {status} Said\r\nContent-Length: {len(body)}\r\n"
        head += "".join(f"{key}: {value}\r\n" for key, value in self.server.headers.items())
        self.send(f"{head}\r\n".encode(), slowly=self.server.drips == "head")
        self.send(body, slowly=self.server.drips == "body")

    def send(self, data: bytes, *, slowly: bool) -> None:
        for at in range(len(data)) if slowly else ():
            self.wfile.write(data[at : at + 1])
            if self.server.released.wait(0.3):
                return
        if not slowly:
            self.wfile.write(data)
