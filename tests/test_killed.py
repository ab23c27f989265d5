"""Killed without warning at random moments, a batch and a pull go on where they were, with nothing lost or doubled."""

import contextlib
import csv
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.fake_hub import Hub
from tests.kill_child import RECORDINGS
from tests.test_pull import FILES, WANTED, hub  # noqa: F401 (a fixture)
from voicemock.batch import results
from voicemock.batch.task import Task
from voicemock.models.catalogue import find_model, models_dir
from voicemock.report import from_json

KILLS = 20

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="lives are forked")


class Lives:
    """Starts one life after the other; a context manager."""

    def __init__(self, kind: str, what: str) -> None:
        command = [sys.executable, "-m", "tests.kill_child", kind, what]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=Path(__file__).parent.parent
        )
        assert self._process.stdin
        assert self._process.stdout
        self._start, self._told = self._process.stdin, self._process.stdout
        assert self._tells()[0] == "ready"

    def __enter__(self) -> "Lives":
        return self

    def __exit__(self, *_: object) -> None:
        self._start.close()
        self._told.close()
        self._process.wait(30)

    def live(self, *, kill_at: int | None = None, later_s: float = 0.0) -> bool:
        """Let one life go its way, killed a little after its n-th event; return whether it came to its end."""
        self._start.write(b"\n")
        self._start.flush()
        pid, seen, over, sent = 0, 0, False, False
        while (event := self._tells())[0] != "end":
            over |= event[0] == "over"
            if event[0] == "life":
                pid = int(str(event[1]))
            else:
                seen += 1
            if seen == kill_at:
                time.sleep(later_s)
                with contextlib.suppress(ProcessLookupError):  # it was quicker
                    os.kill(pid, signal.SIGKILL)
                kill_at, sent = None, True
        assert event[1] in ((0, -signal.SIGKILL) if sent else (0,)), event  # killed on its way out, it is over too
        return over

    def _tells(self) -> list[object]:
        told: list[object] = json.loads(self._told.readline())
        return told


def kills(lives: Lives, *, within: int, begin: Callable[[int], None], check: Callable[[], None]) -> int:
    """Kill twenty lives, beginning anew whenever one came to its end; return how often that was."""
    chance, killed, ends = random.Random(1), 0, 0
    begin(ends)
    while killed < KILLS:
        over = lives.live(kill_at=chance.randint(1, within), later_s=chance.uniform(0, 0.004))
        killed += not over
        check()
        if over:
            ends += 1
            begin(ends)
    return ends


def rows_in(out: Path) -> Iterator[dict[str, object]]:
    """Yield the whole rows; the last line may be cut off."""
    lines = (out / "results.jsonl").read_bytes().split(b"\n") if (out / "results.jsonl").exists() else [b""]
    yield from map(json.loads, lines[:-1])


def current(out: Path) -> list[str]:
    """Return the lines of the table, and the whole lines of its recordings in some fixed order."""
    table = (out / "results.csv").read_text().splitlines()
    now = {line["sha256"] for line in csv.DictReader(table)}
    lines = (out / "results.jsonl").read_text().splitlines()
    return [*table, *sorted(line for line in lines if json.loads(line)["sha256"] in now)]


