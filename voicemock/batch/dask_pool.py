"""Who does the work of a batch: the workers of a Dask scheduler, on this machine or on others."""

__all__ = ["DaskPool", "dask_pool"]

import time
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from voicemock.batch.pools import LocalPool, Work
from voicemock.batch.results import written_to
from voicemock.batch.row import Line
from voicemock.batch.task import Job, Task
from voicemock.batch.worker import Parcel, Wanted, on_worker, unfit
from voicemock.errors import ClusterError, VoicemockError
from voicemock.paths import private_dir, write_whole

if TYPE_CHECKING:
    from distributed import Client, Future, as_completed

CONNECT_S = 5.0
GOODBYE_S = 1.0
JOIN_S = 30.0
"""So long the first worker may take to join."""
ALONE_S = 60.0
"""So long a batch waits without a single worker: a nanny restarts one in seconds."""
LOOK_S = 2.0
AHEAD = 2
"""Tasks given out for each worker: one in work, one waiting, so that none is idle while a report is written here."""
WHAT_IT_NEEDS = "Every worker needs the same voicemock, with the extra cluster, and the same model as this machine."
GO_ON = "What is done is kept: run the same command again to go on from it."


@contextmanager
def dask_pool(address: str, job: Job) -> Iterator["DaskPool"]:
    """Connect to a scheduler; raise ClusterError if it, or one of its workers, is not up to the job."""
    client = _connect(address)
    try:
        pool = DaskPool(client, job)
        pool.check_workers()
        yield pool
    finally:
        with suppress(Exception):  # a scheduler that is gone needs no goodbye
            client.close(timeout=GOODBYE_S)


