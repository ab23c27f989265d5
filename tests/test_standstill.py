"""A program that was stopped (Ctrl-Z, a laptop's lid), and a folder that goes away, cost as little as they can."""

import io
import os
import pty
import shutil
import signal
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console

from tests.crash_child import Ear, Silent
from tests.practised import QUESTIONS, answered, begun
from tests.sounds import RATE_HZ
from tests.test_record import FakeSource, block, wait_until
from voicemock import patience
from voicemock.archive.progress import read_progress
from voicemock.archive.resume import open_session
from voicemock.audio import record, standstill
from voicemock.audio.load import AudioFile
from voicemock.audio.record import Recorder
from voicemock.audio.sound_card import Block, SourceEnd
from voicemock.cli.screen import PlainScreen
from voicemock.demo.samples import Unattended
from voicemock.errors import DeviceError, SessionError
from voicemock.interview.interview import Interview
from voicemock.interview.stage import Room
from voicemock.patience import Patience
from voicemock.report import from_json

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="stops processes")

BLOCK_S = 0.032
STOPPED_S = 2.0


class Clock:
    """Time that a test moves."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.at_s = 100.0
        for module in (patience, standstill):
            monkeypatch.setattr(module, "now_s", lambda: self.at_s)


class SlowCard(FakeSource):
    """Gives blocks in real time and, after the process was stopped, none for a while, as a sound card does."""

    def __init__(self, *, deaf_s: float = 0.3) -> None:
        super().__init__()
        self._deaf_s = deaf_s
        self._over = threading.Event()

    def start(self, put: Callable[[Block | SourceEnd], None]) -> int:
        threading.Thread(target=self._run, args=(put,), daemon=True).start()
        return RATE_HZ

    def stop(self) -> None:
        self._over.set()

    def _run(self, put: Callable[[Block | SourceEnd], None]) -> None:
        while not self._over.is_set():
            before = time.monotonic()
            time.sleep(BLOCK_S)
            if time.monotonic() - before > STOPPED_S / 2:
                time.sleep(self._deaf_s)
            put(block())


def be_stopped(folder: Path) -> None:
    """Record while somebody stops this process; tells on standard output what came of it. Run in a child."""
    record.PATIENCE_S, standstill.NOTICED_S, standstill.SETTLED_S = 1.2, STOPPED_S / 2, 0.4
    with Recorder(folder / "take-1.wav", SlowCard()) as recorder:
        print("recording", flush=True)
        sys.stdin.readline()
    missing = [round(one.lasted_s, 2) for one in recorder.missing]
    print(recorder.error, round(recorder.elapsed_s, 2), missing, flush=True)


def test_a_stopped_process_goes_on_recording_and_says_what_is_missing(tmp_path: Path):
    code = (
        f"from pathlib import Path; from tests.test_standstill import be_stopped; be_stopped(Path({str(tmp_path)!r}))"
    )
    child = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert child.stdout
    assert child.stdout.readline() == "recording\n"
    time.sleep(0.3)
    os.kill(child.pid, signal.SIGSTOP)
    time.sleep(STOPPED_S)
    os.kill(child.pid, signal.SIGCONT)
    time.sleep(1.5)
    told, _ = child.communicate("\n", timeout=20)
    error, elapsed_s, missing = told.split(maxsplit=2)
    assert error == "None"
    assert float(elapsed_s) > 1.2
    (missing_s,) = map(float, missing.strip("[]\n").split(","))
    assert STOPPED_S - 0.3 < missing_s < STOPPED_S + 0.6


def test_time_the_process_stood_still_uses_up_no_patience(monkeypatch: pytest.MonkeyPatch):
    time_ = Clock(monkeypatch)
    patience = Patience(5.0)
    time_.at_s += 3600
    assert not patience.is_out()
    for _ in range(18):
        time_.at_s += 0.25
        assert not patience.is_out()
    time_.at_s += 0.25
    patience.renew()
    time_.at_s += 0.25
    assert not patience.is_out()
    for _ in range(20):
        time_.at_s += 0.25
        out = patience.is_out()
    assert out


class Length:
    elapsed_s = 10.0

    def __init__(self) -> None:
        self.missing: list[standstill.Missing] = []


def test_what_the_sound_system_kept_meanwhile_is_not_missing(monkeypatch: pytest.MonkeyPatch):
    time_, recording = Clock(monkeypatch), Length()
    watch = standstill.Standstill(recording)
    for kept_s in (30.0, 12.0):
        time_.at_s += 30.0
        watch.look(paused=False)
        recording.elapsed_s += kept_s
        watch.settle()
    assert recording.missing == [standstill.Missing(40.0, pytest.approx(18.0))]


def test_what_is_said_in_a_pause_is_not_missed(monkeypatch: pytest.MonkeyPatch):
    time_, recording = Clock(monkeypatch), Length()
    watch = standstill.Standstill(recording)
    time_.at_s += 30.0
    watch.look(paused=True)
    watch.settle()
    assert not recording.missing


class DyingCard(FakeSource):
    """Dies of a standstill; lives again when it is opened anew, as often as it may."""

    def __init__(self, time_: Clock, *, lives: int) -> None:
        super().__init__()
        self._time, self._lives, self.opened = time_, lives, 0

    def start(self, put: Callable[[Block | SourceEnd], None]) -> int:
        self.opened += 1
        if self.opened > self._lives:
            raise DeviceError("The microphone cannot be opened.")
        self.put = put
        put(block(0.1 * self.opened))
        return RATE_HZ

    def die(self) -> None:
        self._time.at_s += 30.0
        self.put(SourceEnd(DeviceError("The microphone stopped.")))


def test_a_device_that_did_not_outlive_a_standstill_is_opened_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    card = DyingCard(Clock(monkeypatch), lives=2)
    with Recorder(tmp_path / "take-1.wav", card) as recorder:
        card.die()
        wait_until(lambda: recorder.elapsed_s > 0.06)
    assert (card.opened, recorder.error) == (2, None)
    assert [round(missing.lasted_s) for missing in recorder.missing] == [30]
    samples = np.concatenate(list(AudioFile(tmp_path / "take-1.wav").blocks()))
    assert [round(float(v), 2) for v in samples[::512]] == [0.1, 0.2]


def test_a_device_that_is_gone_after_a_standstill_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    card = DyingCard(Clock(monkeypatch), lives=1)
    with Recorder(tmp_path / "take-1.wav", card) as recorder:
        card.die()
        wait_until(lambda: recorder.finished)
    assert isinstance(recorder.error, DeviceError)
    assert recorder.elapsed_s == BLOCK_S


SHELL = """
import os, subprocess, sys
os.setsid()
os.close(os.open(os.ttyname(0), os.O_RDWR))  # now it is this session's terminal
child = subprocess.Popen([sys.executable, "-c", sys.argv[1]], process_group=0)
os.tcsetpgrp(0, child.pid)
print(child.pid, flush=True)
child.wait()
"""
KEYS = """
from voicemock.cli.keys import Keys
with Keys() as keys:
    print("ready", flush=True)
    print(keys.wait("x"), flush=True)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="looks a process's state up in /proc")
