"""Resume a session after a crash, a closed terminal or a full disk; damage never stands in the way."""

__all__ = ["open_session", "read_answers", "read_report"]

import re
import wave
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from voicemock.archive.feedback import quiet_checks
from voicemock.archive.lock import claim
from voicemock.archive.progress import (
    PROGRESS,
    DamagedFileError,
    Ended,
    Progress,
    Step,
    Take,
    read_file,
    read_progress,
)
from voicemock.archive.store import STARTED, Store
from voicemock.coaching.next_steps import quietened
from voicemock.errors import SessionError, VoicemockError
from voicemock.paths import sessions_dir
from voicemock.phrases import clock
from voicemock.printable import in_shell
from voicemock.questions.sets import find_question
from voicemock.report import from_json
from voicemock.schema import AnswerReport, Question, QuietCheck, SessionInfo, SessionReport

REPORT = "session.json"
DAMAGED = "progress.damaged.json"
HALF_WRITTEN = re.compile(r"\.(progress|session|report|feedback|take-\d+)\.(json|md|html)\..+")
"""What ``write_whole`` leaves where it was killed."""


class _Saved(NamedTuple):
    """What a session's folder holds.

    answers: by the takes' ``file``. problems: damage, in words for people.
    rebuilt: the plan could not be read, so progress is what the recordings tell.
    """

    progress: Progress
    answers: dict[str, AnswerReport]
    problems: tuple[str, ...]
    rebuilt: bool


def _read(folder: Path) -> _Saved:
    """Read what a session's folder holds and change nothing.

    Raises SessionError only if a newer voicemock wrote it.
    """
    problems: list[str] = []
    try:
        progress = read_progress(folder)
    except FileNotFoundError:
        problems.append(f"{folder / PROGRESS} is missing.")
    except DamagedFileError as error:
        problems.append(error.message)
    if rebuilt := bool(problems):
        progress = _rebuilt(folder, problems)
    answers = {}
    for take in progress.takes:
        recording = folder / take.file
        try:
            if take.reported:
                answers[take.file] = read_file(recording.with_suffix(".json"), AnswerReport)
        except FileNotFoundError:
            if take.ended is Ended.ANSWERED and not recording.exists():
                problems.append(f"{recording} is gone.")
        except DamagedFileError as error:
            problems.append(f"{error.message} Its recording will be listened to again.")
    return _Saved(progress, answers, tuple(problems), rebuilt)


def read_report(
    folder: Path, *, tell: Callable[[str], None], quiet: tuple[QuietCheck, ...] | None = None
) -> SessionReport:
    """Return the report on a session, finished or not, made from its takes; tell: is told what was damaged.

    quiet: the checks to fold away, as the user's verdicts have it if they are not given.
    Sessions without takes of their own, such as reviews, have only ``session.json``.
    """
    own = folder.resolve().parent == sessions_dir().resolve()  # what is quiet for this user silences nobody else's
    if (folder / REPORT).exists() and not (folder / PROGRESS).exists():
        report = from_json((folder / REPORT).read_bytes())
        return quietened(report, quiet_checks() if quiet is None else quiet) if own else report
    saved = _read(folder)
    for problem in saved.problems:
        tell(problem)
    store = Store(folder, saved.progress, answers=saved.answers)
    from voicemock.analyze import assemble  # loads numpy, which a list of sessions should not wait for

    info = store.info
    if quiet is None:
        quiet = quiet_checks() if own and not info.demo else ()
    return assemble(store.answers, session=info, quiet=quiet)


def read_answers(folder: Path) -> tuple[AnswerReport, ...]:
    """Return the answers a session's report holds; raises SessionError if a newer voicemock wrote it."""
    saved = _read(folder)
    return Store(folder, saved.progress, answers=saved.answers).answers


def open_session(folder: Path, *, tell: Callable[[str], None]) -> Store:
    """Resume a session: ``store.waiting`` is to be listened to, ``store.progress.remaining`` to be asked.

    tell: is told what the candidate should know: damage, and unfinished answers that were kept. Raises
    SessionError if another process has the session, or nothing is left to do in it.
    """
    lock = claim(folder)
    saved = _read(folder)
    progress = saved.progress
    store = Store(folder, progress, answers=saved.answers, lock=lock)
    if not progress.remaining and not store.waiting and (progress.finished or not store.answers):
        store.close()
        raise SessionError(
            f"There is nothing left to do in session {folder.name}.",
            hint=f"Look at it: voicemock sessions show {in_shell(folder.name)}",
        )
    _tidy(folder)
    if saved.rebuilt and (folder / PROGRESS).exists():
        (folder / PROGRESS).replace(folder / DAMAGED)
    for problem in saved.problems:
        tell(problem)
    for take in store.waiting:
        tell(_kept(take, _length_s(store.path(take))))
    return store


def _kept(take: Take, length_s: float | None) -> str:
    length = f"of {clock(length_s)} " if length_s is not None else ""
    question = f"{'a follow-up to ' if take.step.follow_up else ''}question {take.step.number}"
    if take.ended is Ended.OPEN:
        return f"Your unfinished answer {length}to {question} is kept as take {take.take}."
    return f"Your answer {length}to {question} is kept. It has not been listened to yet, so that comes first."


def _length_s(recording: Path) -> float | None:
    """Return how long a take is, None if its header does not tell."""
    try:
        with wave.open(str(recording)) as file:
            return float(file.getnframes() / file.getframerate())
    except (wave.Error, EOFError, OSError):
        return None


def _tidy(folder: Path) -> None:
    """Remove what a killed process left half written."""
    for path in (*folder.glob(".*"), *folder.glob("*/.*")):
        if HALF_WRITTEN.fullmatch(path.name):
            path.unlink()


def _rebuilt(folder: Path, problems: list[str]) -> Progress:
    """Work out from the recordings alone what was answered; for each that cannot be placed, say where it is."""
    problems.append("The plan is lost, so nothing more is asked; the report is made from the recordings.")
    recordings = [path for path in folder.glob("[0-9][0-9]-*/take-*.wav") if path.stem[5:].isdecimal()]
    takes = []
    for path in sorted(recordings, key=lambda path: (path.parent.name, int(path.stem[5:]))):
        question = _answered_by(path)
        if question is None:
            review = f"voicemock review {in_shell(path)}"
            problems.append(f"{path} is kept, but what it answers is lost. For a report on it: {review}")
            continue
        step = Step(number=int(path.parent.name[:2]), question=question)
        ended = Ended.ANSWERED if path.with_suffix(".json").exists() else Ended.OPEN
        takes.append(Take(step=step, take=int(path.stem[5:]), ended=ended))
    return Progress(session=_info(folder), takes=tuple(takes))


def _answered_by(recording: Path) -> Question | None:
    try:
        return read_file(recording.with_suffix(".json"), AnswerReport).question
    except (FileNotFoundError, DamagedFileError):
        pass
    try:
        return find_question(recording.parent.name[3:])
    except VoicemockError:
        return None


def _info(folder: Path) -> SessionInfo:
    try:
        started = datetime.strptime(folder.name[:19], STARTED).astimezone()
    except ValueError:  # renamed
        started = datetime.fromtimestamp(folder.stat().st_mtime).astimezone()
    return SessionInfo(id=folder.name, title="Practice", started_at=started.isoformat(timespec="seconds"))
