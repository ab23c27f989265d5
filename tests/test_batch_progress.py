"""How far a batch is: what is counted, what is printed where, and Ctrl-C in a terminal."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pexpect
import pytest

from tests.cohort import row
from voicemock.batch import run
from voicemock.batch.row import Line
from voicemock.batch.task import Job, Task
from voicemock.cli import batch_progress
from voicemock.cli.batch_progress import Meter, shown_progress
from voicemock.models.catalogue import Model


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_what_is_told_is_of_this_run_where_it_is_about_speed():
    clock = Clock()
    meter = Meter(10, now=clock)
    clock.now = 100.0
    meter.kept(row(duration_s=7200.0))
    assert str(meter) == "1 of 10 files, 2.0 h of audio"
    clock.now = 160.0
    meter.done(row(duration_s=1800.0))
    meter.done(row(error="no speech"))
    assert str(meter) == "3 of 10 files, 2.5 h of audio, 30.0 times real time, about 3:30 left, 1 failed"


def shown(rows, *, quiet=False, total=3) -> None:
    with shown_progress(total, quiet=quiet) as progress:
        for one in rows:
            progress.done(one)


def test_without_a_terminal_lines_come_every_so_often_and_failures_at_once(capsys, monkeypatch):
    rows = [row(duration_s=60.0), row("bad\x1b[31m.wav", error="no speech"), row("c.wav", error="c.wav: broken")]
    shown(rows)
    *failures, last = capsys.readouterr().err.splitlines()
    assert failures == ["bad.wav: no speech", "c.wav: broken"]
    assert last.startswith("3 of 3 files, 0.0 h of audio, ") and last.endswith(", 2 failed")
    monkeypatch.setattr(batch_progress, "EVERY_S", 0.0)
    shown(rows)
    assert len(capsys.readouterr().err.splitlines()) == 6


def test_quiet_says_nothing_but_what_went_wrong(capsys):
    shown([row(), row("b.wav", error="no speech")], quiet=True)
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", "b.wav: no speech\n")


SCRIPT = """
import sys, time
from pathlib import Path
import voicemock.batch.run as run
import voicemock.models.catalogue as catalogue
from voicemock.batch.row import Line

def analyse(job, task, *, threads):
    if "slow" in task.name:
        (job.out / "at work").touch()
        time.sleep(600)
    return Line(path=task.name, sha256="a", hearing="h", reading="r", duration_s=60.0)

run.analyse = analyse
catalogue.find_model = lambda name: catalogue.Model("tiny.en", Path("nowhere"), "folder")
if __name__ == "__main__":
    from voicemock.cli.main import run as main
    main()
"""


@pytest.fixture
def command(tmp_path: Path) -> list[str]:
    (tmp_path / "in").mkdir()
    for name in ("a.wav", "slow.wav"):
        (tmp_path / "in" / name).write_text(name)
    (tmp_path / "batch.py").write_text(SCRIPT)
    return [str(tmp_path / "batch.py"), "batch", str(tmp_path / "in"), "--out", str(tmp_path / "out"), "--workers", "2"]


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent), "COLUMNS": "160", "TERM": "xterm-256color"}


def wait_until_at_work(tmp_path: Path) -> None:
    deadline = time.monotonic() + 60
    lines = tmp_path / "out" / "results.jsonl"
    while not ((tmp_path / "out" / "at work").exists() and lines.exists() and lines.read_bytes()):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_ctrl_c_in_a_terminal_ends_at_once_without_a_traceback(tmp_path: Path, command: list[str]):
    """There it reaches the workers too; the one in the middle of a long recording is not waited for."""
    terminal = pexpect.spawn(
        sys.executable, command, env=environment(), encoding="utf-8", timeout=60, dimensions=(24, 160)
    )
    wait_until_at_work(tmp_path)
    terminal.expect("1 of 2 files")
    began = time.monotonic()
    terminal.sendintr()
    terminal.expect(pexpect.EOF)
    said = terminal.before
    terminal.close()
    assert terminal.exitstatus == 130
    assert time.monotonic() - began < 30
    assert "Traceback" not in said
    assert "Stopped. 1 of 2 recordings are done" in said
    assert "a.wav" in (tmp_path / "out" / "results.csv").read_text()


def interrupted(job: Job, task: Task, *, threads: int) -> Line:
    os.kill(os.getpid(), signal.SIGINT)
    return Line(path=task.name, sha256="a", hearing="h", reading="r")


def test_a_worker_leaves_ctrl_c_to_the_batch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A terminal sends it to every process; one that ended by itself would print where it was."""
    monkeypatch.setattr(run, "analyse", interrupted)
    (tmp_path / "a.wav").write_text("a")
    job = Job(out=tmp_path / "out", model=Model("tiny.en", Path("nowhere"), "folder"))
    try:
        (one,) = run.run_batch([Task(path=tmp_path / "a.wav")], job, progress=lambda row: None)
    except KeyboardInterrupt:
        pytest.fail("it reached the worker")
    assert not one.error


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_to_the_batch_alone_ends_its_workers_too(tmp_path: Path, command: list[str], number: signal.Signals):
    batch = subprocess.Popen(
        [sys.executable, *command], env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    wait_until_at_work(tmp_path)
    batch.send_signal(number)
    out, err = batch.communicate(timeout=60)  # a worker that lived on would hold these open
    assert batch.returncode == 128 + number
    assert out == ""
    assert "Traceback" not in err and "Warning" not in err
    assert (tmp_path / "out" / "index.html").exists() is (number == signal.SIGINT)
