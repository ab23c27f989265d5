"""A session on disk: plain files the user can copy, search and delete, complete at every moment.

``docs/sessions.md`` describes them.
"""

__all__ = ["Store", "new_session"]

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from voicemock.archive.feedback import show_on_page
from voicemock.archive.lock import claim
from voicemock.archive.progress import PROGRESS, Ended, Progress, Setup, Step, Take
from voicemock.errors import SessionError, repair
from voicemock.paths import private_dir, sessions_dir, write_whole
from voicemock.printable import in_shell
from voicemock.report import write_report
from voicemock.report.as_json import in_one_line
from voicemock.schema import AnswerReport, NotAnalysed, Question, SessionInfo, SessionReport

if TYPE_CHECKING:
    from filelock import BaseFileLock

STARTED = "%Y-%m-%dT%H-%M-%S"
"""How a session's folder name begins."""

WAV_HEADER_BYTES = 44


class Store:
    """One session's folder, and the only writer in it.

    Every method that writes raises SessionError if the disk takes no more; what was recorded until
    then is kept.

    folder: holds ``progress.json``, the report, and ``NN-<question id>/take-N.wav`` with ``take-N.json`` beside it.
    answers: those listened to in an earlier run, by the takes' ``file``.
    lock: what keeps other processes out; held until ``close`` or the end of this object.
    """

    def __init__(
        self,
        folder: Path,
        progress: Progress,
        *,
        answers: Mapping[str, AnswerReport] | None = None,
        lock: "BaseFileLock | None" = None,
    ) -> None:
        self.folder = folder
        self.progress = progress
        self._answers = dict(answers or {})
        self._lock = lock
        self._on_disk = False

    @property
    def info(self) -> SessionInfo:
        """What kind of session it is, with the questions skipped so far, and the takes nobody could listen to."""
        left_out = tuple(
            NotAnalysed(question=take.step.question.text, take=take.take, recording=take.file, reason=take.problem)
            for take in self.waiting
        )
        return msgspec.structs.replace(self.progress.session, skipped=self.progress.skipped, not_analysed=left_out)

    @property
    def answers(self) -> tuple[AnswerReport, ...]:
        """Every answer for the report, in the order given; a cut-off take counts if something was said."""
        found = ((take, self._answers.get(take.file)) for take in self.progress.takes if take.reported)
        return tuple(a for take, a in found if a and (take.ended is Ended.ANSWERED or a.transcript.words))

    @property
    def waiting(self) -> tuple[Take, ...]:
        """Takes that were recorded and not listened to: a crash or a failed analysis came between."""
        takes = (take for take in self.progress.takes if take.reported and take.file not in self._answers)
        return tuple(take for take in takes if _holds_sound(self.path(take)))

    def path(self, take: Take) -> Path:
        """Return where a take's recording is."""
        return self.folder / take.file

    def ask(self, number: int, question: Question) -> None:
        """Note which question is asked, before it is spoken; number: of the planned question, from 1."""
        step = Step(number=number, question=question, follow_up=question not in self.progress.questions)
        self._keep(msgspec.structs.replace(self.progress, at=step, finished=False))

    def begin(self) -> Take:
        """Note that a take of the question asked is about to be recorded; its number is the next one free."""
        if self.progress.at is None:
            raise ValueError("begin() without ask()")
        take = Take(step=self.progress.at, take=1)
        folder = self.path(take).parent
        with self._explained(folder):
            private_dir(folder)
            taken = [int(number) for path in folder.glob("take-*.*") if (number := path.stem[5:]).isdecimal()]
        take = msgspec.structs.replace(take, take=max(taken, default=0) + 1)
        others = (one for one in self.progress.takes if one.file != take.file)  # a take without any sound left no file
        self._keep(msgspec.structs.replace(self.progress, takes=(*others, take)))
        return take

    def end(self, take: Take, ended: Ended, *, notes: Sequence[str] = (), troubles: Sequence[str] = ()) -> Take:
        """Note how a take ended, before it is listened to."""
        over = msgspec.structs.replace(take, ended=ended, notes=tuple(notes), troubles=tuple(troubles))
        return self._change(take, over)

    def fail(self, take: Take, problem: str) -> None:
        """Note why a take could not be analysed; it waits to be listened to again."""
        self._change(take, msgspec.structs.replace(take, problem=problem))

    def _change(self, take: Take, now: Take) -> Take:
        takes = tuple(now if one.file == take.file else one for one in self.progress.takes)
        self._keep(msgspec.structs.replace(self.progress, takes=takes))
        return now

    def save(self, recording: Path, answer: AnswerReport) -> None:
        """Write what was found in a take beside its recording, which it names by its place in the folder."""
        name = recording.relative_to(self.folder).as_posix()
        if answer.recording:
            inside = msgspec.structs.replace(answer.recording, path=name)
            answer = msgspec.structs.replace(answer, recording=inside)
        self._restore()
        self._write(recording.with_suffix(".json"), answer)
        self._answers[name] = answer

    def write_report(self, report: SessionReport, *, finished: bool) -> Path:
        """Write the report and return its page.

        finished: the session is over; otherwise it waits to be taken up again, as it does while a take was not
        listened to.
        """
        self._restore()
        with self._explained(self.folder / "report.html"):
            page = write_report(report, self.folder)
        show_on_page(self.folder)
        self._keep(msgspec.structs.replace(self.progress, finished=finished and not self.waiting))
        return page

    def close(self) -> None:
        """Release the session to other processes."""
        if self._lock:
            self._lock.release()

    def _keep(self, progress: Progress) -> None:
        self.progress = progress
        self._restore()
        self._write(self.folder / PROGRESS, progress)
        self._on_disk = True

    def _restore(self) -> None:
        """Make the folder again if it was deleted during the session, with everything known about it."""
        if not self._on_disk or (self.folder / PROGRESS).exists():
            return
        with self._explained(self.folder):
            private_dir(self.folder)
        self._on_disk = False
        self._write(self.folder / PROGRESS, self.progress)
        self._on_disk = True
        for name, answer in self._answers.items():
            path = (self.folder / name).with_suffix(".json")
            with self._explained(path):
                private_dir(path.parent)
            self._write(path, answer)

    def _write(self, path: Path, value: msgspec.Struct) -> None:
        with self._explained(path):
            write_whole(path, msgspec.json.format(in_one_line(value), indent=2) + b"\n")

    @contextmanager
    def _explained(self, path: Path) -> Iterator[None]:
        """Say in words why a file cannot be written."""
        try:
            yield
        except OSError as error:
            raise SessionError(
                f"{path} cannot be written: {error.strerror}.", hint=self._what_is_left(error)
            ) from error

    def _what_is_left(self, error: OSError) -> str:
        if not self.folder.is_dir():
            return f"{self.folder} is gone: it was deleted, or its disk was removed."
        return (
            f"Everything recorded so far is kept in {self.folder}.\n"
            f"{repair(error, 'Make that folder writable again')}, "
            f"then go on with: voicemock resume {in_shell(self.folder.name)}"
        )