def _connect(address: str) -> "Client":
    """Return a client that says nothing in its log: what goes wrong is said here, once."""
    try:
        import distributed
        from distributed.comm.addressing import parse_address, parse_host_port
        from distributed.comm.registry import get_backend
    except ImportError as error:
        raise ClusterError(
            f"--dask needs the package distributed ({error}).", hint='Run `pip install "voicemock[cluster]"`.'
        ) from error
    import logging

    for name in ("distributed", "distributed.client", "distributed.gc"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    try:
        scheme, place = parse_address(address)
        get_backend(scheme)
        parse_host_port(place)  # after a client of what is no address, the next was seen not to start; why is not known
        return distributed.Client(address, timeout=CONNECT_S, set_as_default=False)
    except (OSError, ValueError, TypeError, RuntimeError, AssertionError) as error:  # the last on a busy machine
        raise ClusterError(
            f"The Dask scheduler at {address} cannot be reached: {str(error) or type(error).__name__}.",
            hint="Start one with `dask scheduler`, and give the address it prints, such as tcp://192.168.1.10:8786.",
        ) from error


class DaskPool:
    """Workers of a Dask scheduler; one that dies costs nothing, a recording that kills them costs only itself.

    The workers only read recordings: whatever is written is written here.
    """

    def __init__(self, client: "Client", job: Job) -> None:
        self._client = client
        self._job = job
        self._address = client.scheduler.address if client.scheduler else ""
        self._wanted = Wanted(job.model)

    def check_workers(self) -> None:
        """Raise ClusterError unless there is a worker, and all have this voicemock and the model."""
        deadline = time.monotonic() + JOIN_S
        while not self._client.nthreads():
            if time.monotonic() > deadline:
                raise ClusterError(
                    f"No worker has joined the Dask scheduler at {self._address}.",
                    hint=f"Start some: `dask worker {self._address} --nworkers 4 --nthreads 1`.",
                )
            time.sleep(0.2)
        for worker, wrong in self._client.run(unfit, self._wanted, on_error="return").items():
            if wrong:
                raise ClusterError(f"The worker {worker} cannot do this work: {_why(wrong)}.", hint=WHAT_IT_NEEDS)

    def map(self, work: Work, tasks: Sequence[Task]) -> Iterator[tuple[Task, Line | None]]:
        """Yield lines as they come. A task whose workers died is tried again alone, at the end, then given up.

        What was heard before is read again on this machine: its words are here.
        """
        here = [task for task in tasks if task.kept or not self._job.hear]
        yield from LocalPool(self._job.workers).map(work, here)
        there = deque(task for task in tasks if not task.kept and self._job.hear)
        self._check_folder(there)
        for suspect in (yield from self._round(work, there)):
            if (yield from self._round(work, deque([suspect]))):
                yield suspect, None

    def _check_folder(self, tasks: Sequence[Task]) -> None:
        """Raise ClusterError if a worker does not see the first recording, though it is there."""
        if not tasks or not tasks[0].path.exists():
            return
        path = str(tasks[0].path.absolute())
        for worker, seen in self._client.run(_is_there, path, on_error="ignore").items():
            if not seen:
                raise ClusterError(
                    f"The worker {worker} does not see {path}.",
                    hint="Give every worker the folder of the recordings, at the same path.",
                )

    def _round(self, work: Work, waiting: deque[Task]) -> Generator[tuple[Task, Line], None, list[Task]]:
        """Yield the line of each task once; return the tasks that were in work whenever their worker died."""
        from distributed import KilledWorker, as_completed

        in_work: dict[object, Task] = {}
        suspects: list[Task] = []
        ready = as_completed(loop=self._client.loop)
        while waiting or in_work:
            while waiting and len(in_work) < AHEAD * max(1, len(self._workers())):
                future = self._submit(work, waiting[0])
                in_work[future.key] = waiting.popleft()
                ready.add(future)
            for future in self._finished(ready):
                task = in_work.pop(future.key)
                try:
                    parcel = self._result(future)
                except KilledWorker:
                    suspects.append(task)
                else:
                    yield task, self._unpacked(task, parcel)
        return suspects

    def _submit(self, work: Work, task: Task) -> "Future[Parcel]":
        there = msgspec.structs.replace(task, path=task.path.absolute())  # a worker has a working folder of its own
        with self._scheduler():
            return self._client.submit(on_worker, work, there, self._wanted, pure=False)

    def _finished(self, ready: "as_completed") -> "list[Future[Parcel]]":
        """Wait for tasks; raise ClusterError if the scheduler, or every worker, is gone for good."""
        last_seen = looked = time.monotonic()
        while not ready.has_ready():
            time.sleep(0.05)
            if time.monotonic() - looked < LOOK_S:
                continue
            looked = time.monotonic()
            if self._workers():
                last_seen = looked
            elif looked - last_seen > ALONE_S:
                raise ClusterError(f"No worker is left at the Dask scheduler {self._address}.", hint=GO_ON)
        return list(ready.next_batch(block=False))

    def _result(self, future: "Future[Parcel]") -> Parcel:
        """Return what a worker sent; raise what it raised."""
        from distributed import KilledWorker

        with self._scheduler():
            try:
                parcel: Parcel = future.result()
            except (VoicemockError, KilledWorker):
                raise
            except Exception as error:
                what = f"{type(error).__name__}: {error}"
                raise ClusterError(f"A worker of {self._address} failed: {what}.", hint=WHAT_IT_NEEDS) from error
        return parcel

    def _unpacked(self, task: Task, parcel: Parcel) -> Line:
        """Write a report that came from a worker, and return its line under the name the recording has here."""
        for name, data in parcel.files.items():
            path = self._job.out / name
            with written_to(self._job.out):
                private_dir(path.parent)
                write_whole(path, data)
        return msgspec.structs.replace(parcel.line, path=task.name)

    def _workers(self) -> dict[str, int]:
        with self._scheduler():
            return dict(self._client.nthreads())

    @contextmanager
    def _scheduler(self) -> Iterator[None]:
        """Raise ClusterError if the scheduler is gone."""
        from distributed import CancelledError

        try:
            yield
        except (OSError, CancelledError) as error:
            raise ClusterError(f"The Dask scheduler at {self._address} is gone.", hint=GO_ON) from error


def _is_there(path: str) -> bool:
    return Path(path).exists()


def _why(wrong: object) -> str:
    """Return in words what a worker answered, or raised: one without voicemock cannot even be asked."""
    return f"{type(wrong).__name__}: {wrong}" if isinstance(wrong, BaseException) else str(wrong)
