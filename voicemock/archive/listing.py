"""All sessions of this user: found, listed, deleted."""

__all__ = ["Listed", "State", "delete_session", "find_session", "list_sessions"]

import enum
import shutil
from pathlib import Path

import msgspec

from voicemock.archive.folders import session_folders
from voicemock.archive.lock import in_use
from voicemock.archive.progress import read_file, read_progress
from voicemock.archive.resume import read_answers
from voicemock.errors import SessionError, UnknownNameError, UsageError
from voicemock.report.words import counted
from voicemock.schema import AnswerReport, SessionInfo

LISTED_BY = "voicemock sessions list"
SHOWN = 3


class State(enum.StrEnum):
    """Whether a session is over."""

    FINISHED = "finished"
    UNFINISHED = "unfinished"
    RUNNING = "running now"
    DAMAGED = "damaged"
    EMPTY = "empty"


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """One session as a list shows it.

    info: None if nothing in the folder can be read. planned, answered: questions, as the report has them.
    counts: how many answers there are, follow-ups and all takes, and how long they are, as the report says it.
    """

    folder: Path
    state: State
    info: SessionInfo | None = None
    answered: int = 0
    planned: int = 0
    counts: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The name of its folder."""
        return self.folder.name


class _Report(msgspec.Struct):
    """What a list needs of ``session.json``."""

    session: SessionInfo | None
    answers: list[AnswerReport]


def list_sessions() -> tuple[Listed, ...]:
    """Return every session, the newest first."""
    return tuple(map(_listed, session_folders()))


def find_session(name: str | None) -> Listed:
    """Return the session by its id, or by a beginning or end that no other id has; None means the latest unfinished.

    Raises UnknownNameError, UsageError if several fit, and SessionError if none is unfinished.
    """
    if name is None:
        for listed in map(_listed, session_folders()):
            if listed.state is State.UNFINISHED and not (listed.info and listed.info.question_set is None):  # a demo
                return listed
        raise SessionError(
            "There is no unfinished session.", hint=f"`{LISTED_BY}` shows them all; `voicemock practice` starts one."
        )
    folders = {folder.name: folder for folder in session_folders()}
    fitting = [one for one in folders if name and (one.startswith(name) or one.endswith(name))]
    if name in folders:
        fitting = [name]
    if not fitting:
        raise UnknownNameError("session", name, folders, listed_by=LISTED_BY)
    if len(fitting) > 1:
        some = ", ".join(fitting[:SHOWN]) + (" and more" if len(fitting) > SHOWN else "")
        raise UsageError(f"'{name}' matches {len(fitting)} sessions: {some}.", hint="Give more of the id.")
    return _listed(folders[fitting[0]])


def delete_session(session: Listed) -> None:
    """Delete a session's folder for good; raises SessionError if it is running, or cannot be deleted."""
    if in_use(session.folder):
        raise SessionError(f"The session {session.id} is running in another terminal.", hint="Finish it there first.")
    from voicemock.archive.kept_rows import forget_rows  # loads numpy, which a list of sessions should not wait for

    try:
        forget_rows(session.id)
        shutil.rmtree(session.folder)  # removes links, never what they point to
        forget_rows(session.id)  # another voicemock may have read it meanwhile
    except OSError as error:
        where, why = error.filename or session.folder, error.strerror or error
        raise SessionError(f"{where} cannot be deleted: {why}.", hint="Delete it by hand.") from error


def _listed(folder: Path) -> Listed:
    try:
        progress = read_progress(folder)
    except (FileNotFoundError, SessionError):
        return _without_progress(folder)
    answers = read_answers(folder)
    planned = {question.id for question in progress.questions}
    return Listed(
        folder=folder,
        state=State.RUNNING if in_use(folder) else State.FINISHED if progress.finished else State.UNFINISHED,
        info=progress.session,
        answered=len(planned & {answer.question.id for answer in answers if answer.question}),
        planned=len(progress.questions),
        counts=tuple(counted(answers)) if answers else (),
    )


def _without_progress(folder: Path) -> Listed:
    """Return a session that never had a plan, such as a review, or whose plan is damaged."""
    try:
        report = read_file(folder / "session.json", _Report)
    except (FileNotFoundError, SessionError):
        recorded = any(folder.glob("*/take-*.wav"))
        return Listed(folder=folder, state=State.DAMAGED if recorded else State.EMPTY)
    counts = tuple(counted(report.answers))
    return Listed(folder=folder, state=State.FINISHED, info=report.session, counts=counts)
