"""A model hub on loopback: as much of the real one as a pull needs, and every way it can fail.

Answers as the hub does: file lists with Git blob ids and LFS checksums, a redirect to a store for large files,
byte ranges. https://huggingface.co/docs/hub/api
"""

import contextlib
import hashlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LARGE = 10_000  # from this size on a file is kept with Git LFS, as the hub does with binary files


class Hub(ThreadingHTTPServer):
    """The hub and what it does wrong.

    sent_before_cut: bytes of a large file after which the connection is cut, one entry a connection.
    stall: after the cut size the connection stays open instead, and nothing more comes.
    """

    daemon_threads = True
    revision = "5c0ffee5" * 5

    def __init__(self, repository: str, files: dict[str, bytes]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.repository = repository
        self.files = files
        self.sent: dict[str, bytes] = {}  # what really travels, where it differs
        self.absent: set[str] = set()  # listed, but gone
        self.sent_before_cut: list[int] = []
        self.stall = False
        self.stalled = threading.Event()
        self.released = threading.Event()
        self.ranges = True
        self.page: bytes | None = None  # answers everything, as a captive portal does
        self.seen: list[tuple[str, dict[str, str]]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def asked_ranges(self) -> list[str]:
        return [headers["range"] for path, headers in self.seen if path.startswith("/store/")]

    def handle_error(self, request, client_address) -> None:
        """Say nothing when a client hangs up."""


@contextlib.contextmanager
def fake_hub(repository: str, files: dict[str, bytes]) -> Iterator[Hub]:
    hub = Hub(repository, files)
    thread = threading.Thread(target=hub.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield hub
    finally:
        hub.released.set()
        hub.shutdown()
        hub.server_close()
        thread.join()


def git_sha1(content: bytes) -> str:
    return hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Hub

    def log_message(self, format: str, *args: object) -> None:
        """Keep the tests' output clean."""

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        hub = self.server
        hub.seen.append((path, {key.lower(): value for key, value in self.headers.items()}))
        if hub.page is not None:
            self.answer(200, hub.page)
        elif path == f"/api/models/{hub.repository}":
            self.answer(200, json.dumps(self.listing()).encode())
        elif path.startswith(f"/{hub.repository}/resolve/{hub.revision}/"):
            self.resolve(path.rpartition("/")[2])
        elif path.startswith("/store/"):
            self.send_range(path.rpartition("/")[2])
        else:
            self.answer(404, b"{}", {"X-Error-Code": "RepoNotFound"})

    def listing(self) -> dict[str, object]:
        hub = self.server
        siblings = []
        for name, content in {".gitattributes": b"*.bin filter=lfs\n", **hub.files}.items():
            sibling = {"rfilename": name, "size": len(content), "blobId": git_sha1(content)}
            if len(content) >= LARGE:
                sha256 = hashlib.sha256(content).hexdigest()
                sibling["lfs"] = {"sha256": sha256, "size": len(content), "pointerSize": 133}
            siblings.append(sibling)
        return {"id": hub.repository, "sha": hub.revision, "siblings": siblings}

    def resolve(self, name: str) -> None:
        hub = self.server
        if name in hub.absent:
            self.answer(404, b"{}", {"X-Error-Code": "EntryNotFound"})
        elif len(hub.files[name]) >= LARGE:
            self.answer(302, b"", {"Location": f"{hub.url}/store/{name}", "X-Repo-Commit": hub.revision})
        else:
            self.answer(200, hub.sent.get(name, hub.files[name]), {"X-Repo-Commit": hub.revision})

    def send_range(self, name: str) -> None:
        hub = self.server
        content = hub.sent.get(name, hub.files[name])
        start = int(self.headers["Range"].removeprefix("bytes=").rstrip("-")) if hub.ranges else 0
        status = 206 if hub.ranges else 200
        extra = {"Content-Range": f"bytes {start}-{len(content) - 1}/{len(content)}"} if hub.ranges else {}
        cut = hub.sent_before_cut.pop(0) if hub.sent_before_cut else None
        self.answer(status, content[start:], extra, cut=cut)

    def answer(
        self, status: int, body: bytes, headers: dict[str, str] | None = None, *, cut: int | None = None
    ) -> None:
        self.send_response(status)
        for key, value in (headers or {}).items():
            self.send_header(key, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[:cut])
        if cut is not None:
            self.wfile.flush()
            if self.server.stall:
                self.server.stalled.set()
                self.server.released.wait(30)
            self.close_connection = True
