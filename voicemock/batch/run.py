"""Many recordings: those with a result are skipped, and every row is on disk before the next comes."""

__all__ = ["run_batch"]

import functools
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from voicemock.batch.pools import LocalPool, Pool
from voicemock.batch.results import Results, Row, encodable, file_hash
from voicemock.batch.work import Job, analyse, failed

CRASHED = "The process that analysed this file died; it may be damaged, or memory ran out."


def run_batch(
    files: Sequence[Path], job: Job, *, progress: Callable[[Row], None], pool: Pool | None = None
) -> list[Row]:
    """Analyse every file that has no result yet; return all rows in the files' order.

    pool: does the work, by default as many local processes as the job says.
    progress: called with each row as it comes, those of an earlier run first.
    Raises ModelError if the model does not load, SessionError if the output folder cannot be written.
    """
    results = Results(job.out)
    rows: dict[Path, Row] = {}
    todo: list[Path] = []
    for path in files:
        row = _kept(path, job, results)
        if row:
            rows[path] = row
            progress(row)
        else:
            todo.append(path)
    for path, result in (pool or LocalPool(job.workers)).map(functools.partial(analyse, job), todo):
        rows[path] = row = result or failed(job, path, CRASHED)
        results.add(row)
        progress(row)
    ordered = [rows[path] for path in files]
    results.finish(ordered)
    return ordered


def _kept(path: Path, job: Job, results: Results) -> Row | None:
    try:
        row = results.done(file_hash(path), job.settings)
    except OSError:
        return None  # the worker says what is wrong with it
    if row is None or not (job.out / row.report).exists():
        return None
    return msgspec.structs.replace(row, path=encodable(str(path)))
