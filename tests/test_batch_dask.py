"""A batch on the workers of a Dask scheduler: the same results, whatever happens to the workers."""

import contextlib
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from tests import dask_child
from tests.conftest import needed
from tests.documented import ROOT, shown
from tests.here import InThisProcess
from tests.watched import Watch
from voicemock.audio.load import decode
from voicemock.audio.wav import wav_bytes
from voicemock.batch import dask_pool as batch_dask
from voicemock.batch import run as batch_run
from voicemock.batch import task as batch_task
from voicemock.batch.dask_pool import dask_pool
from voicemock.batch.row import Line, Row
from voicemock.batch.run import CRASHED, run_batch
from voicemock.batch.task import Job, Task
from voicemock.batch.worker import Wanted
from voicemock.demo.samples import load_samples
from voicemock.errors import ClusterError, ModelError
from voicemock.models.catalogue import Model, find_model

pytestmark = [
    pytest.mark.real,
    pytest.mark.allow_hosts(["127.0.0.1"]),
    pytest.mark.skipif(sys.platform == "win32", reason="kills processes"),
]

LOOPBACK = "--host 127.0.0.1 --dashboard-address 127.0.0.1:0"
ON_PAGE = "tcp://127.0.0.1:8786"


class Cluster:
    """A scheduler and its workers, processes on this machine; a context manager."""

    def __init__(self, folder: Path, scheduler: str = f"scheduler {LOOPBACK}") -> None:
        needed("distributed")
        self._folder = folder
        self._processes: list[subprocess.Popen[bytes]] = []
        own = {f"VOICEMOCK_{name}": str(folder / name) for name in ("DATA", "CACHE", "CONFIG")}
        # Fewer deaths, and no time spent on a profile nobody reads.
        settings = {"SCHEDULER__ALLOWED_FAILURES": "1", "WORKER__PROFILE__ENABLED": "False"}
        dask = {f"DASK_DISTRIBUTED__{name}": value for name, value in settings.items()}
        self.environment = {**os.environ, **own, **dask, "PYTHONPATH": str(ROOT)}
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
        self.scheduler = self.start(f"{scheduler} --port {self.address.rpartition(':')[2]}")

        self._wait()

    def _wait(self) -> None:
        """Wait until the scheduler listens."""
        host, _, port = self.address.removeprefix("tcp://").partition(":")
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError), socket.create_connection((host, int(port)), timeout=1):
                return
            time.sleep(0.1)
        pytest.fail("the scheduler does not listen")

    def start(self, command: str) -> "subprocess.Popen[bytes]":
        with (self._folder / f"{len(self._processes)}.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "dask", *shlex.split(command)],
                env=self.environment,
                cwd=self._folder,
                stdout=log,
                stderr=log,
            )
        self._processes.append(process)
        return process

    def add_workers(self, count: int) -> None:
        self.start(f"worker {self.address} --nworkers {count} --nthreads 1 --local-directory workers {LOOPBACK}")

    def __enter__(self) -> "Cluster":
        return self

    def __exit__(self, *_: object) -> None:
        for process in reversed(self._processes):
            process.kill()  # a worker ends with its nanny
            process.wait()


@pytest.fixture(scope="module")
def on_the_page() -> list[str]:
    """Return what docs/cluster.md says to type: scheduler, workers, batch."""
    return [c.rest for c in shown() if c.page == "docs/cluster.md" and c.program != "pip" and not c.in_text]


