"""A disk that is full at the first write, the second, and so on to the last: told in a line, nothing half written."""

import errno
import json
import os
import shutil
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest

from tests import crash_child
from tests.builders import spoken
from tests.judgeable import judgeable, verdict
from tests.practised import begun, finished
from tests.sounds import noise
from tests.test_batch import Here
from tests.test_pull import FILES, hub  # noqa: F401 (a fixture)
from voicemock.analyze import analyze
from voicemock.archive.feedback import judge
from voicemock.archive.progress import read_progress
from voicemock.archive.resume import open_session
from voicemock.audio.wav import wav_bytes
from voicemock.batch import run as batch_run
from voicemock.batch import work as batch_work
from voicemock.cli import main
from voicemock.config import save_config
from voicemock.errors import ModelError
from voicemock.models.catalogue import Model, models_dir
from voicemock.models.pull import pull
from voicemock.report import from_json
from voicemock.schema import AnswerReport, Recording

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class Disk:
    """Counts what changes the files below a folder, and refuses one of them, or all from one on.

    Opening to write, making a folder and renaming are seen by an audit hook, so none is overlooked, whatever code
    does it; the end of a write is seen in ``os.fsync``.
    """

    def __init__(self, top: Path) -> None:
        self._top = str(top)
        self.watching = False
        self.changes = 0
        self.refused: list[str] = []
        self._full: Callable[[int], bool] = lambda _: False
        sys.addaudithook(self._hook)

    @contextmanager
    def full(self, when: Callable[[int], bool]) -> Iterator[None]:
        self.changes, self._full, self.watching = 0, when, True
        self.refused = []
        try:
            yield
        finally:
            self.watching = False

    def change(self, what: str) -> None:
        self.changes += 1
        if self._full(self.changes):
            self.refused.append(what)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), what)

    def _hook(self, event: str, arguments: tuple[object, ...]) -> None:
        if not self.watching:
            return
        place = str(arguments[0]) if arguments else ""
        if event == "open":
            flags = arguments[2]
            if not isinstance(flags, int) or not flags & WRITING or place.endswith(".lock"):
                return
        elif event == "os.rename":
            place = str(arguments[1])
        elif event != "os.mkdir":
            return
        if place.startswith(self._top):
            self.change(place)


DISKS: list[Disk] = []
"""An audit hook stays for good, so there is one."""


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Disk:
    if not DISKS:
        DISKS.append(Disk(tmp_path))
    disk = DISKS[0]
    disk._top = str(tmp_path)
    fsync = os.fsync

    def synced(fd: int) -> None:
        if disk.watching and not stat.S_ISDIR(os.fstat(fd).st_mode):  # a folder's is a bonus: its file is in place
            disk.change(f"{tmp_path}/…")
        fsync(fd)

    monkeypatch.setattr(os, "fsync", synced)
    for variable in ("VOICEMOCK_DATA", "VOICEMOCK_CACHE", "VOICEMOCK_CONFIG"):
        monkeypatch.setenv(variable, str(tmp_path / variable.lower()))
    return disk


HEARD: list[Path] = []


def heard(path: Path, **_: object) -> AnswerReport:
    HEARD.append(path)
    answer = analyze(spoken("So we moved it and it went well.", lasts_s=30))
    return msgspec.structs.replace(answer, recording=Recording(path=str(path), duration_s=30, sample_rate_hz=16_000))


@pytest.fixture
def fake_hearing(monkeypatch: pytest.MonkeyPatch) -> None:
    for place in ("report.write", "archive.export"):  # not what is tried here, and most of the time
        monkeypatch.setattr(f"voicemock.{place}.render_html", lambda *_, **__: "<html></html>\n")
    monkeypatch.setattr("voicemock.analyze.analyze_recording", heard)
    monkeypatch.setattr(batch_work, "analyze_recording", heard)
    monkeypatch.setattr(
        "voicemock.models.catalogue.find_model", lambda name: Model("tiny.en", Path("nowhere"), "folder")
    )
    monkeypatch.setattr("voicemock.speech.recognise.Recogniser", lambda *_, **__: None)
    monkeypatch.setattr(batch_work, "_recogniser", lambda *_: None)

    monkeypatch.setattr(batch_run, "LocalPool", lambda workers: Here())


def command(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *arguments: object) -> tuple[int, str]:
    """Run voicemock; return its exit code, and what it complained of."""
    monkeypatch.setattr(sys, "argv", ["voicemock", *map(str, arguments)])
    capsys.readouterr()
    with pytest.raises(SystemExit) as end:
        main.run()
    code = end.value.code
    return int(code or 0), capsys.readouterr().err


def half_written(top: Path) -> list[Path]:
    """Return files that are empty, hidden, or JSON that does not parse."""
    bad = []
    for path in top.rglob("*"):
        if path.is_file() and not path.name.endswith("lock"):
            whole = path.stat().st_size and not path.name.startswith(".")
            if whole and path.suffix == ".json":
                json.loads(path.read_bytes())
            bad += [] if whole else [path]
    return bad