def test_a_batch_outlives_twenty_kills(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    folder, out = tmp_path / "work", tmp_path / "work" / "out"
    (folder / "in").mkdir(parents=True)
    names = [f"{number}.wav" for number in range(RECORDINGS)]
    seen: Counter[str] = Counter()

    def begin(number: int) -> None:
        for name in names:
            (folder / "in" / name).write_text(f"{number} {name}")  # other bytes: to be analysed anew

    def check() -> None:
        for row in rows_in(out):
            assert not row["error"]
            page = out / str(row["report"])
            assert page.read_text().rstrip().endswith("</html>")
            from_json(page.with_name("session.json").read_bytes())
        if (out / "results.csv").exists():
            assert len(list(csv.DictReader((out / "results.csv").read_text().splitlines()))) == RECORDINGS
        if (out / "index.html").exists():
            assert (out / "index.html").read_text().rstrip().endswith("</html>")
        known = {str(row["sha256"]) for row in rows_in(out)}
        assert set(seen) <= known, "a row that was there is lost"
        seen.update(known)

    with Lives("batch", str(folder)) as lives:
        rounds = kills(lives, within=36, begin=begin, check=check)
        for left in out.rglob(".*.*"):
            os.utime(left, (0, 0))
        assert lives.live()
        check()
        out.rename(folder / "killed")
        assert lives.live(), "to compare: one that nobody kills"
    undisturbed, out = out, folder / "killed"
    assert current(out) == current(undisturbed)
    keys = Counter((row["path"], row["sha256"]) for row in rows_in(out))
    assert set(keys.values()) == {1}, "a row stands twice"
    assert len(keys) >= RECORDINGS
    table = (out / "results.csv").read_text().splitlines()
    assert [Path(line["path"]).name for line in csv.DictReader(table)] == names
    left = [path.name for path in out.rglob(".*") if path.name != results.LOCK]
    assert not left, "half a file lies about"
    print(f"{KILLS} kills, {rounds} batches to their end, {len(keys)} rows")


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_a_pull_outlives_twenty_kills(hub: Hub, monkeypatch: pytest.MonkeyPatch):  # noqa: F811 (the fixture)
    target = models_dir() / "base.en"

    def begin(_: int) -> None:
        if target.exists():  # to be fetched again: one file is not what it was
            (target / "model.bin").write_bytes(b"damaged")

    def check() -> None:
        for name in WANTED:
            if (target / name).exists():
                assert (target / name).read_bytes() in (FILES[name], b"damaged"), "half a file is in place"

    with Lives("pull", "base.en") as lives:
        rounds = kills(lives, within=24, begin=begin, check=check)
        assert lives.live()
    model = find_model("base.en")
    assert {name: (model.path / name).read_bytes() for name in WANTED} == {name: FILES[name] for name in WANTED}
    assert not list(models_dir().glob(".partial-*"))
    assert not list(models_dir().glob(".old-*"))
    ranges = hub.asked_ranges()
    resumed = [asked for asked in ranges if asked != "bytes=0-"]
    assert resumed, "every pull began anew"
    print(f"{KILLS} kills, {rounds} pulls to their end, {len(resumed)} of {len(ranges)} downloads went on")


def test_nothing_outlives_a_batch_that_is_killed(tmp_path: Path):
    """The workers of a killed batch end too; otherwise each would keep its Whisper in memory forever."""
    code = (
        "import time, pathlib, voicemock.batch.run as run\n"
        "from voicemock.batch.task import Job, Task\n"
        "from voicemock.models.catalogue import Model\n"
        "from tests.test_killed import worker_tells\n"
        "run.analyse = worker_tells\n"
        f"out = pathlib.Path({str(tmp_path)!r})\n"
        "job = Job(out=out, model=Model('tiny.en', out, 'folder'))\n"
        "if __name__ == '__main__': run.run_batch([Task(path=out / 'a.wav')], job, progress=print)\n"
    )
    (tmp_path / "a.wav").write_text("a")
    (tmp_path / "job.py").write_text(code)
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
    batch = subprocess.Popen([sys.executable, str(tmp_path / "job.py")], env=environment)
    told = tmp_path / "pid"
    wait_until(told.exists)
    batch.kill()
    batch.wait()
    worker = int(told.read_text())
    wait_until(lambda: not alive(worker))


def worker_tells(job: object, task: Task, *, threads: int) -> None:
    folder = task.path.parent
    (folder / "pid.new").write_text(str(os.getpid()))
    (folder / "pid.new").rename(folder / "pid")
    time.sleep(60)


def alive(pid: int) -> bool:
    """Return whether a process runs; one that ended and is not fetched yet does not."""
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    except NotADirectoryError:
        os.kill(pid, 0)
        return True


def wait_until(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + 120
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)
