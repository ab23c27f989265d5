"""Nobody but whoever opened it can read the page or start anything on it."""

import base64
import http.client
import os
import socket
import sys
import time

import pytest

from tests.page import open_page
from voicemock.page import gate, peer
from voicemock.page.connections import IDLE_S, MOST
from voicemock.page.routes import ROUTES
from voicemock.page.show import ASSETS

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


@pytest.fixture(scope="module")
def open_house():
    with open_page() as visitor:
        yield visitor


@pytest.fixture(scope="module")
def inside(open_house):
    open_house.enter()
    return open_house


def test_the_first_address_gives_a_cookie_and_leaves_the_address(open_house):
    address = open_house.house.door.new_address(open_house.host).removeprefix(open_house.origin)
    answer = open_house.ask(address, Cookie=None, Sec_Fetch_Site="none")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert f"Path={open_house.home}" in cookie
    assert f'content="0; url={open_house.home}/"' in answer.text
    assert address.partition("=")[2] not in answer.text + cookie
    again = open_house.ask(address, Cookie=None, Sec_Fetch_Site="none")
    assert again.status == 403, "an address lets in once"
    assert open_house.ask(f"{open_house.home}/", Cookie=cookie.partition(";")[0]).status == 200


REFUSED = {
    "another name that points here": ({"Host": "evil.example"}, 421),
    "this machine under another port": ({"Host": "127.0.0.1:1"}, 421),
    "no name": ({"Host": ""}, 421),
    "no cookie": ({"Cookie": None}, 403),
    "a guessed cookie": ({"Cookie": f"voicemock={'A' * 43}"}, 403),
    "half a cookie": ({"Cookie": "voicemock="}, 403),
    "another page": ({"Origin": "https://evil.example"}, 403),
    "a file": ({"Origin": "null"}, 403),
    "another page's picture": ({"Sec-Fetch-Site": "cross-site"}, 403),
    "another port's page": ({"Sec-Fetch-Site": "same-site"}, 403),
    "another port's script": ({"Origin": "http://127.0.0.1:1", "Sec-Fetch-Site": "same-site"}, 403),
}


@pytest.mark.parametrize("path", ["/", "/start.json", "/assets/page.css", "/nothing"])
@pytest.mark.parametrize(("headers", "status"), REFUSED.values(), ids=REFUSED)
def test_others_are_refused(inside, headers, status, path):
    answer = inside.ask(f"{inside.home}{path}", **headers)
    assert answer.status == status
    assert "<" not in answer.text


def test_what_changes_something_must_say_where_it_comes_from(inside):
    path = f"{inside.home}/practise/begin"
    assert inside.ask(path, "POST", b"{}", Origin=None).status == 403
    assert inside.ask(path, "POST", b"{}", Origin="http://localhost:1").status == 403


@pytest.mark.parametrize("key", ["", "x", "A" * 43, "%00", "token"])
def test_a_guessed_key_opens_nothing(open_house, key):
    answer = open_house.ask(f"{open_house.home}/?token={key}", Cookie=None, Sec_Fetch_Site="none")
    assert answer.status == 403
    assert "set-cookie" not in answer.headers


