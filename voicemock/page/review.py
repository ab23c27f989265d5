"""The page for recordings one already has: one that is dropped on it, or a folder of them on this computer."""

__all__ = ["batch", "keep_recording", "review", "review_recording"]

import contextlib
import functools
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from voicemock.errors import SessionError, UsageError, VoicemockError, repair
from voicemock.page.gate import LARGEST_RECORDING
from voicemock.page.house import House
from voicemock.page.reply import Asked, Page
from voicemock.page.work import Task
from voicemock.schema import Question

if TYPE_CHECKING:
    from voicemock.archive.store import Store

LONGEST_NAME = 50
"""Letters; one may take four bytes, and most systems allow 255."""
RESULTS = "voicemock-results"
_DEVICE = re.compile(r"con|prn|aux|nul|(?:com|lpt)\d", re.IGNORECASE)
"""Names that Windows keeps for devices, with any ending."""


class Kept(NamedTuple):
    """A recording that came from a page and lies in a session's folder, and what it answers."""

    session: "Store"
    name: str
    question: Question | None


class Review(msgspec.Struct, frozen=True):
    """What the page begins with: the questions one may name; most: how many bytes a recording may have."""

    questions: tuple[str, ...]
    most: int = LARGEST_RECORDING


class _Folder(msgspec.Struct, frozen=True):
    folder: str
    ask: str = ""


def review(_house: House, _asked: Asked) -> Page:
    """Return the page."""
    from voicemock.questions.sets import list_sets

    return Page("review", Review(tuple(dict.fromkeys(q.text for one in list_sets() for q in one.questions))))


async def keep_recording(name: str, ask: str, parts: AsyncIterator[bytes]) -> Kept:
    """Write a recording as it comes into a session of its own; what breaks off half-way leaves nothing."""
    from voicemock.archive.store import new_session
    from voicemock.questions.asked import choose_question

    question = choose_question(None, ask.strip() or None)
    session = new_session(title="Review")
    path = session.folder / _safe(name)
    try:
        with path.open("xb") as file:
            path.chmod(0o600)
            async for part in parts:
                file.write(part)
        if not path.stat().st_size:
            raise UsageError("That file is empty.", hint="Choose another.")
    except BaseException as error:
        path.unlink(missing_ok=True)
        session.folder.rmdir()
        if isinstance(error, OSError):
            hint = f"{repair(error, 'Check that folder')}, and drop it again."
            raise SessionError(f"{path} cannot be written: {error.strerror}.", hint=hint) from error
        raise
    return Kept(session, path.name, question)


def review_recording(house: House, kept: Kept) -> dict[str, int]:
    """Begin to listen to a recording; a tab is told when its report is there."""
    try:
        return {"task": house.work.begin(f"Listening to {kept.name}", functools.partial(_review, kept))}
    except UsageError:
        _drop(kept)
        raise


def batch(house: House, asked: Asked) -> dict[str, int]:
    """Begin to listen to all recordings of a folder."""
    from voicemock.questions.asked import choose_question

    given = msgspec.convert(asked.data, _Folder)
    folder = Path(given.folder.strip())
    with contextlib.suppress(RuntimeError, ValueError):  # "~" of nobody, or of what can be no name
        folder = folder.expanduser()
    if not given.folder.strip() or not folder.is_dir():
        raise UsageError(
            f"{given.folder.strip() or 'That'} is no folder on this computer.", hint="Give its whole path."
        )
    question = choose_question(None, given.ask.strip() or None)
    work = functools.partial(_batch, house, folder, question)
    return {"task": house.work.begin(f"Listening to all of {folder.name}", work)}


def _review(kept: Kept) -> Task:
    from voicemock.analyze import analyze_recording
    from voicemock.config import load_config
    from voicemock.jobs.review import review_kept
    from voicemock.models.catalogue import find_model
    from voicemock.speech.recognise import Recogniser

    config = load_config()
    try:
        analyse = functools.partial(
            analyze_recording,
            recogniser=Recogniser(find_model(config.model)),
            question=kept.question,
            second=config.local_model,
        )
        review_kept(kept.name, kept.session, analyse=analyse)
    except BaseException as error:
        _drop(kept)
        if isinstance(error, VoicemockError):  # its name alone: where it lay, nothing is any more
            message = error.message.replace(str(kept.session.folder / kept.name), kept.name)
            raise VoicemockError(message, hint=error.hint) from error
        raise
    return Task(title=f"Listened to {kept.name}", session=kept.session.folder.name)


def _drop(kept: Kept) -> None:
    """Delete what came from a page: the original is where it was."""
    with contextlib.suppress(OSError):
        (kept.session.folder / kept.name).unlink(missing_ok=True)
        kept.session.folder.rmdir()


def _batch(house: House, folder: Path, question: Question | None) -> Task:
    from voicemock.batch.index import write_index
    from voicemock.batch.run import run_batch
    from voicemock.batch.task import Job
    from voicemock.batch.tasks import Asked as Wanted
    from voicemock.batch.tasks import gather
    from voicemock.config import load_config
    from voicemock.models.catalogue import find_model
    from voicemock.phrases import plural

    config, out = load_config(), folder / RESULTS
    job = Job(out=out, model=find_model(config.model), second=config.local_model)
    tasks, _ = gather(Wanted((str(folder),), question), out=out, tell=lambda _: None)
    done = 0

    def moved(_row: object) -> None:
        nonlocal done
        done += 1
        house.work.moved(done, len(tasks))

    house.work.moved(0, len(tasks))
    rows = run_batch(tasks, job, progress=moved)
    index = write_index(rows, out, title=f"{plural(len(rows), 'recording')}, model {job.model.name}")
    failed = sum(bool(row.error) for row in rows)
    return Task(
        title=f"Listened to all of {folder.name}",
        done=len(rows),
        total=len(rows),
        told=f"{len(rows) - failed} of {len(rows)} analysed. The table and the reports: {index}",
    )


def _safe(name: str) -> str:
    """Return a name for a file that came from a page: no path, nothing hidden, nothing a system stumbles over."""
    last = re.split(r"[/\\]", name)[-1]
    kept = re.sub(r"[^\w. -]+", "-", last).strip(". -")
    stem, dot, ending = kept.rpartition(".")
    short = f"{stem[:LONGEST_NAME]}{dot}{ending[:10]}" if dot else kept[:LONGEST_NAME]
    taken = short.lower().startswith(("report.", "session.", "progress.", "feedback."))
    taken = taken or _DEVICE.fullmatch(short.partition(".")[0]) is not None
    return f"recording-{short}" if taken or not short else short
