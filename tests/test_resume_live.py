"""A real session cut short in mid-answer, on real parts, and `voicemock resume`: nothing said is lost."""

import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.test_practice_live import QUESTION_SET, answer  # noqa: F401 (a fixture)
from tests.virtual_audio import VirtualAudio
from voicemock.audio.load import decode
from voicemock.paths import sessions_dir
from voicemock.report import from_json

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX"),
    pytest.mark.real,
]

SPOKEN_S = 5.0


def seconds(recording: Path) -> float:
    samples, rate_hz = decode(recording)
    return len(samples) / rate_hz


@pytest.mark.parametrize("how", ["killed", "terminal closed"])
def test_an_answer_cut_short_is_in_the_report_of_the_resumed_session(
    how: str,
    tmp_path: Path,
    virtual_audio: VirtualAudio,
    answer: Path,  # noqa: F811
):
    import pexpect

    def voicemock(*arguments: str) -> "pexpect.spawn[str]":
        command = ["-m", "voicemock", *arguments]
        return pexpect.spawn(sys.executable, command, encoding="utf-8", timeout=60, dimensions=(24, 80))

    (tmp_path / "live.toml").write_text(QUESTION_SET)
    options = ("--model", "tiny.en", "--voice", "system", "--no-open")
    terminal = voicemock("practice", str(tmp_path / "live.toml"), *options)
    terminal.expect("Enter end")
    player = virtual_audio.start_playing_into_microphone(answer)
    deadline = time.monotonic() + 30
    while not (takes := list(sessions_dir().glob("*/*/take-1.wav"))) or seconds(takes[0]) < SPOKEN_S:
        assert time.monotonic() < deadline, "the recording does not grow"
        time.sleep(0.05)
    if how == "killed":
        terminal.kill(signal.SIGKILL)
        terminal.wait()
        assert terminal.signalstatus == signal.SIGKILL
    else:
        terminal.ptyproc.delayafterclose = 3.0
        terminal.close()
        assert terminal.exitstatus == 129
    player.terminate()
    player.wait()

    listed = subprocess.run([sys.executable, "-m", "voicemock", "sessions", "list"], capture_output=True, text=True)
    assert "0 of 1 questions answered\n    resume with: voicemock resume" in listed.stdout

    terminal = voicemock("resume", "--no-open")
    terminal.expect(r"Your unfinished answer of 0:(\d\d) to question 1 is kept as take 1\.")
    kept_s = int(terminal.match.group(1))
    terminal.expect("Enter end")
    terminal.send("s")
    terminal.expect("Report: ")
    terminal.expect(pexpect.EOF)
    page = Path("".join(terminal.before.split()))
    terminal.close()
    assert terminal.exitstatus == 0
    assert kept_s >= SPOKEN_S - 1

    (said,) = from_json((page.parent / "session.json").read_bytes()).answers
    assert {"payment", "service"} <= set(re.findall(r"\w+", said.transcript.text.lower()))
    assert (page.parent / "01-late" / "take-1.wav").exists()
    assert "payment" in page.read_text(encoding="utf-8")