def test_ctrl_z_gives_the_terminal_back_and_going_on_takes_it_again():
    """Stopped as a terminal stops it, and by force; the terminal's modes are looked at from outside."""
    typing, stdin = pty.openpty()
    before = termios.tcgetattr(stdin)
    shell = subprocess.Popen([sys.executable, "-c", SHELL, KEYS], stdin=stdin, stdout=subprocess.PIPE, text=True)
    try:
        assert shell.stdout
        told = {shell.stdout.readline().strip(), shell.stdout.readline().strip()}
        pid = int((told - {"ready"}).pop())
        assert termios.tcgetattr(stdin) != before
        for stop in (signal.SIGTSTP, signal.SIGSTOP):
            os.kill(pid, stop)
            wait_until(lambda: Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "T")
            if stop is signal.SIGTSTP:
                assert termios.tcgetattr(stdin) == before
            termios.tcsetattr(stdin, termios.TCSANOW, before)  # as a shell does
            os.kill(pid, signal.SIGCONT)
            wait_until(lambda: termios.tcgetattr(stdin) != before)
        os.write(typing, b"x")
        assert shell.stdout.read().split()[-1] == "x"
        assert termios.tcgetattr(stdin) == before
    finally:
        shell.kill()
        shell.communicate()
        os.close(typing)
        os.close(stdin)


