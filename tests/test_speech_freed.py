"""Memory that was freed goes back to the system."""

import sys
from pathlib import Path

import pytest

from voicemock.speech import freed


def resident_mb() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux how large this process is")
def test_what_was_freed_is_given_back():
    if freed._trim() is bool:
        pytest.skip("not glibc")
    blocks = [bytes(50_000) + b"x" for _ in range(2000)]
    last = b"x" * 50_000  # above them, so that they are not given back by themselves
    full = resident_mb()
    blocks.clear()
    freed.give_back()
    assert resident_mb() < full - 80
    assert len(last) == 50_000


def test_elsewhere_nothing_is_done(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "platform", "win32")
    assert freed._trim.__wrapped__()(0) is False
