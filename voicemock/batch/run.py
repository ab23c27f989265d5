"""Many recordings: those with a result are skipped, and every line is on disk before the next comes."""

__all__ = ["Stopped", "run_batch"]

import functools
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import msgspec

from voicemock.batch.pools import LocalPool, Pool, cores
from voicemock.batch.results import Results, file_hash
from voicemock.batch.row import Row
from voicemock.batch.tables import write_tables
from voicemock.batch.task import Job, Task
from voicemock.batch.work import analyse, failed
from voicemock.schema import Question

CRASHED = "The process that analysed this file died; it may be damaged, or memory ran out."


class Stopped(KeyboardInterrupt):
    """Somebody pressed Ctrl-C. What was done is kept, and the tables show it.

    rows: what was done, in the tasks' order.
    """

    def __init__(self, rows: list[Row]) -> None:
        super().__init__()
        self.rows = rows


def run_batch(
    tasks: Sequence[Task],
    job: Job,
    *,
    progress: Callable[[Row], None],
    kept: Callable[[Row], None] | None = None,
    pool: Pool | None = None,
) -> list[Row]:
    """Analyse every recording that has no result yet; return all rows in the tasks' order.

    What was heard before is not heard again: if only the question or the reader has changed, the words are read again;
    if the job is not to hear, they are read again in any case.
    pool: does the work, by default as many local processes as the job says.
    progress: called with each row as it comes, those of an earlier run first; kept: called with these instead.
    Raises ModelError if the model does not load, SessionError if the output folder cannot be written, and Stopped at
    Ctrl-C.
    """
    results = Results(job.out)
    rows: dict[tuple[Path, str, Question | None], Row] = {}
    todo: list[Task] = []
    stopped = False
    try:
        for task in tasks:
            found = _known(task, job, results)
            if isinstance(found, Task):
                todo.append(found)
            else:
                rows[_key(task)] = found
                (kept or progress)(found)
        todo.sort(key=_effort, reverse=True)  # the longest first, so that the last process does not work on it alone
        for task, result in (pool or LocalPool(job.workers or cores())).map(functools.partial(analyse, job), todo):
            line = result or failed(job, task, CRASHED)
            rows[_key(task)] = row = line.row  # first: whatever Ctrl-C finds on the disk is in the tables too
            results.add(line)
            progress(row)
    except KeyboardInterrupt:
        stopped = True
    return _finished(tasks, rows, job, None if stopped else results)


def _finished(
    tasks: Sequence[Task], rows: Mapping[tuple[Path, str, Question | None], Row], job: Job, results: Results | None
) -> list[Row]:
    """Write the tables; results: put in order too, unless the batch was stopped, when it should end soon."""
    ordered = [row for task in tasks if (row := rows.get(_key(task)))]
    if results:
        results.finish(ordered)
    if results or ordered:
        write_tables(ordered, job.out, parquet=job.parquet)
    if not results:
        raise Stopped(ordered)
    return ordered


def _effort(task: Task) -> tuple[bool, int]:
    """Return how much work a task is, to compare: hearing takes longer than reading again, a large file longer."""
    try:
        return not task.kept, task.path.stat().st_size
    except OSError:
        return not task.kept, 0


def _key(task: Task) -> tuple[Path, str, Question | None]:
    return task.path, task.source, task.question


def _known(task: Task, job: Job, results: Results) -> Row | Task:
    """Return the row there is, else the task with where its words are, if they are known.

    A recording elsewhere is fetched by the worker alone, who sees then whether it is the one heard before.
    """
    if task.source:
        line = results.fetched(task.name, job.hearing, job.reading(task.question))
        return msgspec.structs.replace(task, kept=line.place) if line else task
    try:
        digest = file_hash(task.path)
    except OSError:
        return task  # the worker says what is wrong with it
    if not job.hear:
        kept = results.heard_ever(digest, job.hearing)
        return msgspec.structs.replace(task, kept=kept.place) if kept else task
    row = results.done(digest, job.hearing, job.reading(task.question))
    there = bool(row and row.report and (job.out / row.report).exists())
    if row and (there or not job.reports):
        report = row.report if there else ""
        return msgspec.structs.replace(row, path=task.name, candidate=task.candidate, date=task.date, report=report)
    kept = results.heard(digest, job.hearing)
    return msgspec.structs.replace(task, kept=kept.place) if kept else task
