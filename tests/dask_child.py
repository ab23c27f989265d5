"""Stands in for the work of a batch on a Dask worker: quick, or deadly to the process that does it."""

import os
import signal
import time
from pathlib import Path

from voicemock.batch.results import file_hash
from voicemock.batch.row import Line
from voicemock.batch.task import Job, Task
from voicemock.errors import ModelError


def quick(job: Job, task: Task, *, threads: int, out: Path | None = None) -> Line:
    """Write a report of one word; what a file's name begins with says what happens on the way."""
    if task.path.name.startswith("deadly"):
        os.kill(os.getpid(), signal.SIGKILL)
    if task.path.name.startswith("broken"):
        raise ModelError("The model is broken.", hint="Mend it.")
    time.sleep(0.2)
    report = Path("reports") / task.path.stem / "report.html"
    page = (out or job.out) / report
    page.parent.mkdir(parents=True)
    page.write_text("report")
    known = {"hearing": job.hearing, "reading": job.reading(task.question)}
    return Line(path=task.name, sha256=file_hash(task.path), report=report.as_posix(), words=threads, **known)


def blind(path: str) -> bool:
    """Do as on a machine without that folder."""
    return False
