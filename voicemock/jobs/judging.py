"""A session's findings to be judged: which there are, what was said of each, and what a verdict on one is."""

__all__ = ["Shown", "ToJudge", "find_to_judge", "newly_quiet", "quiet_said"]

from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import NamedTuple

from voicemock import __version__
from voicemock.archive.feedback import Judged, now, quiet_checks, read_feedback
from voicemock.archive.folders import session_folders
from voicemock.archive.listing import find_session
from voicemock.archive.progress import DamagedFileError
from voicemock.archive.resume import read_report
from voicemock.errors import SessionError, UnknownNameError, VoicemockError
from voicemock.printable import in_shell
from voicemock.report.asked_back import AskedBack
from voicemock.report.view import AnswerView, view_of
from voicemock.report.words import name_of
from voicemock.schema import Finding, QuietCheck


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

    def said(self, id: str) -> str:
        """Return what was said of a finding: right, wrong, or nothing."""
        before = self.before.get(id)
        return "" if before is None else "right" if before.right else "wrong"

    def verdict(self, id: str, *, right: bool) -> Judged:
        """Return a verdict on a finding as it is kept; raises UnknownNameError."""
        if id not in self.asked.all:
            listed_by = f"voicemock feedback {in_shell(self.folder.name)} --list"
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


def newly_quiet(before: Collection[str]) -> tuple[QuietCheck, ...]:
    """Return the checks that are quiet and were not."""
    return tuple(one for one in quiet_checks() if one.check not in before)


def quiet_said(one: QuietCheck) -> str:
    """Return what to say of a check that has become quiet."""
    return (
        f"{name_of(one.check)} is quiet for you from now on: you disagreed {one.wrong} of {one.judged} times. "
        "Its findings stay in the report, folded away."
    )
