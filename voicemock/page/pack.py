"""The page of the pack: a card and a sound for the day before the interview, made here and saved from here."""

__all__ = ["make", "pack", "saved"]

import datetime
import functools
from pathlib import Path

import msgspec

from voicemock.errors import SessionError, UnknownNameError, UsageError
from voicemock.page.house import House
from voicemock.page.reply import Asked, Page, Reply, on_the_page
from voicemock.page.sharing import Format
from voicemock.page.work import Task

FILES = (
    Format("card.html", "The card, one page to print", "text/html; charset=utf-8"),
    Format("card.md", "The card as text", "text/markdown; charset=utf-8"),
    Format("walk.wav", "The sound for the way there", "audio/wav"),
    Format("walk.txt", "What is where in the sound", "text/plain; charset=utf-8"),
)
MADE = "Your pack is there"


class PackPage(msgspec.Struct, frozen=True):
    """The day of the interview, empty if none is known; the files of its pack, where they are; what to say of it."""

    interview: str
    files: tuple[Format, ...] = ()
    folder: str = ""
    said: str = ""


def pack(house: House, _asked: Asked) -> Page:
    """Return the page."""
    try:
        day = _day()
    except SessionError as error:
        return Page("pack", PackPage("", said=f"{error.message} Give the day of your interview again."))
    if day is None:
        return Page("pack", PackPage(""))
    task = house.work.task
    folder = _folder(day)
    files = tuple(one for one in FILES if (folder / one.id).is_file())
    said = task.told if task and task.title == MADE else ""
    return Page("pack", PackPage(day.isoformat(), files, str(folder), said))


def make(house: House, _asked: Asked) -> dict[str, int]:
    """Begin to make the pack; a tab is told when it is there."""
    day = _day()
    if day is None:
        raise UsageError("The day of your interview is not known.", hint="Name it on the page “Plan”.")
    return {"task": house.work.begin("Making your pack", functools.partial(_made, day))}


def saved(_house: House, asked: Asked) -> Reply:
    """Return a file of the pack, to be saved."""
    day = _day()
    there = {one.id: one for one in FILES if day and (_folder(day) / one.id).is_file()}
    if day is None or (wanted := there.get(asked.at["name"])) is None:
        raise UnknownNameError("file of the pack", asked.at["name"], there)
    return Reply((_folder(day) / wanted.id).read_bytes(), wanted.kind, name=wanted.id)


def _made(day: datetime.date) -> Task:
    from voicemock.config import load_config
    from voicemock.jobs.pack import pack as packed
    from voicemock.jobs.pack import without_story

    told: list[str] = []
    found = packed(_folder(day), day, load_config(), voice=None, tell=told.append)
    silent = f"There is no sound file. {found.silent}" if found.silent else ""
    said = (*dict.fromkeys(told), silent, without_story(found))
    return Task(title=MADE, told=" ".join(on_the_page(text) for text in said if text))


def _day() -> datetime.date | None:
    """Return the day of an interview that is still to come."""
    from voicemock.preparation.planning.remembered import read_aims

    aims = read_aims()
    today = datetime.datetime.now().astimezone().date()
    return aims.interview if aims and aims.interview >= today else None


def _folder(day: datetime.date) -> Path:
    from voicemock.jobs.pack import usual_folder

    return usual_folder(day)
