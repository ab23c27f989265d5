"""Sessions on disk: plain files the user can copy, search and delete."""

__all__ = ["Store", "new_session"]

from datetime import datetime
from pathlib import Path

import msgspec

from voicemock.errors import SessionError
from voicemock.paths import private_dir, sessions_dir, write_whole
from voicemock.schema import AnswerReport, SessionInfo


class Store:
    """One session's folder.

    folder: holds the report, and ``NN-<question id>/take-N.wav`` with ``take-N.json`` beside it.
    info: what kind of session it is.
    """

    def __init__(self, folder: Path, info: SessionInfo) -> None:
        self.folder = folder
        self.info = info

    def take(self, number: int, question_id: str, take: int) -> Path:
        """Return the path for a take's recording, in a folder made for its question; both count from 1."""
        return private_dir(self.folder / f"{number:02d}-{question_id}") / f"take-{take}.wav"

    def save(self, recording: Path, answer: AnswerReport) -> None:
        """Write what was found in a take beside its recording."""
        encoded = msgspec.json.format(msgspec.json.encode(answer), indent=2)
        write_whole(recording.with_suffix(".json"), encoded + b"\n")


def new_session(
    *, title: str, folder: Path | None = None, question_set: str | None = None, voice: str | None = None
) -> Store:
    """Make a folder only its owner can read, by default in the user's data folder, named by time and title."""
    started = datetime.now().astimezone()
    name = f"{started:%Y-%m-%dT%H-%M-%S}-{(question_set or title).lower().replace('_', '-')}"
    try:
        made = private_dir(folder) if folder else _fresh(sessions_dir() / name)
    except OSError as error:
        hint = "Choose a folder you may write to, or free some space."
        raise SessionError(
            f"No session folder can be made in {error.filename}: {error.strerror}.", hint=hint
        ) from error
    info = SessionInfo(
        id=name, title=title, started_at=started.isoformat(timespec="seconds"), question_set=question_set, voice=voice
    )
    return Store(made, info)


def _fresh(folder: Path) -> Path:
    """Make a folder that was not there before, numbered where two sessions start in one second."""
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
