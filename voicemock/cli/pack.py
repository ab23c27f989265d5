"""`voicemock pack`: what to take along on the day before the interview."""

from typing import TYPE_CHECKING, Annotated

import typer

from voicemock.cli.options import VoiceOption
from voicemock.errors import UsageError

if TYPE_CHECKING:
    import datetime
    from pathlib import Path

    from voicemock.jobs.pack import Packed

__all__ = ["pack"]

DayOption = Annotated[
    str | None,
    typer.Option(
        "--interview",
        "--interview-date",
        metavar="YYYY-MM-DD",
        help="The day of the interview; by default that of your plan.",
    ),
]
FolderOption = Annotated[
    str | None,
    typer.Option("--out", metavar="DIR", help="The folder to write to; by default one beside your sessions."),
]
ReplaceOption = Annotated[bool, typer.Option("--replace", help="Write over a pack that is in the folder already.")]


def pack(
    interview: DayOption = None, out: FolderOption = None, replace: ReplaceOption = False, voice: VoiceOption = None
) -> None:
    """Make a one-page card and a sound file for the day before. The sound has questions and your own best answers."""
    from pathlib import Path

    from voicemock.cli.output import check_folder, held
    from voicemock.config import load_config
    from voicemock.jobs.pack import FILES, usual_folder
    from voicemock.jobs.pack import pack as packed

    day = _day(interview)
    folder = Path(out) if out else usual_folder(day)
    check_folder(folder)
    before = held(folder, FILES, replace=replace or not out)
    found = packed(folder, day, load_config(), voice=voice, tell=lambda text: typer.echo(text, err=True))
    _tell(found, before)


def _day(given: str | None) -> "datetime.date":
    from datetime import datetime

    from voicemock.preparation.planning.aims import an_example, read_date
    from voicemock.preparation.planning.remembered import read_aims

    today = datetime.now().astimezone().date()
    if given:
        return read_date(given, today=today)
    aims = read_aims()
    if aims is None or aims.interview < today:
        raise UsageError(
            "The day of your interview is not known." if aims is None else f"Your interview was on {aims.interview}.",
            hint=f"Give it like this: voicemock pack --interview {an_example(today)}",
        )
    return aims.interview


def _tell(found: "Packed", before: "list[Path]") -> None:
    """Say what was written, what was written over, and what is missing."""
    from voicemock.jobs.pack import without_story
    from voicemock.phrases import plural, wrap

    for path in found.files:
        typer.echo(f"{path}{' (replaced)' if path in before else ''}")
    for path in before:
        if path not in found.files:
            typer.echo(f"{path} is from an earlier pack.")
    if found.takes and not found.silent:
        typer.echo(f"The sound has {plural(found.takes, 'question')}, with your own best answer to each.")
    if found.silent:
        typer.echo(wrap(f"There is no sound file. {found.silent}"))
    if short := without_story(found):
        typer.echo(wrap(short))
