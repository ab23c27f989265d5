"""A session's findings one by one at the terminal: right, wrong, or left open."""

__all__ = ["go_through", "hear", "list_findings", "quiet_lines"]

import contextlib
import tempfile
from collections.abc import Callable
from pathlib import Path

import typer

from voicemock.archive.feedback import judge
from voicemock.errors import VoicemockError
from voicemock.interview.stage import ENTER
from voicemock.jobs.judging import Shown, ToJudge, newly_quiet, quiet_said
from voicemock.phrases import clock, plural, wrap
from voicemock.printable import plain
from voicemock.report.words import name_of
from voicemock.schema import Evidence

QUOTES_SHOWN = 3
AROUND_S, LONGEST_S = 1.0, 20.0
"""Heard before a quote and after it, and the most that is heard of one (voicemock defaults, unvalidated)."""


def list_findings(session: ToJudge) -> None:
    """Print each finding with its id, and the verdict on it."""
    typer.echo(session.folder.name)
    width = max((len(one.id) for one in session.findings), default=0)
    for one in session.findings:
        said = session.said(one.id) or "open"
        typer.echo(wrap(plain(one.finding.message), first=f"{one.id:<{width}}  {said:<5}  ", indent=" " * (width + 9)))
    if not session.findings:
        typer.echo("No finding.")


def go_through(session: ToJudge, *, tell: Callable[[str], None]) -> None:
    """Ask about each finding; every verdict is on disk before the next is asked for."""
    from voicemock.cli.keys import FINISH, Keys

    number = len(session.findings)
    if not number:
        typer.echo(f"{session.folder.name} has no finding to judge.")
        return
    typer.echo(f"{session.folder.name}: {plural(number, 'finding')}. Was each right?")
    typer.echo("y right · n wrong · Enter leaves it as it is · h hear it · q ends")
    given = 0
    with Keys() as keys, contextlib.suppress(KeyboardInterrupt):  # Ctrl-C ends as q does: all that was said is kept
        for place, one in enumerate(session.findings, 1):
            _show(one, f"{place} of {number}", session.said(one.id))
            while (key := keys.wait("y", "n", "h", ENTER, FINISH)) == "h":
                hear(one, session.folder)
            if key == FINISH:
                break
            if key == ENTER:
                typer.echo("left as it was")
                continue
            judge(session.folder, [session.verdict(one.id, right=key == "y")], tell=tell)
            typer.echo("right" if key == "y" else "wrong")
            given += 1
    typer.echo(f"\nKept: {plural(given, 'verdict')}.")


def _show(one: Shown, place: str, said: str) -> None:
    before = f" · you said {said}" if said else ""
    typer.echo(f"\n{place} · answer {one.answer.number} · {name_of(one.finding.check)}{before}")
    typer.echo(wrap(plain(one.finding.message)))
    for evidence in one.finding.evidence[:QUOTES_SHOWN]:
        at = f"{clock(evidence.start_s)}  " if evidence.start_s is not None else ""
        typer.echo(wrap(f'{at}"{plain(evidence.quote)}"', indent="    "))
    if (more := len(one.finding.evidence) - QUOTES_SHOWN) > 0:
        typer.echo(f"    and {more} more")
    typer.echo(wrap(plain(f"Measured {one.finding.measured}, limit {one.finding.limit}."), indent="    "))


def hear(one: Shown, folder: Path) -> None:
    """Play the first quotes, as far as there is sound; what cannot be played is told."""
    recording = one.answer.report.recording
    timed = [evidence for evidence in one.finding.evidence[:QUOTES_SHOWN] if evidence.start_s is not None]
    if recording is None or not timed:
        typer.echo("There is no sound to this one.")
        return
    places = (folder / recording.path, Path(recording.path))  # a review's may be where the command was given
    try:
        for evidence in timed:
            _play(next((path for path in places if path.exists()), places[0]), evidence)
    except VoicemockError as error:
        typer.echo(f"{error.message} {error.hint}".strip())


def _play(recording: Path, evidence: Evidence) -> None:
    from voicemock.audio.excerpt import excerpt
    from voicemock.audio.load import RATE_HZ
    from voicemock.audio.play import play
    from voicemock.audio.wav import wav_bytes
    from voicemock.config import load_config

    start_s = evidence.start_s or 0.0
    end_s = min(max(evidence.end_s or start_s, start_s), start_s + LONGEST_S)
    with tempfile.TemporaryDirectory(prefix="voicemock-") as place:
        path = Path(place) / "quote.wav"
        path.write_bytes(wav_bytes(excerpt(recording, start_s - AROUND_S, end_s + AROUND_S), RATE_HZ))
        play(path, device=load_config().output_device)


def quiet_lines(before: set[str]) -> list[str]:
    """Return a line for each check that is quiet and was not."""
    return [wrap(f"{quiet_said(one)} To wake it: voicemock feedback --wake {one.check}") for one in newly_quiet(before)]
