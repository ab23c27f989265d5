"""What a Dask worker does with one recording: it reads it, and sends back what is to be written elsewhere."""

__all__ = ["Parcel", "Wanted", "on_worker", "unfit"]

import tempfile
import threading
from pathlib import Path

import msgspec

from voicemock import __version__
from voicemock.batch.pools import Work
from voicemock.batch.row import Line
from voicemock.batch.task import Task
from voicemock.errors import ClusterError, VoicemockError
from voicemock.models.catalogue import Model, found_here, whole
from voicemock.reading import reader_version

_one_at_a_time = threading.Lock()
"""A worker with many threads is given as many tasks; one Whisper takes them in turn, with all the threads."""


class Wanted(msgspec.Struct, frozen=True):
    """What a worker must have for its rows to be those of the machine that asks."""

    model: Model
    voicemock: str = __version__
    reader: str = msgspec.field(default_factory=reader_version)


class Parcel(msgspec.Struct, frozen=True):
    """A recording's line, and the files of its report by their paths in the output folder."""

    line: Line
    files: dict[str, bytes]


def unfit(wanted: Wanted) -> str:
    """Return what this machine lacks, in words; empty if nothing."""
    if __version__ != wanted.voicemock:
        return f"it has voicemock {__version__}, not {wanted.voicemock}"
    if reader_version() != wanted.reader:
        return "its voicemock reads answers with other weights"
    try:
        whole(found_here(wanted.model))
    except VoicemockError as error:
        return error.message.removesuffix(".")
    return ""


def on_worker(work: Work, task: Task, wanted: Wanted) -> Parcel:
    """Do the work on one recording in this process, one at a time.

    Raises what ``work`` raises, and ClusterError where this worker, perhaps one that joined late, is not fit for it.
    """
    from distributed import get_worker

    worker = get_worker()
    with _one_at_a_time, tempfile.TemporaryDirectory(dir=worker.local_directory) as folder:
        if wrong := unfit(wanted):
            raise ClusterError(f"The worker {worker.address} cannot do this work: {wrong}.")
        line = work(task, threads=worker.state.nthreads, out=Path(folder))
        files = [path for path in Path(folder).rglob("*") if path.is_file()]
        return Parcel(line, {path.relative_to(folder).as_posix(): path.read_bytes() for path in files})
