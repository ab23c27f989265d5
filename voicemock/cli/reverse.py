"""`voicemock reverse`: practise asking the people who interview you."""

from typing import Annotated

import typer

from voicemock.cli.options import Spoken, spoken

__all__ = ["reverse"]


@spoken
def reverse(
    who: Annotated[
        str, typer.Argument(metavar="[WHO]", help="Whom you ask: recruiter, manager, bar-raiser or executive.")
    ] = "manager",
    questions: Annotated[int, typer.Option("--questions", "-n", min=1, max=20, help="How many you will ask.")] = 3,
    job: Annotated[
        str | None,
        typer.Option("--job", metavar="FILE", help="What you know of this firm: .txt, .pdf, .docx or .html."),
    ] = None,
    *,
    session: Spoken,
) -> None:
    """Practise the questions you will ask them. Open or not, concrete or not, about what. Not counted as practice."""
    from voicemock.cli.conduct import hold_form
    from voicemock.config import load_config
    from voicemock.jobs.drills import reverse_set
    from voicemock.preparation.seat.documents import read_document

    chosen = reverse_set(who, count=questions)
    document = read_document(job) if job else None
    for note in document.notes if document else ():
        typer.echo(note, err=True)
    notes = document.text if document else ""
    hold_form(chosen, f"reverse/{who}", session, load_config(), notes=notes)
