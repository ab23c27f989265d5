"""Who does the work of `voicemock batch`, and what it is told of that."""

__all__ = ["DaskOption", "RescoreOption", "executor"]

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from voicemock.batch.pools import Pool
    from voicemock.batch.task import Job

DaskOption = Annotated[
    str | None, typer.Option("--dask", metavar="ADDRESS", help="A Dask scheduler whose workers do the work.")
]
RescoreOption = Annotated[
    bool, typer.Option("--rescore", help="Only read again what was heard before, and say what changed.")
]


@contextmanager
def executor(dask: str | None, job: "Job") -> "Iterator[tuple[Pool | None, Job]]":
    """Return who does the work, once they are ready for it, and the job for them; say what leaves this machine.

    Nobody in particular does what stays on this machine.
    """
    if dask is None or not job.hear:  # what was heard before is read again where its words are
        yield None, job
        return
    import msgspec

    from voicemock.batch.dask_pool import dask_pool

    with dask_pool(dask, job) as pool:
        typer.echo(_what_travels(dask, job), err=True)
        if job.second:
            typer.echo("Your second reader is on this computer: with --dask it is not asked.", err=True)
        yield pool, msgspec.structs.replace(job, second=None)


def _what_travels(dask: str, job: "Job") -> str:
    back = "their words and reports, with the sound, come back" if job.reports else "their words come back"
    how = "encrypted" if dask.startswith(("tls://", "wss://")) else "not encrypted"
    return f"The work goes to {dask}: the recordings' paths and questions are sent there, and {back}, {how}."