@pytest.fixture(scope="module")
def cluster(on_the_page: list[str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Start what the page says, with another port, and that is all."""
    scheduler, workers, _ = on_the_page
    with Cluster(tmp_path_factory.mktemp("cluster"), scheduler) as cluster:
        cluster.start(workers.replace(ON_PAGE, cluster.address))
        yield cluster


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give workers on a busy machine the time they need to start."""
    monkeypatch.setattr(batch_dask, "JOIN_S", 60.0)


@pytest.fixture
def job(tmp_path: Path) -> Job:
    return Job(out=tmp_path / "out", model=find_model("tiny.en"), verbatim=False)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch_run, "analyse", dask_child.quick)


def files(folder: Path, *names: str) -> list[Task]:
    for name in names:
        (folder / name).write_text(name)
    return [Task(path=folder / name) for name in names]


def on(address: str, tasks: list[Task], job: Job, progress=lambda row: None) -> list[Row]:
    with dask_pool(address, job) as pool:
        return run_batch(tasks, job, progress=progress, pool=pool)


def lines_in(out: Path) -> list[bytes]:
    return sorted((out / "results.jsonl").read_bytes().splitlines())


def files_below(folder: Path) -> dict[str, str]:
    """Return every file's text, without the sound: FFmpeg numbers each by chance."""
    files = {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*") if path.is_file()}
    return {name: re.sub(r"data:audio/webm;base64,[\w+/=]+", "sound", text) for name, text in files.items()}


@pytest.fixture(scope="module")
def recordings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a recording of 3 s and a file that is none."""
    folder = tmp_path_factory.mktemp("recordings")
    samples, rate_hz = decode(load_samples()[0].path, rate_hz=16_000)
    (folder / "answer.wav").write_bytes(wav_bytes(samples[: 3 * rate_hz], rate_hz))
    (folder / "text.wav").write_text("this is no sound")
    return folder


def test_a_cluster_gives_what_this_machine_gives(
    cluster: Cluster, recordings: Path, job: Job, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Byte for byte, with real Whisper, in the table of lines and in the reports; read again, it is read here."""
    tasks = [Task(path=recordings / name) for name in ("answer.wav", "text.wav")]
    here = msgspec.structs.replace(job, out=tmp_path / "here")
    local = run_batch(tasks, here, progress=lambda row: None, pool=InThisProcess())
    assert on(cluster.address, tasks, job) == local
    heard, text = local
    assert heard.words > 2
    assert "text.wav" in text.error
    assert lines_in(job.out) == lines_in(here.out)
    reports = files_below(job.out / "reports")
    assert reports == files_below(here.out / "reports")
    assert '"sound"' in reports[heard.report.removeprefix("reports/")]
    assert (job.out / heard.report).stat().st_mode & 0o077 == 0
    monkeypatch.setattr(batch_dask.DaskPool, "_submit", None)
    monkeypatch.setattr(batch_task, "reader_version", lambda: "another")
    assert on(cluster.address, tasks[:1], job) == [heard]


def test_the_commands_of_the_page_work_as_they_stand_there(
    cluster: Cluster, on_the_page: list[str], recordings: Path, tmp_path: Path
):
    """With another port, and that is all; the command connects to the scheduler, and nowhere else."""
    (tmp_path / "recordings").mkdir()
    (tmp_path / "recordings" / "answer.wav").symlink_to(recordings / "answer.wav")
    command = shlex.split(on_the_page[-1].replace(ON_PAGE, cluster.address))
    watch = Watch(tmp_path, network=True) if shutil.which("strace") else None
    done = voicemock(*command, cwd=tmp_path, watch=watch)
    assert done.returncode == 0, done.stderr
    reached_for = watch.reached_for() if watch else set()
    port = f'htons({cluster.address.rpartition(":")[2]}), sin_addr=inet_addr("127.0.0.1")'
    assert not [line for line in reached_for if port not in line and "/run/uuidd/request" not in line]
    assert done.stdout == "1 of 1 analysed. Index: results/index.html\n"
    said = f"The work goes to {cluster.address}: the recordings' paths and questions are sent there, and their words "
    assert f"{said}and reports, with the sound, come back, not encrypted.\n" in done.stderr


def test_a_worker_killed_in_mid_run_loses_nothing(cluster: Cluster, tmp_path: Path, job: Job, quick):
    tasks = files(tmp_path, *(f"{number}.wav" for number in range(24)))
    seen: list[Row] = []
    with dask_pool(cluster.address, job) as pool:

        def progress(row: Row) -> None:
            seen.append(row)
            if len(seen) == 4:
                os.kill(next(iter(pool._client.run(os.getpid).values())), signal.SIGKILL)

        rows = run_batch(tasks, job, progress=progress, pool=pool)
    assert [row.path for row in rows] == [task.name for task in tasks]
    assert not [row for row in rows if row.error]
    assert len(seen) == len(lines_in(job.out)) == len(tasks)
    assert len(files_below(job.out / "reports")) == len(tasks)


def test_a_recording_that_kills_its_workers_costs_only_itself(cluster: Cluster, tmp_path: Path, job: Job, quick):
    tasks = files(tmp_path, "a.wav", "deadly.wav", "c.wav", "d.wav")
    rows = on(cluster.address, tasks, job)
    assert [row.error for row in rows] == ["", CRASHED, "", ""]


def test_an_error_that_ends_a_batch_comes_back_as_itself(cluster: Cluster, tmp_path: Path, job: Job, quick):
    with pytest.raises(ModelError, match="The model is broken") as caught:
        on(cluster.address, files(tmp_path, "broken.wav", "a.wav"), job)
    assert caught.value.hint == "Mend it."


def test_paths_are_told_as_they_were_given(cluster: Cluster, tmp_path: Path, job: Job, quick, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (row,) = on(cluster.address, files(Path(), "a.wav"), job)
    assert (row.path, row.error) == ("a.wav", "")


def test_no_more_is_given_out_than_the_workers_need(cluster: Cluster, tmp_path: Path, job: Job, quick, monkeypatch):
    given = 0
    submit = batch_dask.DaskPool._submit

    def counted(*arguments):
        nonlocal given
        given += 1
        return submit(*arguments)

    def progress(row: Row) -> None:
        nonlocal given
        given -= 1
        most.append(given)

    most: list[int] = []
    monkeypatch.setattr(batch_dask.DaskPool, "_submit", counted)
    on(cluster.address, files(tmp_path, *(f"{number}.wav" for number in range(12))), job, progress)
    assert max(most) < batch_dask.AHEAD * 2


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (lambda model: Wanted(model, voicemock="9.9"), "it has voicemock .*, not 9.9"),
        (lambda model: Wanted(model, reader="another"), "reads answers with other weights"),
        (lambda model: Wanted(Model("base.en", Path("/elsewhere"), "cache")), "base.en is not installed"),
        (lambda model: Wanted(Model("mine", Path("/nowhere"), "folder")), "/nowhere lacks"),
    ],
)
def test_a_worker_that_cannot_do_the_work_is_named_before_it(cluster: Cluster, job: Job, monkeypatch, wanted, said):
    monkeypatch.setattr(batch_dask, "Wanted", wanted)
    with pytest.raises(ClusterError, match=rf"The worker tcp://127.0.0.1:\d+ cannot do this work: .*{said}"):
        on(cluster.address, [], job)


def test_a_folder_the_workers_do_not_see_is_named(cluster: Cluster, tmp_path: Path, job: Job, quick, monkeypatch):
    monkeypatch.setattr(batch_dask, "_is_there", dask_child.blind)
    with pytest.raises(ClusterError, match=r"The worker tcp://\S+ does not see \S+a.wav"):
        on(cluster.address, files(tmp_path, "a.wav"), job)


def test_a_scheduler_without_workers_and_one_that_dies_are_told(tmp_path: Path, job: Job, quick, monkeypatch):
    monkeypatch.setattr(batch_dask, "JOIN_S", 0.5)
    (tmp_path / "cluster").mkdir()
    with Cluster(tmp_path / "cluster") as cluster:
        with pytest.raises(ClusterError, match=f"No worker has joined the Dask scheduler at {cluster.address}"):
            on(cluster.address, [], job)
        monkeypatch.setattr(batch_dask, "JOIN_S", 60.0)
        cluster.add_workers(1)
        tasks = files(tmp_path, *(f"{number}.wav" for number in range(8)))
        with pytest.raises(ClusterError, match="is gone") as caught:
            on(cluster.address, tasks, job, progress=lambda row: cluster.scheduler.kill())
        assert "go on" in caught.value.hint
        kept = [msgspec.json.decode(line, type=Line) for line in lines_in(job.out)]
        assert kept and not [line for line in kept if line.error]


@pytest.mark.realtime
@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nonsense", "gopher://127.0.0.1:9", "tls://127.0.0.1:9"])
def test_a_scheduler_that_is_not_there_is_told(address: str, job: Job):
    began = time.monotonic()
    with pytest.raises(ClusterError, match=f"The Dask scheduler at {address} cannot be reached: .+") as caught:
        on(address, [], job)
    assert "dask scheduler" in caught.value.hint
    assert time.monotonic() - began < 10


def test_a_machine_too_busy_to_connect_is_told(job: Job, monkeypatch: pytest.MonkeyPatch):
    """Dask gives its own thread ten seconds to begin, and then only asserts that it has."""

    def never_began(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr("distributed.Client", never_began)
    with pytest.raises(ClusterError, match="cannot be reached: AssertionError"):
        on("tcp://127.0.0.1:9", [], job)


def voicemock(*arguments: str, cwd: Path, watch: Watch | None = None) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "voicemock", *arguments]
    command = watch.command(*command) if watch else command
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=60)


def test_the_command_says_in_one_sentence_that_no_scheduler_is_there(recordings: Path, tmp_path: Path):
    command = ["batch", str(recordings), "--out", "out", "--model", "tiny.en", "--dask", "tcp://127.0.0.1:9"]
    done = voicemock(*command, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("voicemock: The Dask scheduler at tcp://127.0.0.1:9 cannot be reached")
    assert "Traceback" not in done.stderr and len(done.stderr.splitlines()) <= 3, done.stderr
    assert not done.stdout
