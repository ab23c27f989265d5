"""Every answer of every session as a row, the oldest first: what was practised, and how it went."""

__all__ = ["Practised", "history"]

from collections.abc import Callable
from pathlib import Path

import msgspec

from voicemock.archive.listing import session_folders
from voicemock.archive.resume import read_report
from voicemock.coaching.standing import standings
from voicemock.errors import SessionError
from voicemock.report.figures import Figures, figures_of
from voicemock.schema import Question, SessionInfo, SessionReport


class Practised(Figures, frozen=True, kw_only=True):
    """One answer.

    session: it belongs to. question: None if none was named. take: from 1.
    replaced: a later take counts instead. follows: the id of the question it is a follow-up to.
    """

    session: SessionInfo
    question: Question | None
    take: int
    replaced: bool
    follows: str | None


def history(*, tell: Callable[[str], None] = lambda _: None) -> tuple[Practised, ...]:
    """Return all answers of all sessions and reviews in the order they were begun; nothing on disk is changed.

    tell: is told what was damaged, and why a session is left out.
    """
    reports = []
    for folder in session_folders():
        report = _read(folder, tell)
        if report and report.session:
            reports.append((report.session, report))
    reports.sort(key=lambda one: (one[0].started_at, one[0].id))
    return tuple(row for session, report in reports for row in _rows(session, report))


def _read(folder: Path, tell: Callable[[str], None]) -> SessionReport | None:
    try:
        return read_report(folder, tell=tell)
    except (OSError, SessionError) as error:
        tell(f"{folder.name} is left out: {error}")
        return None


def _rows(session: SessionInfo, report: SessionReport) -> list[Practised]:
    standing = standings(report.answers)
    return [
        Practised(
            session=session,
            question=answer.question,
            take=answer.take,
            replaced=stands.replaced_by is not None,
            follows=answer.question.follow_up_to if answer.question else None,
            **msgspec.structs.asdict(figures_of(answer)),
        )
        for answer, stands in zip(report.answers, standing, strict=True)
    ]