def test_a_key_opens_to_no_other_user_and_is_not_used_up_by_one(open_house, monkeypatch):
    address = open_house.house.door.new_address(open_house.host).removeprefix(open_house.origin)
    with monkeypatch.context() as other:
        other.setattr(gate, "is_somebody_elses", lambda *_: True)
        answer = open_house.ask(address, Cookie=None, Sec_Fetch_Site="none")
        assert (answer.status, "set-cookie" in answer.headers) == (403, False)
    assert open_house.ask(address, Cookie=None, Sec_Fetch_Site="none").status == 200


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux says whose a connection is")
def test_whose_a_connection_is(tmp_path, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as line:
        ends = line.getsockname(), line.getpeername()
        assert peer._owner(*ends) == os.getuid()
        table = peer.TABLE.read_text(encoding="ascii")
    assert peer._owner(("127.0.0.1", 1), ends[1]) is None
    assert peer._owner(("::1", 1), ends[1]) is None
    row = next(line.split() for line in table.splitlines() if line.split()[1:3] == [*map(peer._written, ends)])
    monkeypatch.setattr(peer, "TABLE", tmp_path / "tcp")
    assert not peer.is_somebody_elses(*ends), "another system has no such list"
    assert not peer.is_somebody_elses(None, None)
    for theirs, mine, refused in ((1001, 1000, True), (1000, 1000, False), (0, 1000, False), (1001, 0, False)):
        peer.TABLE.write_text("head\n" + " ".join([*row[:7], str(theirs), *row[8:]]) + "\n")
        monkeypatch.setattr(os, "getuid", lambda mine=mine: mine)
        assert peer.is_somebody_elses(*ends) is refused, (theirs, mine)


@pytest.mark.parametrize("method", ["TRACE", "OPTIONS", "PUT", "DELETE", "CONNECT", "PATCH", "BREW"])
def test_other_methods_are_refused(inside, method):
    answer = inside.ask(f"{inside.home}/", method)
    assert answer.status == 405


@pytest.mark.parametrize(
    "path",
    [
        "/assets/../serve.py",
        "/assets/..%2fserve.py",
        "/assets/%2e%2e/serve.py",
        "/assets/page.css/../../serve.py",
        "/assets//etc/passwd",
        "/assets/%2fetc%2fpasswd",
        "/assets/page.css%00",
        "/sessions/..%2f..%2fetc/report",
        "/sessions/%2e%2e",
        "/../../etc/passwd",
    ],
)
def test_a_path_that_climbs_finds_nothing(inside, path):
    answer = inside.get(path)
    assert answer.status == 404
    assert "root:" not in answer.text
    assert "import" not in answer.text


def shake_hands(visitor, **changed: str | None) -> str:
    """Ask for the live line and return the first line of the answer."""
    headers = {
        "Host": visitor.host,
        "Origin": visitor.origin,
        "Cookie": visitor.cookie,
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": base64.b64encode(os.urandom(16)).decode(),
    } | {name.replace("_", "-"): value for name, value in changed.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items() if value is not None)
    with socket.create_connection(("127.0.0.1", int(visitor.host.rpartition(":")[2])), timeout=10) as line:
        line.sendall(f"GET {visitor.home}/live HTTP/1.1\r\n{head}\r\n".encode())
        return line.recv(100).decode().partition("\r\n")[0]


def test_the_live_line_has_the_same_door(inside):
    assert "101" in shake_hands(inside)
    for wrong in (
        {"Origin": "https://evil.example"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": None},
        {"Cookie": None},
        {"Cookie": "voicemock=guessed"},
        {"Host": "evil.example"},
    ):
        assert "403" in shake_hands(inside, **wrong), wrong


def test_every_answer_carries_the_rules(inside):
    paths = ["/", "/nothing", "/live", *(f"/assets/{name}" for name in ASSETS)]
    paths += [route.path.replace("{id}", "none") for route in ROUTES]
    paths += [f"{path}.json" for path in paths]
    answers = {path: inside.get(path) for path in paths}
    answers["no cookie"] = inside.ask(f"{inside.home}/", Cookie=None)
    answers["wrong host"] = inside.ask(f"{inside.home}/", Host="evil.example")
    answers["first address"] = inside.ask(inside.house.door.new_address(inside.host).removeprefix(inside.origin))
    answers["outside"] = inside.ask("/")
    for path, answer in answers.items():
        assert answer.status != 500, path
        for name, value in gate.HEADERS.items():
            if name != "content-security-policy":
                assert answer.headers[name] == value, (path, name)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy, path
        assert "unsafe" not in policy, path
        assert "frame-ancestors 'none'" in policy or "frame-ancestors 'self'" in policy, path
        assert "http:" not in policy, path
        assert "server" not in answer.headers


def test_pages_hold_no_script_and_no_style_of_their_own(inside):
    for path in ("/", "/nothing-here"):
        text = inside.get(path).text
        assert "<style" not in text
        assert "style=" not in text
        assert "onclick" not in text
        assert "<script>" not in text


def test_three_gigabytes_are_refused_before_they_come(inside):
    line = http.client.HTTPConnection(inside.host, timeout=10)
    line.putrequest("POST", f"{inside.home}/review/recording", skip_host=True)
    for name, value in {"Host": inside.host, "Origin": inside.origin, "Cookie": inside.cookie}.items():
        line.putheader(name, value)
    line.putheader("Content-Length", str(3_000_000_000))
    line.endheaders()
    assert line.getresponse().status == 413
    line.close()


@pytest.mark.parametrize("length", [str(gate.LARGEST + 1), "-1", "1e3"])
def test_too_much_is_refused_by_what_it_says_of_itself(inside, length):
    line = http.client.HTTPConnection(inside.host, timeout=10)
    line.putrequest("POST", f"{inside.home}/practise/begin", skip_host=True)
    for name, value in {"Host": inside.host, "Origin": inside.origin, "Cookie": inside.cookie}.items():
        line.putheader(name, value)
    line.putheader("Content-Length", length)
    line.endheaders()
    assert line.getresponse().status in (400, 413)
    line.close()


def test_too_much_is_cut_off_where_it_does_not_say(inside):
    def parts():
        for _ in range(2 * gate.LARGEST // 10_000):
            yield b"x" * 10_000

    line = http.client.HTTPConnection(inside.host, timeout=10)
    headers = {"Host": inside.host, "Origin": inside.origin, "Cookie": inside.cookie}
    try:
        line.request("POST", f"{inside.home}/practise/begin", parts(), headers, encode_chunked=False)
        status = line.getresponse().status
    except (BrokenPipeError, ConnectionResetError):
        status = 413  # it hung up in the middle
    finally:
        line.close()
    assert status == 413
    assert inside.get("/").status == 200


def test_two_hundred_silent_lines_keep_nobody_out(inside):
    port = int(inside.host.rpartition(":")[2])
    lines = [socket.create_connection(("127.0.0.1", port), timeout=10) for _ in range(200)]
    try:
        for _ in range(3):
            assert inside.get("/").status == 200
        deadline = time.monotonic() + IDLE_S / 2  # not because they were silent for too long
        while len(inside.server.server_state.connections) > MOST and time.monotonic() < deadline:
            time.sleep(0.02)
        assert len(inside.server.server_state.connections) <= MOST
    finally:
        for line in lines:
            line.close()


def test_the_live_line_outlasts_what_a_silent_one_may(monkeypatch, inside):
    monkeypatch.setattr("voicemock.page.connections.IDLE_S", 0.05)
    port = int(inside.host.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=10) as silent:
        assert silent.recv(1) == b"", "who says nothing is hung up on"
    key = base64.b64encode(os.urandom(16)).decode()
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(
            (
                f"GET {inside.home}/live HTTP/1.1\r\nHost: {inside.host}\r\nOrigin: {inside.origin}\r\n"
                f"Cookie: {inside.cookie}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n"
            ).encode()
        )
        line.settimeout(0.5)
        came = b""
        with pytest.raises(TimeoutError):
            while got := line.recv(1000):
                came += got
        assert b"101" in came
