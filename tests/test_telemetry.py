"""Libraries that would report to their makers are told not to, before they can."""

import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from voicemock.telemetry import load_onnxruntime

PACKAGE = Path(__file__).parent.parent / "voicemock"


@pytest.mark.parametrize("before", [{}, {"ORT_DISABLE_TELEMETRY": "0"}], ids=["unset", "switched on"])
def test_importing_anything_of_voicemock_switches_it_off_for_this_process_and_its_children(before: dict[str, str]):
    code = "import voicemock.errors, os; os.execlp('sh', 'sh', '-c', 'echo $ORT_DISABLE_TELEMETRY')"
    done = subprocess.run([sys.executable, "-c", code], env=before, capture_output=True, text=True, cwd=PACKAGE.parent)
    assert done.stdout == "1\n", done.stderr


def test_events_are_switched_off_once_it_is_loaded(monkeypatch: pytest.MonkeyPatch):
    called = []
    fake = SimpleNamespace(disable_telemetry_events=lambda: called.append(True))
    monkeypatch.setitem(sys.modules, "onnxruntime", fake)
    assert load_onnxruntime() is fake
    assert called == [True]


def test_whoever_makes_use_of_onnxruntime_loads_it_so():
    uses = re.compile(r"import onnxruntime|from hibari |faster_whisper\.vad")
    sources = {path: path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py") if path.stem != "telemetry"}
    users = {path: text for path, text in sources.items() if uses.search(text)}
    assert users
    assert not {path for path, text in users.items() if "load_onnxruntime()" not in text}
