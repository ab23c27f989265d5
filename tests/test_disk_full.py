"""A disk that fills up: everything recorded is kept, the candidate is told, and the session goes on later."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import crash_child
from tests.conftest import need
from tests.practised import QUESTIONS, answered, begun
from tests.sounds import RATE_HZ
from tests.test_crash import on_disk
from tests.test_record import FakeSource, block, wait_until
from voicemock.analyze import assemble
from voicemock.archive.progress import Ended, Step, read_progress
from voicemock.archive.resume import open_session
from voicemock.audio.load import AudioFile
from voicemock.audio.record import Recorder
from voicemock.errors import SessionError
from voicemock.report import from_json

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="mounts a tmpfs")

ROOT = [] if os.name == "nt" or os.geteuid() == 0 else ["sudo", "-n"]


def mount(disk: Path, *options: str) -> bool:
    command = [*ROOT, "mount", "-t", "tmpfs", "-o", ",".join(options), "tmpfs", str(disk)]
    return bool(shutil.which(command[0])) and subprocess.run(command, capture_output=True).returncode == 0


@pytest.fixture
def small_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Put the user's data on a disk of 128 KB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    need(mount(disk, "size=128k", f"uid={os.geteuid()}"), "the right to mount a small disk")
    monkeypatch.setenv("VOICEMOCK_DATA", str(disk))
    yield disk
    subprocess.run([*ROOT, "umount", "--lazy", str(disk)], check=True)  # a test that fails may hold a file open


def test_a_full_disk_keeps_what_was_recorded_and_the_session_goes_on_later(small_disk: Path):
    store = begun()
    answered(store, 1)
    store.ask(2, QUESTIONS[1])
    take = store.begin()
    with Recorder(store.path(take), FakeSource(*[block()] * 200)) as recorder:
        wait_until(lambda: recorder.finished)
    assert isinstance(recorder.error, SessionError)
    assert "No space left" in recorder.error.message
    ballast = small_disk / "ballast"  # what little a failed write gives back
    with pytest.raises(OSError, match="No space left"), ballast.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(512))
    with pytest.raises(SessionError, match=r"progress\.json cannot be written: No space left on device") as caught:
        store.end(take, Ended.ANSWERED)
    assert f"voicemock resume {store.folder.name}" in caught.value.hint
    with pytest.raises(SessionError, match="No space left"):
        store.write_report(assemble(store.answers, session=store.info), finished=False)
    store.close()

    ballast.unlink()
    told: list[str] = []
    again = open_session(store.folder, tell=told.append)
    assert [answer.take for answer in again.answers] == [1]
    (part,) = again.waiting
    assert again.progress.remaining[0] == Step(number=2, question=QUESTIONS[1])
    heard_s = sum(map(len, AudioFile(again.path(part)).blocks())) / RATE_HZ
    assert heard_s == pytest.approx(recorder.elapsed_s, abs=0.05)
    assert heard_s > 1
    assert told == [f"Your unfinished answer of 0:0{round(heard_s)} to question 2 is kept as take 1."]
    assert not list(small_disk.rglob(".*.json.*"))
    again.close()


def test_an_interview_on_a_full_disk_says_so_and_is_taken_up_once_there_is_room(small_disk: Path):
    store = begun()
    with pytest.raises(SessionError) as caught:
        crash_child.hold(store)
    store.close()
    assert "No space left on device" in caught.value.message
    assert "kept" in caught.value.hint
    before = {path: path.read_bytes() for path in small_disk.rglob("take-*.*")}
    assert before

    assert mount(small_disk, "remount", "size=10m", f"uid={os.geteuid()}")
    again = open_session(store.folder, tell=print)
    crash_child.hold(again)
    again.close()
    assert read_progress(store.folder).answered == len(QUESTIONS)
    assert {path: path.read_bytes() for path in before} == before
    for take in again.progress.takes:
        samples, spoken = on_disk(again.path(take)), crash_child.said(take.file)
        assert bytes(samples) == bytes(spoken[: len(samples)])
        assert len(samples) == len(spoken) or take.ended is Ended.OPEN
    assert len(from_json((store.folder / "session.json").read_bytes()).answers) >= len(QUESTIONS)
