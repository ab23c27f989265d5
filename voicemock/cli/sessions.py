"""`voicemock sessions`: what was practised; list, show, delete, export."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from voicemock.errors import UsageError
from voicemock.phrases import day, wrap
from voicemock.printable import in_shell, plain

if TYPE_CHECKING:
    from voicemock.archive.listing import Listed

__all__ = ["app"]

LONGEST_DATE = 30

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Your sessions: list, show, delete, export.")

SessionId = Annotated[str, typer.Argument(metavar="ID", help="The id that `list` shows; its beginning or end will do.")]


@app.command("list")
def list_sessions() -> None:
    """List your sessions, the newest first."""
    from voicemock.archive.listing import list_sessions as all_sessions
    from voicemock.paths import sessions_dir

    sessions = all_sessions()
    for session in sessions:
        typer.echo(_entry(session))
    if sessions:
        typer.echo(f"\nThey are in {sessions_dir()}")
    else:
        typer.echo("There are no sessions yet. `voicemock practice` starts one.")


@app.command()
def show(session: SessionId) -> None:
    """Show a session: each answer in brief, and what to change next."""
    from voicemock.archive.listing import find_session
    from voicemock.archive.resume import read_report
    from voicemock.cli.answer_lines import render_next_steps, render_not_analysed, render_summary

    found = find_session(session)
    report = read_report(found.folder, tell=_warn)
    typer.echo(_entry(found))
    for answer in report.answers:
        take = f" (take {answer.take})" if answer.take > 1 else ""
        typer.echo(f"\n{wrap((answer.question.text if answer.question else 'An answer') + take)}")
        typer.echo(render_summary(answer, quiet=report.quiet))
    if report.answers:
        typer.echo(f"\n{render_next_steps(report)}")
    if report.session and report.session.not_analysed:
        typer.echo(f"\n{render_not_analysed(report.session)}")
    page = found.folder / "report.html"
    typer.echo(f"\nReport: {page}" if page.exists() else f"\nFolder: {found.folder}")


@app.command()
def delete(
    sessions: Annotated[
        list[str], typer.Argument(metavar="ID...", help="The ids that `list` shows; a beginning or end will do.")
    ],
    yes: Annotated[bool, typer.Option("--yes", help="Delete without asking.")] = False,
) -> None:
    """Delete sessions with all their recordings, for good."""
    from voicemock.archive.listing import delete_session, find_session

    found = {listed.id: listed for listed in map(find_session, sessions)}
    for listed in found.values():
        typer.echo(_entry(listed))
    what = "this session and its recordings" if len(found) == 1 else f"these {len(found)} sessions and their recordings"
    if not yes and not typer.confirm(f"Delete {what} for good?"):
        typer.echo("Nothing was deleted.")
        return
    for listed in found.values():
        delete_session(listed)
        typer.echo(f"Deleted {listed.id}")


@app.command()
def export(
    session: SessionId,
    to: Annotated[Path, typer.Option("--to", metavar="FILE.zip", help="The file to write.")],
    audio: Annotated[
        bool, typer.Option("--audio/--no-audio", help="Include the recordings, or leave your voice out.")
    ] = True,
) -> None:
    """Write a session to one zip file, recordings included."""
    from voicemock.archive.export import export_session
    from voicemock.archive.listing import find_session

    if to.suffix.lower() != ".zip":
        raise UsageError(f"{to} does not end in .zip.", hint="Sessions are exported as zip files.")
    if to.exists():
        raise UsageError(f"{to} already exists.", hint="Choose another name.")
    export_session(find_session(session).folder, to, audio=audio, tell=_warn)
    typer.echo(f"Written: {to}" if audio else f"Written without your voice: {to}")


def _entry(session: "Listed") -> str:
    """Return a session in a few lines: the id, the facts, the command that resumes it."""
    from voicemock.archive.listing import State

    facts = []
    if session.info:
        facts.append(_when(session.info.started_at))
        facts.append(session.info.question_set or session.info.title)
    if session.state is not State.UNFINISHED:
        facts.append(session.state.value)
    counts = [f"{session.answered} of {session.planned} questions answered"] if session.planned else []
    lines = [session.id, *(f"    {' · '.join(line)}" for line in (facts, [*counts, *session.counts]) if line)]
    if session.state in (State.UNFINISHED, State.DAMAGED):
        lines.append(f"    resume with: voicemock resume {in_shell(session.id)}")
    return "\n".join(lines)


def _when(started_at: str) -> str:
    """Show when a session began; an invalid date is shown as it is, and does not hide other sessions."""
    return plain(day(started_at))[:LONGEST_DATE] or "date unknown"


def _warn(text: str) -> None:
    typer.echo(text, err=True)
