"""A session's findings one by one at the terminal: right, wrong, or left open."""

__all__ = ["find_to_judge", "go_through", "hear", "list_findings", "newly_quiet"]

import contextlib
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import typer

from voicemock import __version__
from voicemock.archive.feedback import Judged, judge, now, quiet_checks, read_feedback
from voicemock.archive.folders import session_folders
from voicemock.archive.listing import find_session
from voicemock.archive.progress import DamagedFileError
from voicemock.archive.resume import read_report
from voicemock.errors import SessionError, UnknownNameError, VoicemockError
from voicemock.interview.stage import ENTER
from voicemock.phrases import clock, plural, wrap
from voicemock.printable import plain
from voicemock.report.asked_back import AskedBack
from voicemock.report.view import AnswerView, view_of
from voicemock.report.words import name_of
from voicemock.schema import Evidence, Finding

QUOTES_SHOWN = 3
AROUND_S = 1.0
"""Heard before a quote and after it."""
LONGEST_S = 20.0


class Shown(NamedTuple):
    """One finding to judge, in the report's order."""

    id: str
    answer: AnswerView
    finding: Finding


class ToJudge(NamedTuple):
    """A session's findings, and what was said of them before."""

    folder: Path
    findings: tuple[Shown, ...]
    asked: AskedBack
    before: Mapping[str, Judged]

    def verdict(self, id: str, *, right: bool) -> Judged:
        """Return a verdict on a finding as it is kept; raises UnknownNameError."""
        if id not in self.asked.all:
            listed_by = f"voicemock feedback {self.folder.name} --list"
            raise UnknownNameError("finding", id, self.asked.all, listed_by=listed_by)
        finding = self.asked.finding(id)
        return Judged(id=id, check=finding.check, right=right, at=now(), said=finding.message, voicemock=__version__)


def find_to_judge(name: str | None, *, tell: Callable[[str], None]) -> ToJudge:
    """Return a session by its id, or None for the latest that has findings; raises SessionError for none and a demo."""
    if name is not None:
        found = _to_judge(find_session(name).folder, tell)
        if not found.asked.session:
            raise SessionError(
                f"The findings of {found.folder.name} cannot be judged: its answers are not yours.",
                hint="Name a session you practised, or a review: voicemock sessions list",
            )
        return found
    for folder in session_folders():
        try:
            found = _to_judge(folder, lambda _: None)
        except (OSError, VoicemockError):
            continue
        if found.findings:
            return found
    raise SessionError("No session has a finding to judge.", hint="`voicemock practice` starts one.")


def _to_judge(folder: Path, tell: Callable[[str], None]) -> ToJudge:
    report = read_report(folder, tell=tell)
    asked = AskedBack(report)
    shown = [
        Shown(id, answer, finding)
        for answer in view_of(report).answers
        for finding in (*answer.findings, *answer.hushed)
        if (id := asked.id(answer, finding))
    ]
    try:
        before = read_feedback(folder)
    except DamagedFileError as error:
        tell(f"{error.message} It is put aside when you give a verdict.")
        before = {}
    return ToJudge(folder, tuple(shown), asked, before)


def list_findings(session: ToJudge) -> None:
    """Print each finding with its id, and the verdict on it."""
    typer.echo(session.folder.name)
    width = max((len(one.id) for one in session.findings), default=0)
    for one in session.findings:
        said = _said(session.before.get(one.id)) or "open"
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
            _show(one, f"{place} of {number}", _said(session.before.get(one.id)))
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


def _said(verdict: Judged | None) -> str:
    return "" if verdict is None else "right" if verdict.right else "wrong"


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


def newly_quiet(before: set[str]) -> list[str]:
    """Return a line for each check that is quiet and was not."""
    return [
        wrap(
            f"{name_of(one.check)} is quiet for you from now on: you disagreed {one.wrong} of {one.judged} times. "
            f"Its findings stay in the report, folded away. To wake it: voicemock feedback --wake {one.check}"
        )
        for one in quiet_checks()
        if one.check not in before
    ]
