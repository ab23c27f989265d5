"""`voicemock open` itself: what it prints, what stands in its way, and how it ends."""

import builtins
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request

import pytest
from typer.testing import CliRunner

from voicemock.cli.main import app
from voicemock.errors import UsageError
from voicemock.page.serve import open_server

OPEN = [sys.executable, "-u", "-m", "voicemock", "open", "--no-browser"]


def started(*options: str) -> "subprocess.Popen[str]":
    return subprocess.Popen([*OPEN, *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.mark.allow_hosts(["127.0.0.1"])
@pytest.mark.parametrize("number", ["SIGINT", "SIGTERM", "SIGHUP"])
@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_it_answers_at_its_address_and_ends_in_order(number):
    with started() as process:
        assert process.stdout.readline() == "voicemock is open at\n"
        address = process.stdout.readline().strip()
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/[\w-]{12}/\?token=[\w-]{43}", address)
        with urllib.request.urlopen(address, timeout=20) as answer:
            assert "Open voicemock" in answer.read().decode()
        with pytest.raises(urllib.error.HTTPError, match="403"):
            urllib.request.urlopen(address, timeout=20)
        process.send_signal(getattr(signal, number))
        out, err = process.communicate(timeout=20)
    assert process.returncode == 0, err
    assert "voicemock is closed. Everything you recorded is kept." in out
    assert err == ""


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_a_port_that_is_taken_is_told():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(UsageError, match=f"Port {port}") as told:
            open_server(port=port, opened=print)
        assert "--port" in told.value.hint
    _, listening = open_server(port=port, opened=print)
    with listening:
        assert listening.getsockname() == ("127.0.0.1", port)


@pytest.mark.parametrize("missing", ["starlette", "uvicorn", "websockets", "segno", "cryptography"])
def test_a_missing_extra_is_told_with_what_to_install(missing, monkeypatch):
    real = builtins.__import__

    def without(name: str, *rest: object, **more: object):
        if name.split(".")[0] == missing:
            raise ImportError(name=missing)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(UsageError, match=f"`page`, and {missing}") as told:
        open_server(port=0, opened=print, lan=missing in ("segno", "cryptography"))
    assert "pip install" in told.value.hint


def test_the_browser_is_opened_unless_that_is_not_wanted(monkeypatch):
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    monkeypatch.setattr("voicemock.page.serve.serve", lambda *, port, opened, lan: opened(f"http://127.0.0.1:{port}/"))
    done = CliRunner().invoke(app, ["open", "--port", "8123"])
    assert done.exit_code == 0
    assert opened == ["http://127.0.0.1:8123/"]
    assert "http://127.0.0.1:8123/" in done.output
    assert CliRunner().invoke(app, ["open", "--no-browser"]).exit_code == 0
    assert len(opened) == 1
    assert CliRunner().invoke(app, ["open", "--port", "65536"]).exit_code == 2