COMMANDS = {
    "review": ("review", "in/a.wav", "--json", "report.json"),
    "review --out": ("review", "in/a.wav", "--out", "new/folder", "--replace", "--json", "report.json"),
    "read": ("read", "answer.txt", "--json", "report.json"),
    "questions new": ("questions", "new", "my.toml"),
    "sessions export": ("sessions", "export", "2", "--to", "session.zip"),
    "feedback": ("feedback", "2", "--wrong", "hedging-1.1"),
    "feedback export": ("feedback", "export", "--to", "cases.jsonl"),
    "batch": ("batch", "in", "--out", "out"),
}


@pytest.mark.usefixtures("fake_hearing")
@pytest.mark.parametrize("name", COMMANDS)
def test_each_write_that_fails_is_told_and_leaves_nothing_half(
    name: str, disk: Disk, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.wav").write_bytes(wav_bytes(noise(1.0), 16_000))
    (tmp_path / "answer.txt").write_text("We moved it and it went well.")
    if name == "sessions export":
        finished()
    if name.startswith("feedback"):
        folder = judgeable()
        judge(folder, [verdict("hedging-1.1")], tell=print)
    failures = 0
    for number in range(1, 60):
        for lasting in (True, False):
            with disk.full(lambda n, at=number, on=lasting: n >= at if on else n == at):
                code, said = command(capsys, monkeypatch, *COMMANDS[name])
            if disk.refused:
                failures += 1
                assert "Traceback" not in said
                assert "fault in voicemock" not in said
                if code == 0:
                    assert not lasting, f"{disk.refused[0]} could not be written, and nobody was told"
                    continue
                assert code == 2
                assert "No space left on device" in said, said
                assert "space" in said.partition("device")[2], "what to do is not said"
                assert not half_written(tmp_path), disk.refused
                if HEARD and not lasting:
                    assert [*tmp_path.glob("**/session.json"), *tmp_path.glob("report.json")], "the analysis is lost"
            HEARD.clear()
            for old in tmp_path.rglob("session.json") if name.startswith("review") else ():
                old.unlink()
            for made in ("my.toml", "session.zip", "report.json"):
                (tmp_path / made).unlink(missing_ok=True)
        if not disk.refused:
            break
    else:
        pytest.fail("the disk was always full")
    assert failures >= 4
    assert command(capsys, monkeypatch, *COMMANDS[name])[0] == 0
    print(f"{name}: {failures} writes failed")


def test_settings_stay_as_they_were_where_they_cannot_be_written(disk: Disk):
    path = save_config({"voice": "natural"})
    before, number, told = path.read_bytes(), 0, 0
    while True:
        number += 1
        with disk.full(lambda n, at=number: n == at):
            try:
                save_config({"voice": "system"})
            except main.VoicemockError as error:
                told += 1
                assert "No space left on device" in error.message
                assert "Free some space" in error.hint
                assert path.read_bytes() == before
        assert not half_written(path.parent)
        if not disk.refused:
            break
        path.write_bytes(before)  # a folder that is there already need not be made
    assert told >= 2
    assert b"system" in path.read_bytes()


@pytest.mark.allow_hosts(["127.0.0.1"])
@pytest.mark.usefixtures("hub")
def test_a_pull_goes_on_whichever_write_failed(disk: Disk):
    number, told = 0, 0
    while True:
        number += 1
        with disk.full(lambda n, at=number: n == at):
            try:
                pull("base.en")
            except ModelError as error:
                told += 1
                assert "No space left on device" in error.message
                assert "Free some space" in error.hint
                assert "picks up where it stopped" in error.hint
        if not disk.refused:
            break
        model = pull("base.en")
        assert (model.path / "model.bin").read_bytes() == FILES["model.bin"]
        shutil.rmtree(model.path)
    assert told >= 5
    assert not [path for path in models_dir().iterdir() if path.name.startswith((".old", ".partial"))]


def test_practice_keeps_everything_whichever_write_fails(disk: Disk, tmp_path: Path):
    crash_child_answer = crash_child.ANSWER_S
    failures, number = 0, 0
    crash_child.ANSWER_S, crash_child.LISTENS_S = 0.1, 0.0
    try:
        while True:
            number += 1
            store = begun()
            with disk.full(lambda n, at=number: n >= at):
                try:
                    crash_child.hold(store)
                except main.VoicemockError as error:
                    assert "No space left on device" in error.message
                    assert "kept" in error.hint or "Is the disk full?" in error.hint
            store.close()
            if not disk.refused:
                break
            failures += 1
            assert not half_written(store.folder)
            takes = {path: path.read_bytes() for path in store.folder.rglob("*.wav")}
            again = open_session(store.folder, tell=lambda _: None)
            crash_child.hold(again)
            again.close()
            assert read_progress(store.folder).finished
            assert {path: path.read_bytes() for path in takes} == takes
            report = from_json((store.folder / "session.json").read_bytes())
            assert {a.question.id for a in report.answers if a.question} == {"q1", "q2", "q3"}
            number += 6  # every seventh: a session has over a hundred
    finally:
        crash_child.ANSWER_S = crash_child_answer
        crash_child.LISTENS_S = 0.15
    assert failures > 5
    print(f"practice: {failures} writes failed")
