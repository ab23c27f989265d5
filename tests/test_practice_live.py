"""The main job on real parts: voice, sound card, microphone, Whisper, report, in a real terminal."""

import functools
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

import pytest

from tests.conftest import needed
from tests.here import voicemock_here
from tests.virtual_audio import VirtualAudio
from voicemock.audio.load import AudioFile
from voicemock.report import from_json
from voicemock.speech.listen import listen
from voicemock.speech.recognise import Recogniser

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")

QUESTION = "Which delay are you still sorry about, and what did it cost the customer?"
ANSWER = (
    "Last spring we shipped the payment service late. Um, I had promised it to the sales team, and they had "
    "told their customers. I asked two engineers to look at the orders that failed before anything else. "
    "Failed orders went from 30 percent down to 12 percent after the release."
)
QUESTION_SET = f"""
schema_version = 1
id = "live"
title = "Live"

[[questions]]
id = "late"
text = "{QUESTION}"
kind = "behavioural"
expects = ["metric", "tradeoff"]
target_s = [5, 60]
"""


@functools.cache
def spoken_answer() -> bytes:
    hibari = needed("hibari")
    with tempfile.TemporaryDirectory() as folder:
        hibari.Hibari().save(ANSWER, f"{folder}/answer.wav")
        return Path(folder, "answer.wav").read_bytes()


@pytest.fixture
def answer(tmp_path: Path) -> Path:
    path = tmp_path / "answer.wav"
    path.write_bytes(spoken_answer())
    return path


@pytest.mark.real
def test_a_session_from_the_first_word_to_the_report(
    tmp_path: Path, virtual_audio: VirtualAudio, answer: Path, recogniser: Recogniser
):
    import pexpect

    (tmp_path / "live.toml").write_text(QUESTION_SET)
    heard = tmp_path / "speaker.wav"
    command = [
        *("-m", "voicemock", "practice", str(tmp_path / "live.toml")),
        *("--model", "tiny.en", "--voice", "system", "--no-open"),
    ]
    terminal = pexpect.spawn(sys.executable, command, encoding="utf-8", timeout=60, dimensions=(24, 80))
    try:
        with virtual_audio.record_speaker(heard):
            terminal.expect("Enter end")
        virtual_audio.play_into_microphone(answer)
        terminal.send("\r")
        terminal.expect("Follow-up")
        summary = terminal.before
        terminal.expect("Enter end")
        terminal.send("s")
        terminal.expect("Enter goes on")
        terminal.send("\r")
        terminal.expect("Report: ")
        terminal.expect(pexpect.EOF)
        page = Path("".join(terminal.before.split()))
    finally:
        terminal.close()
    assert terminal.exitstatus == 0

    question = listen(AudioFile(heard), recogniser).transcript.text.lower()
    assert "customer" in question, "the voice did not reach the loudspeaker"

    report = from_json((page.parent / "session.json").read_bytes())
    (said,) = report.answers
    assert {"payment", "service", "sales"} <= set(said.transcript.text.lower().replace(".", "").split())
    assert [f.text.lower().strip(",.") for f in said.fillers if f.kind == "filled_pause"] == ["um"]
    (um,) = (f for f in said.fillers if f.kind == "filled_pause")
    assert um.start_s is not None
    assert any("12" in e.quote for e in said.signals["metric"].evidence)
    assert "could not tell: trade-off" in " ".join(summary.split())
    assert (page.parent / "01-late" / "take-1.wav").exists()
    assert "payment service" in (page.parent / "report.md").read_text(encoding="utf-8")

    assert QUESTION in page.read_text(encoding="utf-8")


@pytest.mark.real
def test_text_only_and_skip_leave_a_report(tmp_path: Path, virtual_audio: VirtualAudio):
    import pexpect

    (tmp_path / "live.toml").write_text(QUESTION_SET)
    command = ["-m", "voicemock", "practice", str(tmp_path / "live.toml"), "--model", "tiny.en", "--text-only"]
    terminal = pexpect.spawn(sys.executable, command, encoding="utf-8", timeout=60, dimensions=(24, 80))
    terminal.expect("Which delay")
    terminal.expect("Enter end")
    terminal.send("s")
    terminal.expect("Report: ")
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert terminal.exitstatus == 0


@pytest.mark.real
def test_a_set_that_was_drawn_for_a_seat_is_practised(tmp_path: Path, virtual_audio: VirtualAudio):
    import pexpect

    job, seat = tmp_path / "job.md", tmp_path / "seat.toml"
    job.write_text("# What you will do\n- Hire engineers\n- Keep our systems reliable, on call too\n")
    assert voicemock_here("tailor", "--job", job, "--out", seat).returncode == 0
    drawn = [question["text"][:40] for question in tomllib.loads(seat.read_text())["questions"]]
    command = ["-m", "voicemock", "practice", str(seat), "--model", "tiny.en", "--text-only", "-n", "1"]
    terminal = pexpect.spawn(sys.executable, command, encoding="utf-8", timeout=60, dimensions=(24, 200))
    terminal.expect_exact(drawn)
    terminal.expect("Enter end")
    terminal.send("s")
    terminal.expect("Report: ")
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert terminal.exitstatus == 0


@pytest.mark.real
def test_a_silent_microphone_is_told_and_whoever_goes_on_too_long_is_cut_short(
    tmp_path: Path, virtual_audio: VirtualAudio, answer: Path
):
    import pexpect

    (tmp_path / "live.toml").write_text(QUESTION_SET.replace("[5, 60]", "[1, 10]"))
    options = "--model tiny.en --text-only --interruptions --no-open"
    command = ["-m", "voicemock", "practice", str(tmp_path / "live.toml"), *options.split()]
    terminal = pexpect.spawn(sys.executable, command, encoding="utf-8", timeout=60, dimensions=(24, 80))
    try:
        terminal.expect("Enter end")
        terminal.expect("No sound is coming from the microphone")
        with virtual_audio.start_playing_into_microphone(answer) as player:
            terminal.expect("The interviewer cuts in.*In one sentence")
            player.kill()
        terminal.expect("Enter end")
        assert "Tests:" not in terminal.before
        terminal.send("s")
        terminal.expect("The answer before that:.*Enter goes on")
        terminal.send("\r")
        terminal.expect("Report: ")
        terminal.expect(pexpect.EOF)
        page = Path("".join(terminal.before.split()))
    finally:
        terminal.close()
    (said,) = from_json((page.parent / "session.json").read_bytes()).answers
    assert {"shipped", "promised"} <= set(said.transcript.text.lower().split())
    assert said.recording is not None
    assert said.recording.duration_s > said.transcript.words[-1].end_s, "cut in at the end of a phrase"


def test_without_a_microphone_the_command_says_so(tmp_path: Path):
    (tmp_path / "live.toml").write_text(QUESTION_SET)
    command = [sys.executable, "-m", "voicemock", "practice", str(tmp_path / "live.toml"), "--input-device", "no such"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "microphone" in done.stderr