def new_session(
    *,
    title: str,
    folder: Path | None = None,
    question_set: str | None = None,
    voice: str | None = None,
    questions: Sequence[Question] = (),
    setup: Setup | None = None,
) -> Store:
    """Make a folder only its owner can read, by default in the user's data folder, named by time and title.

    questions, setup: what will be asked, and how; written at once, so that the session can be taken up again.
    """
    started = datetime.now().astimezone()
    name = f"{started:{STARTED}}-{(question_set or title).lower().replace('_', '-')}"
    try:
        made = private_dir(folder) if folder else _fresh(sessions_dir() / name)
        lock = claim(made) if questions else None
    except OSError as error:
        hint = "Choose a folder you can write to, or free some space."
        raise SessionError(
            f"A session folder cannot be created in {error.filename}: {error.strerror}.", hint=hint
        ) from error
    info = SessionInfo(
        id=name if folder else made.name,
        title=title,
        started_at=started.isoformat(timespec="seconds"),
        question_set=question_set,
        voice=voice,
        form=setup.form if setup else None,
    )
    store = Store(made, Progress(session=info, questions=tuple(questions), setup=setup or Setup()), lock=lock)
    if questions:
        store._keep(store.progress)
    return store


def _holds_sound(recording: Path) -> bool:
    try:
        return recording.stat().st_size > WAV_HEADER_BYTES
    except FileNotFoundError:
        return False


def _fresh(folder: Path) -> Path:
    """Make a folder that was not there before, numbered if two sessions start in the same second."""
    private_dir(folder.parent)
    number, path = 1, folder
    while True:
        try:
            path.mkdir(mode=0o700)
        except FileExistsError:
            number += 1
            path = folder.with_name(f"{folder.name}-{number}")
        else:
            return path
