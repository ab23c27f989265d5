"""What a batch is to do, from all that says so: paths, a table, and a pattern that tells whose they are."""

__all__ = ["Asked", "gather"]

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from voicemock.batch.candidates import PathPattern
from voicemock.batch.files import NO_RECORDING, Found, Place, identity, look, straight, together
from voicemock.batch.manifest import Entry, read_manifest
from voicemock.batch.remote import check_address, find_remote, is_address, name_of, server_of
from voicemock.batch.task import Task
from voicemock.errors import UsageError
from voicemock.schema import Question


class Asked(msgspec.Struct, frozen=True):
    """What the command line says.

    paths: files, folders, patterns, addresses. question: of all that name none.
    candidate_from: see ``PathPattern``. remote: whether addresses may be fetched from.
    """

    paths: tuple[str, ...]
    question: Question | None = None
    manifest: Path | None = None
    candidate_from: str | None = None
    remote: bool = False


def gather(asked: Asked, *, out: Path, tell: Callable[[str], None]) -> tuple[list[Task], Found]:
    """Return a task for each recording, and what was found and left out.

    Raises UsageError for whatever is wrong with what was asked, before anything is connected to.
    tell: told, a sentence at a time, what the user should know; a server, before it is connected to.
    """
    pattern = PathPattern(asked.candidate_from) if asked.candidate_from is not None else None
    listed: tuple[Entry, ...] = ()
    if asked.manifest:
        manifest = read_manifest(asked.manifest, question=asked.question, remote=asked.remote)
        listed = manifest.entries
        for sentence in manifest.told:
            tell(sentence)
    elif not asked.paths:
        raise UsageError("There is nothing to analyse.", hint="Name recordings or folders, or a table with --manifest.")
    named = [_place(path, asked) for path in asked.paths]
    for server in dict.fromkeys(server_of(p) for p in (*(e.place for e in listed), *named) if isinstance(p, str)):
        tell(f"Fetching from {server}.")
    every: list[Found] = []
    tasks: list[Task] = []
    for entry in listed:
        every.append(found := _look(entry.place, out))
        tasks += _tasks(entry, found)
    known = {_identity(task) for task in tasks}
    for place in named:
        every.append(found := _look(place, out))
        if not found.recordings and not found.locked and len(named) > 1:
            tell(f"No recording found in {place}.")
        entry = Entry(line=0, place=place, question=asked.question, candidate="", date="")
        tasks += [task for task in _tasks(entry, found, empty=False) if _identity(task) not in known]
    if not tasks:
        raise UsageError(f"No recording found in {', '.join(asked.paths)}.", hint=NO_RECORDING)
    return _with_candidates(_once(tasks), pattern, asked.candidate_from, tell), together(every)


def _place(path: str, asked: Asked) -> Place:
    if not is_address(path):
        return Path(path)
    check_address(path, allowed=asked.remote)
    return path


def _look(place: Place, out: Path) -> Found:
    return find_remote(place) if isinstance(place, str) else look(place, out=out)


def _tasks(entry: Entry, found: Found, *, empty: bool = True) -> Iterator[Task]:
    """Yield the tasks of what was found at one place; empty: one that says so if there is nothing."""

    def task(place: Place, problem: str = "") -> Task:
        return Task(
            path=name_of(place) if isinstance(place, str) else place,
            source=place if isinstance(place, str) else "",
            question=entry.question,
            candidate=entry.candidate,
            date=entry.date,
            problem=problem,
        )

    yield from map(task, found.recordings)
    for folder, why in found.locked:
        yield task(folder, f"{folder} may not be looked into: {why}.")
    if empty and not found.recordings and not found.locked:
        yield task(entry.place, f"There is no recording in {entry.place}.")


def _once(tasks: list[Task]) -> list[Task]:
    """Return each recording once for each question; what the first says of it counts."""
    once: dict[tuple[str, Question | None], Task] = {}
    for task in tasks:
        once.setdefault((_identity(task), task.question), task)
    return list(once.values())


def _identity(task: Task) -> str:
    return identity(task.source or task.path)


def _with_candidates(
    tasks: list[Task], pattern: PathPattern | None, text: str | None, tell: Callable[[str], None]
) -> list[Task]:
    """Return the tasks with what their paths tell; what a table says of a recording counts more."""
    if not pattern:
        return tasks
    known, missed = [], 0
    for task in tasks:
        told = pattern.told_by(task.source or straight(task.path).as_posix())
        missed += told is None and not task.candidate
        candidate, date = told or ("", "")
        known.append(msgspec.structs.replace(task, candidate=task.candidate or candidate, date=task.date or date))
    if missed:
        tell(f"{missed} of {len(tasks)} do not match --candidate-from {text}: their candidate is empty.")
    return known
