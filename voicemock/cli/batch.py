"""`voicemock batch`: a folder of recordings, a table, a report each, an index."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from voicemock.cli.executor import DaskOption, RescoreOption, executor
from voicemock.cli.options import (
    AskOption,
    ChannelOption,
    ModelOption,
    NoReportsOption,
    ParquetOption,
    QuestionOption,
    QuietOption,
    SpeakerOption,
    TrackOption,
    VerbatimOption,
    WorkersOption,
    speaker_number,
)

if TYPE_CHECKING:
    from voicemock.batch.files import Found
    from voicemock.batch.pools import Pool
    from voicemock.batch.row import Row
    from voicemock.batch.task import Job, Task
    from voicemock.batch.tasks import Asked

__all__ = ["batch"]

SOME_FAILED, NOTHING_DONE, STOPPED = 3, 2, 130
"""Exit codes; 130 is what shells give a program ended by Ctrl-C."""
NAMES_SHOWN = 5
NAME_WIDTH = 40

PathsArgument = Annotated[
    list[str] | None,
    typer.Argument(metavar="[PATHS...]", help='Recordings, folders of them, or patterns in quotes: "takes/*.wav".'),
]
ManifestOption = Annotated[
    Path | None,
    typer.Option(
        "--manifest", metavar="CSV", help="Table with the columns path and, if you like, question, candidate, date."
    ),
]
CandidateOption = Annotated[
    str | None,
    typer.Option("--candidate-from", metavar="PATTERN", help='Whose it is, from the path: "{candidate}/{date}-*.wav".'),
]
RemoteOption = Annotated[
    bool, typer.Option("--remote", help="Fetch recordings whose path is an address, such as s3://bucket/takes/.")
]


def batch(
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder for tables and reports.")],
    paths: PathsArgument = None,
    manifest: ManifestOption = None,
    candidate_from: CandidateOption = None,
    remote: RemoteOption = False,
    question: QuestionOption = None,
    ask: AskOption = None,
    model: ModelOption = None,
    workers: WorkersOption = None,
    verbatim: VerbatimOption = True,
    track: TrackOption = None,
    channel: ChannelOption = None,
    speaker: SpeakerOption = None,
    no_reports: NoReportsOption = False,
    parquet: ParquetOption = False,
    quiet: QuietOption = False,
    dask: DaskOption = None,
    rescore: RescoreOption = False,
) -> None:
    """Analyse many recordings. A run that was stopped picks up where it left off."""
    from voicemock.batch.task import Job
    from voicemock.batch.tasks import Asked
    from voicemock.questions.asked import choose_question

    asked = Asked(tuple(paths or ()), choose_question(question, ask), manifest, candidate_from, remote)
    job = Job(
        out=out,
        verbatim=verbatim,
        speaker=speaker_number(speaker),
        workers=workers or 0,
        track=track,
        channel=channel,
        **_models(model),
        reports=not no_reports,
        parquet=parquet,
        hear=not rescore,
    )
    _carry_out(asked, job, dask, quiet)


def _models(name: str | None) -> dict[str, Any]:
    """Return the Whisper to hear with, and the second reader there is, as the job names them."""
    from voicemock.config import load_config
    from voicemock.models.catalogue import find_model

    config = load_config()
    return {"model": find_model(name or config.model), "second": config.local_model}


def _carry_out(asked: "Asked", job: "Job", dask: str | None, quiet: bool) -> None:
    """Run the batch where it is to be run, write the index, and tell how it went."""
    from voicemock.batch.rescore import changes, earlier_rows
    from voicemock.batch.tasks import gather
    from voicemock.cli.orderly_end import orderly_end

    tasks, found = gather(asked, out=job.out, tell=partial(typer.echo, err=True))
    before = () if job.hear else earlier_rows(job.out)
    with orderly_end(), executor(dask, job) as (pool, job):
        rows = _run(found, tasks, quiet, job, pool)
    index = _index(rows, job)
    if not job.hear:
        typer.echo(changes(before, rows))
    _tell(rows, index, quiet=quiet)


def _tell(rows: "list[Row]", index: Path, *, quiet: bool) -> None:
    """Say what came of it; exit code 3 if some recordings failed, 2 if all did."""
    failed = sum(bool(row.error) for row in rows)
    if not quiet:
        typer.echo(f"{len(rows) - failed} of {len(rows)} analysed. Index: {index}")
    if failed:
        typer.echo(f"voicemock: {failed} could not be analysed; {index.with_name('errors.csv')} says why.", err=True)
        raise typer.Exit(NOTHING_DONE if failed == len(rows) else SOME_FAILED)


def _run(found: "Found", tasks: "list[Task]", quiet: bool, job: "Job", pool: "Pool | None") -> "list[Row]":
    """Tell what is left out, run the batch and show how far it is; at Ctrl-C, say how to go on."""
    from voicemock.batch.run import Stopped, run_batch
    from voicemock.cli.batch_progress import shown_progress

    for line in [] if quiet else _left_out(found):
        typer.echo(line, err=True)
    try:
        with shown_progress(len(tasks), quiet=quiet) as shown:
            return run_batch(tasks, job, progress=shown.done, kept=shown.kept, pool=pool)
    except Stopped as stopped:
        told = "Stopped before any recording was done."
        if stopped.rows:
            index = _index(stopped.rows, job)
            told = f"Stopped. {len(stopped.rows)} of {len(tasks)} recordings are done and listed in {index}."
        typer.echo(f"\nvoicemock: {told}\nRun the same command to go on.", err=True)
        raise typer.Exit(STOPPED) from None


def _index(rows: "list[Row]", job: "Job") -> Path:
    from voicemock.batch.index import write_index
    from voicemock.phrases import plural

    return write_index(rows, job.out, title=f"{plural(len(rows), 'recording')}, model {job.model.name}")


def _left_out(found: "Found") -> list[str]:
    """Return what to say about the files in the folders that are not analysed."""
    from voicemock.printable import plain

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
