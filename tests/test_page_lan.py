"""A telephone in the same Wi-Fi: encrypted, by a code, through a door of its own."""

import datetime
import http.client
import ipaddress
import socket
import ssl

import pytest

from tests.page import open_page
from voicemock.errors import UsageError
from voicemock.page import lan, serve
from voicemock.page.connections import MOST
from voicemock.page.door import MOST_KEYS, Door
from voicemock.paths import user_data_dir

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


@pytest.fixture
def opened(monkeypatch):
    monkeypatch.setattr(serve, "own_address", lambda: "127.0.0.1")
    with open_page(lan=True) as visitor:
        visitor.enter()
        yield visitor


def ask(visitor, path: str, **headers: str):
    """Ask as a telephone does that has looked at the certificate."""
    trust = ssl.create_default_context(cafile=user_data_dir() / "page" / "certificate.pem")
    line = http.client.HTTPSConnection(visitor.house.lan.host, timeout=10, context=trust)
    try:
        line.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = line.getresponse()
        answer.text = answer.read().decode()
        return answer
    finally:
        line.close()


def test_a_telephone_comes_in_with_the_code_and_through_its_own_door_alone(opened):
    home, found = opened.home, opened.json("/telephone.json")
    assert found["address"].startswith(f"https://{opened.house.lan.host}{home}/?token=")
    assert found["picture"].startswith("data:image/svg+xml")
    assert found["fingerprint"] == opened.house.lan.fingerprint
    assert ask(opened, f"{home}/").status == 403
    assert ask(opened, f"{home}/", Cookie=opened.cookie).status == 403, "the cookie of this computer's browser"
    first = found["address"].partition(opened.house.lan.host)[2]
    assert opened.ask(first, Cookie=None).status == 403, "its code is for its door"
    entered = ask(opened, first)
    cookie = entered.headers["set-cookie"]
    assert "Secure" in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    cookie = cookie.partition(";")[0]
    assert "default-src 'none'" in ask(opened, f"{home}/", Cookie=cookie).headers["content-security-policy"]
    assert ask(opened, f"{home}/practise", Cookie=cookie).status == 200
    assert ask(opened, f"{home}/", Cookie=cookie, Host=opened.host).status == 421
    assert opened.ask(f"{home}/", Cookie=cookie).status == 403
    assert ask(opened, first).status == 403, "once"


def test_whoever_never_agrees_on_a_cipher_makes_room_for_whoever_asks(opened):
    host, port = opened.house.lan.host.split(":")
    for _ in range(MOST + 1):
        socket.create_connection((host, int(port)), timeout=10).close()
    silent = [socket.create_connection((host, int(port)), timeout=10) for _ in range(MOST + 1)]
    try:
        assert silent[0].recv(1) == b"", "the one that waited longest was hung up on"
        assert ask(opened, f"{opened.home}/").status == 403
        assert silent[1].recv(1) == b"", "and the next for the one that asked"
        silent[2].settimeout(0.2)
        with pytest.raises(TimeoutError):
            silent[2].recv(1)
    finally:
        for one in silent:
            one.close()


def test_whoever_has_agreed_stays_whoever_else_comes(opened):
    host, port = opened.house.lan.host.split(":")
    trust = ssl.create_default_context(cafile=user_data_dir() / "page" / "certificate.pem")
    line = http.client.HTTPSConnection(opened.house.lan.host, timeout=10, context=trust)
    line.request("GET", opened.json("/telephone.json")["address"].partition(opened.house.lan.host)[2])
    assert line.getresponse().read()
    silent = [socket.create_connection((host, int(port)), timeout=10) for _ in range(MOST + 1)]
    try:
        assert silent[0].recv(1) == b""
        line.request("GET", f"{opened.home}/")
        assert line.getresponse().status == 403
    finally:
        for one in (*silent, line):
            one.close()


def test_its_key_is_private_and_kept(opened):
    folder = user_data_dir() / "page"
    key, proof = folder / "key.pem", folder / "certificate.pem"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert key.stat().st_mode & 0o777 == 0o600
    before = proof.read_bytes()
    assert lan.certificate("127.0.0.1").fingerprint == opened.house.lan.fingerprint
    assert proof.read_bytes() == before
    key.chmod(0o644)
    lan.certificate("127.0.0.1")
    assert key.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("damage", ["", "x", "other key", "no key"])
def test_a_certificate_that_will_not_do_is_made_anew(damage):
    first = lan.certificate("192.168.1.2")
    if damage == "no key":
        first.key.unlink()
    elif damage == "other key":
        mine = first.key.read_bytes()
        lan.certificate("192.168.1.3")
        first.key.write_bytes(mine)
        assert lan.certificate("192.168.1.3").fingerprint != first.fingerprint
        return
    else:
        first.path.write_text(damage)
    again = lan.certificate("192.168.1.2")
    assert again.fingerprint != first.fingerprint
    ssl.create_default_context().load_cert_chain(again.path, again.key)


def test_a_certificate_is_for_one_address_and_a_year(monkeypatch):
    from cryptography import x509

    first = lan.certificate("192.168.1.2")
    found = x509.load_pem_x509_certificate(first.path.read_bytes())
    names = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert list(names) == [x509.IPAddress(ipaddress.ip_address("192.168.1.2"))]
    assert found.not_valid_after_utc - found.not_valid_before_utc < datetime.timedelta(days=398)
    assert lan.certificate("192.168.1.3").fingerprint != first.fingerprint
    second = lan.certificate("192.168.1.3")
    monkeypatch.setattr(lan, "LEFT", lan.LASTS - datetime.timedelta(minutes=1))
    assert lan.certificate("192.168.1.3").fingerprint == second.fingerprint
    monkeypatch.setattr(lan, "LEFT", lan.LASTS + datetime.timedelta(minutes=1))
    assert lan.certificate("192.168.1.3").fingerprint != second.fingerprint


@pytest.mark.parametrize("address", ["8.8.8.8", "127.0.0.1", None])
def test_without_a_network_of_ones_own_there_is_no_telephone(monkeypatch, address):
    class Probe:
        def __init__(self, *_: object) -> None:
            pass

        def __enter__(self):
            return self

        def __exit__(self, *_: object) -> None:
            pass

        def connect(self, _: object) -> None:
            if address is None:
                raise OSError("unreachable")

        def getsockname(self):
            return address, 1

    monkeypatch.setattr(lan.socket, "socket", Probe)
    with pytest.raises(UsageError, match="no home or office network"):
        lan.own_address()
    address = "192.168.1.2"
    assert lan.own_address() == "192.168.1.2"


def test_without_the_option_there_is_no_second_door():
    with open_page() as visitor:
        visitor.enter()
        assert visitor.house.lan is None
        assert "--lan" in visitor.get("/telephone").text
        assert visitor.json("/telephone.json")["address"] == ""


def test_only_a_few_codes_wait_at_a_time():
    door = Door(("127.0.0.1:1",))
    keys = [door.new_address("127.0.0.1:1").partition("=")[2] for _ in range(MOST_KEYS + 1)]
    assert not door.opens(keys[0])
    assert door.opens(keys[1])
    assert not door.opens(keys[1])
    assert door.opens(keys[-1])
