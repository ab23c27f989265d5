"""`voicemock batch`: a folder of recordings, a table, a report each, an index."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from voicemock.cli.executor import DaskOption, RescoreOption, executor
from voicemock.cli.options import (
    AskOption,
    ChannelOption,
    ModelOption,
    QuestionOption,
    SpeakerOption,
    TrackOption,
    VerbatimOption,
    speaker_number,
)

if TYPE_CHECKING:
    from voicemock.batch.files import Found
    from voicemock.batch.pools import Pool
    from voicemock.batch.row import Row
    from voicemock.batch.task import Job, Task

__all__ = ["batch"]

NAMES_SHOWN = 5
NAME_WIDTH = 40


def batch(
    paths: Annotated[list[Path], typer.Argument(metavar="PATHS...", help="Recordings, or folders of them.")],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder for tables and reports.")],
    question: QuestionOption = None,
    ask: AskOption = None,
    model: ModelOption = None,
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, help="How many processes to run; by default one per core.")
    ] = None,
    verbatim: VerbatimOption = True,
    track: TrackOption = None,
    channel: ChannelOption = None,
    speaker: SpeakerOption = None,
    dask: DaskOption = None,
    rescore: RescoreOption = False,
) -> None:
    """Analyse many recordings; a run that was stopped picks up where it left off."""
    from voicemock.batch.files import find_recordings
    from voicemock.batch.pools import cores
    from voicemock.batch.task import Job, Task
    from voicemock.config import load_config
    from voicemock.models.catalogue import find_model
    from voicemock.questions.asked import choose_question

    chosen, who = choose_question(question, ask), speaker_number(speaker)
    config = load_config()
    whisper = find_model(model or config.model)
    found = find_recordings(paths, out=out)
    job = Job(
        out=out,
        model=whisper,
        verbatim=verbatim,
        speaker=who,
        workers=workers or cores(),
        track=track,
        channel=channel,
        second=config.local_model,
        hear=not rescore,
    )
    _carry_out(found, [Task(path=path, question=chosen) for path in found.recordings], job, dask=dask)


def _carry_out(found: "Found", tasks: "list[Task]", job: "Job", *, dask: str | None) -> None:
    """Run the batch where it is to be run, write the index, and tell how it went."""
    from voicemock.batch.index import write_index
    from voicemock.batch.rescore import changes, earlier_rows

    before = () if job.hear else earlier_rows(job.out)
    with executor(dask, job) as (pool, job):
        rows = _run(found, tasks, job, pool)
    index = write_index(rows, job.out, title=f"{len(rows)} recordings, model {job.model.name}")
    if not job.hear:
        typer.echo(changes(before, rows))
    _tell(rows, index)


def _tell(rows: "list[Row]", index: Path) -> None:
    failed = sum(bool(row.error) for row in rows)
    typer.echo(f"{len(rows) - failed} of {len(rows)} analysed. Index: {index}")
    if failed:
        typer.echo(f"voicemock: {failed} could not be analysed; {index.with_name('results.csv')} says why.", err=True)
        raise typer.Exit(2)


def _run(found: "Found", tasks: "list[Task]", job: "Job", pool: "Pool | None") -> "list[Row]":
    """Tell what is left out, and run the batch with a progress bar on stderr that reports each failure as it comes."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from voicemock.batch.run import run_batch
    from voicemock.cli.output import unfiltered
    from voicemock.printable import printable

    for line in _left_out(found):
        typer.echo(line, err=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(file=unfiltered(sys.stderr))) as bar:
        task = bar.add_task("Analysing", total=len(tasks))

        def progress(row: "Row") -> None:
            bar.advance(task)
            if row.error:
                bar.console.print(printable(f"{row.path}: {row.error}"), markup=False, highlight=False)

        return run_batch(tasks, job, progress=progress, pool=pool)


def _left_out(found: "Found") -> list[str]:
    """Return what to say about the files in the folders that are not analysed."""
    from voicemock.toml_file import plain

    lines = []
    if found.others:
        count = len(found.others)
        names = [_short(plain(file.name)) for file in found.others[:NAMES_SHOWN]]
        more = f" and {count - NAMES_SHOWN} more" if count > NAMES_SHOWN else ""
        what = "1 file that is not a recording" if count == 1 else f"{count} files that are not recordings"
        lines.append(f"Left out {what}: {', '.join(names)}{more}.")
    if found.hidden:
        lines.append(f"Left out {found.hidden} hidden {'file' if found.hidden == 1 else 'files'}.")
    return lines


def _short(name: str) -> str:
    return name if len(name) <= NAME_WIDTH else f"{name[: NAME_WIDTH - 9]}…{name[-8:]}"
