"""`voicemock tailor`: prepare for one seat, from its job description and your CV."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from voicemock.errors import UsageError

if TYPE_CHECKING:
    from voicemock.preparation.seat.tailored import Tailored

__all__ = ["tailor"]


def tailor(
    job: Annotated[
        str, typer.Option("--job", metavar="FILE", help="The job description: .pdf, .docx, .html, .txt, .md.")
    ],
    cv: Annotated[list[str] | None, typer.Option("--cv", metavar="FILE", help="Your CV; may be given again.")] = None,
    out: Annotated[
        str | None, typer.Option("--out", metavar="SET.toml", help="Write the questions as a set to practise.")
    ] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Let --out write over a file that is there.")] = False,
    json: Annotated[
        str | None,
        typer.Option("--json", metavar="PATH|-", help="Write all of it as JSON; - prints it and nothing else."),
    ] = None,
) -> None:
    """See what a job asks for, and what you still need for it."""
    from voicemock.cli.output import check_apart, check_target, write_json
    from voicemock.jobs.tailor import tailor as tailored
    from voicemock.preparation.seat.documents import read_document
    from voicemock.preparation.seat.seat_lines import seat_lines
    from voicemock.printable import in_shell

    check_apart(out, json, read=(job, *(cv or ())))
    if out is not None:
        _check_out(out, replace=replace)
    if json:
        check_target(json)
    documents = [read_document(name) for name in (job, *(cv or ()))]
    found = tailored(documents[0], documents[1:], tell=lambda text: typer.echo(text, err=True))
    if out is not None:
        _write_set(found, out)
    if json:
        write_json(found, json)
    if json == "-":
        return
    for line in seat_lines(found):
        typer.echo(line)
    if out is not None:
        typer.echo(f"\nWritten: {out}\nPractise with it: voicemock practice {in_shell(out)}")


def _check_out(out: str, *, replace: bool) -> None:
    from voicemock.cli.output import check_target

    if not out.endswith(".toml"):
        raise UsageError(f"{out} does not end in .toml.", hint="Question sets are .toml files.")
    if os.path.lexists(out) and not replace:
        raise UsageError(f"{out} already exists.", hint="Choose another name, or add --replace.")
    check_target(out)


def _write_set(found: "Tailored", out: str) -> None:
    from voicemock.cli.output import write_data
    from voicemock.jobs.tailor import seat_set
    from voicemock.questions.set_text import set_text

    chosen, why = seat_set(found, Path(out).stem)
    write_data(set_text(chosen, why=why), out)
