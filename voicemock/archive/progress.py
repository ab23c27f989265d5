"""A session's plan and how far it got: what ``progress.json`` holds, and what is left to do."""

__all__ = [
    "DamagedFileError",
    "Ended",
    "Progress",
    "Setup",
    "Step",
    "Take",
    "put_aside",
    "read_file",
    "read_progress",
    "sessions_with",
]

import contextlib
import enum
from pathlib import Path
from typing import TypeVar

import msgspec

from voicemock.archive.folders import originals, session_folders
from voicemock.errors import SessionError
from voicemock.schema import SCHEMA_VERSION, Question, SessionInfo

PROGRESS = "progress.json"

Read = TypeVar("Read")


class DamagedFileError(SessionError):
    """A file of a session does not hold what voicemock wrote."""


class Ended(enum.StrEnum):
    """How a take ended."""

    OPEN = "open"
    """Under way, or cut off: by a crash, a lost microphone, a closed terminal."""
    ANSWERED = "answered"
    AGAIN = "again"
    """Thrown away by the candidate to answer again; the recording is kept, and not reported."""
    SKIPPED = "skipped"
    """Thrown away by skipping the question; kept, and not reported."""


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One question to ask; number: of the planned question it is, or follows up, from 1."""

    number: int
    question: Question
    follow_up: bool = False


class Take(msgspec.Struct, frozen=True, kw_only=True):
    """One recording; take counts from 1 for each question; notes: what the candidate typed meanwhile.

    troubles: what went wrong while it was recorded, in words for people.
    problem: why it could not be analysed, empty if it was, or nobody tried.
    """

    step: Step
    take: int
    ended: Ended = Ended.OPEN
    notes: tuple[str, ...] = ()
    troubles: tuple[str, ...] = ()
    problem: str = ""

    @property
    def file(self) -> str:
        """The recording's path inside the session's folder."""
        return f"{self.step.number:02d}-{self.step.question.id}/take-{self.take}.wav"

    @property
    def reported(self) -> bool:
        """Whether it belongs in the report."""
        return self.ended in (Ended.OPEN, Ended.ANSWERED)


class Setup(msgspec.Struct, frozen=True, kw_only=True):
    """What the candidate chose at the start, so that a resumed session continues as it began.

    form: what it is if no plain practice, as in ``SessionInfo``. notes: what the candidate knows of the firm.
    predict: whether they say what an answer held before it is shown.
    """

    model: str | None = None
    voice: str | None = None
    manner: str = "neutral"
    auto_stop_s: float | None = None
    interruptions: bool = False
    live_counts: bool = False
    text_only: bool = False
    blind: bool = False
    form: str | None = None
    notes: str = ""
    predict: bool = False
    lenses: tuple[str, ...] = ()


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """What was planned and how far it got.

    at: the question being asked, or asked last. takes: in the order they were begun.
    finished: the candidate came to the end, or ended the session; what is left may still be asked.
    """

    schema_version: int = SCHEMA_VERSION
    session: SessionInfo
    questions: tuple[Question, ...] = ()
    setup: Setup = Setup()
    at: Step | None = None
    takes: tuple[Take, ...] = ()
    finished: bool = False

    @property
    def answered(self) -> int:
        """How many of the planned questions have a complete answer."""
        return len({t.step.number for t in self.takes if not t.step.follow_up and t.ended is Ended.ANSWERED})

    @property
    def skipped(self) -> tuple[str, ...]:
        """The ids of the planned questions that were skipped and never answered."""
        answered = {take.step.number for take in self.takes if take.ended is Ended.ANSWERED}
        skipped = [t.step for t in self.takes if t.ended is Ended.SKIPPED and not t.step.follow_up]
        return tuple(dict.fromkeys(step.question.id for step in skipped if step.number not in answered))

    @property
    def remaining(self) -> tuple[Step, ...]:
        """What is left to ask: first the question that was cut short, then those after it."""
        planned = tuple(Step(number=number, question=question) for number, question in enumerate(self.questions, 1))
        if self.at is None:
            return planned
        ends = [take.ended for take in self.takes if take.step == self.at]
        again = not ends or ends[-1] in (Ended.OPEN, Ended.AGAIN)
        return (*((self.at,) if again else ()), *planned[self.at.number :])


class _Version(msgspec.Struct):
    schema_version: int


class _Session(msgspec.Struct):
    session: SessionInfo | None


def read_file(path: Path, kind: type[Read]) -> Read:
    """Read a JSON file of a session; raises FileNotFoundError, or DamagedFileError if it is not whole."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except FileNotFoundError:
        raise
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise DamagedFileError(f"{path} cannot be read: {error}.") from error


def sessions_with(file: str) -> list[tuple[Path, SessionInfo | None]]:
    """Return the folders that hold a file, the newest first and of copies one alone, with the sessions in them.

    None stands for what cannot be told; a folder that may not be looked into is returned, too.
    """
    found = {folder: _session(folder) for folder in session_folders() if _may_be(folder / file)}
    counts = originals({folder.name: session for folder, session in found.items() if session})
    return [(folder, one) for folder, one in found.items() if counts.get(folder.name, folder.name) == folder.name]


def _may_be(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return True


def _session(folder: Path) -> SessionInfo | None:
    for name in (PROGRESS, "session.json"):  # a review has no plan
        with contextlib.suppress(FileNotFoundError, SessionError):
            return read_file(folder / name, _Session).session
    return None


def read_progress(folder: Path) -> Progress:
    """Read a session's progress; raises as ``read_file`` does, and SessionError for a newer voicemock's."""
    path = folder / PROGRESS
    version = read_file(path, _Version).schema_version
    if version > SCHEMA_VERSION:
        raise SessionError(
            f"{path} has schema version {version}; this voicemock reads up to {SCHEMA_VERSION}.",
            hint="A newer voicemock wrote it. Update voicemock to go on with this session.",
        )
    return read_file(path, Progress)


def put_aside(path: Path) -> Path:
    """Give a damaged file another name, which no other has, and return it."""
    number, aside = 1, path.with_suffix(".damaged.json")
    while aside.exists():
        number += 1
        aside = path.with_suffix(f".damaged-{number}.json")
    path.replace(aside)
    return aside
