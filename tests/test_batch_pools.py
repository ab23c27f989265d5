"""The processes of a batch on this machine: which task they begin with, and how many cores each may keep busy."""

import os
from pathlib import Path

import pytest

from voicemock.batch import pools
from voicemock.batch import run as batch_run
from voicemock.batch.pools import LocalPool
from voicemock.batch.row import Line
from voicemock.batch.run import run_batch
from voicemock.batch.task import Job, Task
from voicemock.models.catalogue import Model


def tell_threads(task: Task, *, threads: int, out: Path | None = None) -> Line:
    return Line(path=task.name, sha256="", hearing="", reading="", words=threads)


def tell_pools_of_memory(task: Task, *, threads: int, out: Path | None = None) -> Line:
    return Line(path=os.environ.get("MALLOC_ARENA_MAX", "any"), sha256="", hearing="", reading="")


def tell_name(job: Job, task: Task, *, threads: int) -> Line:
    return Line(path=task.name, sha256=task.path.name, hearing=job.hearing, reading=job.reading(None))


def test_all_cores_are_shared_out(monkeypatch: pytest.MonkeyPatch):
    given = []

    class Told(pools.ProcessPoolExecutor):
        def __init__(self, workers, *, initargs, **settings):
            given.extend(initargs[0].get() for _ in range(workers))
            for share in given:
                initargs[0].put(share)
            super().__init__(workers, initargs=initargs, **settings)

    monkeypatch.setattr(pools, "cores", lambda: 8)
    monkeypatch.setattr(pools, "ProcessPoolExecutor", Told)
    tasks = [Task(path=Path(name)) for name in "abc"]
    told = [line.words for _, line in LocalPool(3).map(tell_threads, tasks)]
    assert sorted(given) == [2, 3, 3]
    assert len(told) == 3 and set(told) <= {2, 3}


@pytest.mark.parametrize(("own", "told"), [(None, "1"), ("3", "3")])
def test_a_process_keeps_one_pool_of_freed_memory_and_others_what_they_had(own, told, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("MALLOC_ARENA_MAX", raising=False)
    if own:
        monkeypatch.setenv("MALLOC_ARENA_MAX", own)
    ((_, line),) = LocalPool(1).map(tell_pools_of_memory, [Task(path=Path("a"))])
    assert line.path == told
    assert os.environ.get("MALLOC_ARENA_MAX") == own


def test_the_longest_is_begun_first_and_rows_keep_their_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    begun = []

    class Here:
        def map(self, work, tasks):
            begun.extend(task.path.name for task in tasks)
            return ((task, work(task, threads=1)) for task in tasks)

    monkeypatch.setattr(batch_run, "analyse", tell_name)
    for name, size in (("short", 1), ("longest", 30), ("long", 20)):
        (tmp_path / name).write_bytes(bytes(size))
    tasks = [Task(path=tmp_path / name) for name in ("short", "gone", "longest", "long")]
    job = Job(out=tmp_path / "out", model=Model("tiny.en", Path("nowhere"), "folder"))
    rows = run_batch(tasks, job, progress=lambda row: None, pool=Here())
    assert begun == ["longest", "long", "short", "gone"]
    assert [row.path for row in rows] == [task.name for task in tasks]
