"""A model file that breaks while a session runs: what was said is kept, the candidate is told, and resume hears it."""

import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_practice_live import QUESTION_SET, answer  # noqa: F401
from tests.virtual_audio import VirtualAudio
from voicemock.models.catalogue import find_model
from voicemock.report import from_json

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(sys.platform != "linux", reason="finds the listening process with pgrep"),
]


def test_an_answer_given_while_the_model_broke_is_heard_once_it_is_whole_again(
    tmp_path: Path,
    virtual_audio: VirtualAudio,
    answer: Path,  # noqa: F811
):
    import pexpect

    (tmp_path / "live.toml").write_text(QUESTION_SET)
    model = tmp_path / "model"
    shutil.copytree(find_model("tiny.en").path, model)
    whole = (model / "model.bin").read_bytes()

    def voicemock(*arguments: str) -> "pexpect.spawn[str]":
        command = ["-m", "voicemock", *arguments, "--no-open"]
        return pexpect.spawn(sys.executable, command, encoding="utf-8", timeout=60, dimensions=(24, 80))

    terminal = voicemock("practice", str(tmp_path / "live.toml"), "--model", str(model), "--voice", "system")
    terminal.expect("Enter end")
    player = virtual_audio.start_playing_into_microphone(answer)
    (model / "model.bin").write_bytes(whole[: len(whole) // 2])
    children = subprocess.run(["pgrep", "-P", str(terminal.pid), "-f", "spawn_main"], capture_output=True, text=True)
    for pid in children.stdout.split():
        os.kill(int(pid), signal.SIGKILL)  # while it lives it needs no file
    player.wait()
    terminal.send("\r")
    terminal.expect(pexpect.EOF)
    terminal.close()
    said = " ".join(re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", terminal.before).split())
    assert terminal.exitstatus == 2, said
    assert "cannot be loaded" in said
    assert "voicemock resume" in said
    assert "Traceback" not in said

    (model / "model.bin").write_bytes(whole)
    terminal = voicemock("resume")
    terminal.expect(r"not\s+been\s+listened\s+to\s+yet,\s+so\s+that\s+comes\s+first")
    terminal.expect("Report: ")
    terminal.expect(pexpect.EOF)
    page = Path("".join(terminal.before.split()))
    terminal.close()
    assert terminal.exitstatus == 0
    (heard,) = from_json((page.parent / "session.json").read_bytes()).answers
    assert {"payment", "service"} <= set(re.findall(r"\w+", heard.transcript.text.lower()))
