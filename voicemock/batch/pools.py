"""Who does the work of a batch: processes on this machine."""

__all__ = ["LocalPool", "Pool", "Work", "cores"]

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import resource_tracker
from multiprocessing.queues import SimpleQueue
from pathlib import Path
from typing import Protocol

from voicemock.batch.row import Line
from voicemock.batch.task import Task


class Work(Protocol):
    """What is to be done with one recording; can be pickled."""

    def __call__(self, task: Task, *, threads: int, out: Path | None = None) -> Line:
        """Return the recording's line; threads: how many cores may be busy with it.

        out: where its report goes, if not into the batch's own folder.
        """


class Pool(Protocol):
    """Does the work on every recording."""

    def map(self, work: Work, tasks: Sequence[Task]) -> Iterator[tuple[Task, Line | None]]:
        """Yield each task with its line as it comes, None if the process working on it died."""


class LocalPool:
    """Processes on this machine; one bad file never stops the rest.

    workers: how many, one Whisper each.
    """

    def __init__(self, workers: int) -> None:
        self._workers = workers

    def map(self, work: Work, tasks: Sequence[Task]) -> Iterator[tuple[Task, Line | None]]:
        """Yield lines as they come. If a process dies, each task in work is tried once more, alone, then given up."""
        waiting = deque(tasks)
        while waiting:
            suspects = deque((yield from _pool(waiting, work, workers=min(self._workers, len(waiting)))))
            while suspects:
                given_up = yield from _pool(suspects, work, workers=1)
                yield from ((task, None) for task in given_up)


def _pool(waiting: deque[Task], work: Work, *, workers: int) -> Generator[tuple[Task, Line], None, list[Task]]:
    """Yield lines from one pool until nothing waits or a process dies; return the tasks in work at its death."""
    context = multiprocessing.get_context("spawn")  # CTranslate2's threads do not survive a fork
    shares = context.SimpleQueue()
    for number in range(workers):
        shares.put(max(1, cores() // workers + (number < cores() % workers)))
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_begin, initargs=(shares,))
    in_work: dict[Future[Line], Task] = {}
    try:
        while waiting or in_work:
            while waiting and len(in_work) < workers:  # no more than that, so that only suspects are in work
                with _frugal(), _without_ctrl_c():
                    future = pool.submit(_in_process, work, waiting[0])
                in_work[future] = waiting.popleft()
            done, _ = wait(in_work, return_when=FIRST_COMPLETED)
            for future in done:
                line = future.result()
                yield in_work.pop(future), line
    except BrokenProcessPool:
        pass
    except BaseException:  # nobody waits for what is in work any more: it is done again in the next run
        for process in list(pool._processes.values()):
            process.kill()
        raise
    finally:
        pool.shutdown(cancel_futures=True)
    return list(in_work.values())


@contextmanager
def _frugal() -> Iterator[None]:
    """Let a process that starts inside keep one pool of freed memory, on Linux: a smaller process."""
    before = os.environ.get("MALLOC_ARENA_MAX")
    os.environ["MALLOC_ARENA_MAX"] = before or "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ["MALLOC_ARENA_MAX"]


@contextmanager
def _without_ctrl_c() -> Iterator[None]:
    """Keep a terminal's Ctrl-C from a process that starts inside; while it loads, it would print where it was."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # if it started later, it would let the signal through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # for this process it waits
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def cores() -> int:
    """Return how many cores this process may use: a scheduler of jobs may have given it less than all."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


_threads = 1
"""This process's share of the cores."""


def _begin(shares: "SimpleQueue[int]") -> None:
    global _threads
    _threads = shares.get()
    _end_with_the_batch()


def _in_process(work: Work, task: Task) -> Line:
    return work(task, threads=_threads)


def _end_with_the_batch() -> None:
    """End this process when the one that started it is gone, killed or not; its pool would leave it waiting forever."""

    def watch() -> None:
        if parent := multiprocessing.parent_process():
            parent.join()
            os._exit(1)

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal's Ctrl-C reaches every process: only the batch heeds it
    threading.Thread(target=watch, name="voicemock-watch", daemon=True).start()