class VanishingFolder:
    """A microphone during whose second take the folder with all sessions is deleted."""

    name = "fake"

    def __init__(self, data: Path) -> None:
        self._data = data
        self.takes = 0

    def record(self, path: Path, *, on_block=None) -> Recorder:
        self.takes += 1
        source = FakeSource(*[block(0.1)] * 20)
        start = source.start

        def started(put: Callable[[Block | SourceEnd], None]) -> int:
            rate = start(put)
            if self.takes == 2:
                threading.Thread(target=vanish, args=(put,)).start()
            else:
                put(SourceEnd())
            return rate

        def vanish(put: Callable[[Block | SourceEnd], None]) -> None:
            time.sleep(0.1)
            shutil.rmtree(self._data)
            for _ in range(20):
                put(block(0.2))
            put(SourceEnd())

        source.start = started
        return Recorder(path, source, on_block=on_block)


def hold(store, microphone) -> str:
    shown = io.StringIO()
    room = Room(lambda: microphone, Silent(), Ear(), Unattended(), PlainScreen(Console(file=shown, width=200)))
    Interview(store, room, pause=False).run()
    return shown.getvalue()


def test_a_folder_deleted_while_recording_is_made_again_with_all_that_is_known(private_home: Path):
    store = begun()
    shown = hold(store, VanishingFolder(private_home / "voicemock_data"))
    store.close()
    assert "was deleted or moved while you were speaking" in shown
    assert read_progress(store.folder).answered == len(QUESTIONS)
    assert not (store.folder / "01-q1" / "take-1.wav").exists()  # that one is gone, and not said to be kept
    assert (store.folder / "01-q1" / "take-1.json").exists()
    heard = np.concatenate(list(AudioFile(store.folder / "02-q2" / "take-1.wav").blocks()))
    assert len(heard) == 40 * 512
    assert round(float(heard[-1]), 2) == 0.2
    report = from_json((store.folder / "session.json").read_bytes())
    assert len(report.answers) == len(QUESTIONS)
    assert any("written again" in note for note in report.answers[1].notes)


def test_a_folder_that_cannot_be_made_again_leaves_the_recording_elsewhere(
    private_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    data = private_home / "voicemock_data"
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    store = begun()
    answered(store, 1)
    store.ask(2, QUESTIONS[1])
    take = store.begin()
    source = FakeSource(*[block(0.1)] * 20)
    with Recorder(store.path(take), source) as recorder:
        wait_until(lambda: recorder.elapsed_s > 0.6)
        shutil.rmtree(data)
        data.write_text("in the way")
    assert isinstance(recorder.error, SessionError)
    assert "kept" not in recorder.error.hint
    (saved,) = tmp_path.glob("voicemock-*take-1.wav")
    assert f"voicemock review {saved}" in recorder.error.hint
    assert sum(map(len, AudioFile(saved).blocks())) == 20 * 512
    with pytest.raises(SessionError) as caught:
        store.save(store.path(take), store.answers[0])
    assert "is gone" in caught.value.hint
    data.unlink()


def test_a_take_that_cannot_be_analysed_is_in_the_report_and_waits(monkeypatch: pytest.MonkeyPatch):
    store = begun()

    def fails(self, recording, question, take):
        raise MemoryError("no memory left")

    with monkeypatch.context() as patched:
        patched.setattr(Ear, "finish", fails)
        shown = hold(store, Answers())
    store.close()
    assert f"voicemock resume {store.folder.name}" in " ".join(shown.split())
    assert not read_progress(store.folder).finished
    for name in ("report.html", "report.md"):
        page = (store.folder / name).read_text()
        assert "Not in this report" in page
        assert "no memory left" in page
        assert f"voicemock resume {store.folder.name}" in page.replace("\\", "")
    (first, *_) = from_json((store.folder / "session.json").read_bytes()).session.not_analysed
    assert (first.question, first.take, first.recording) == ("Question 1?", 1, "01-q1/take-1.wav")

    again = open_session(store.folder, tell=lambda _: None)
    hold(again, Answers())
    again.close()
    assert read_progress(store.folder).finished
    report = from_json((store.folder / "session.json").read_bytes())
    assert len(report.answers) == len(QUESTIONS)
    assert report.session.not_analysed == ()


class Answers:
    """A microphone that hears a short answer each time."""

    name = "fake"

    def record(self, path: Path, *, on_block=None) -> Recorder:
        return Recorder(path, FakeSource(*[block(0.1)] * 20, SourceEnd()), on_block=on_block)
