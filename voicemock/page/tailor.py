"""The page for one seat: a job description and a CV, what they ask for and lack, and questions drawn for it.

What is dropped stays in memory, and what was found in it until voicemock ends or it is forgotten.
"""

__all__ = ["forget", "keep", "read", "tailor"]

from pathlib import PurePath

import msgspec

from voicemock.errors import UsageError
from voicemock.page.gate import LARGEST_PAPERS
from voicemock.page.house import House, Seat
from voicemock.page.reply import Asked, Page
from voicemock.preparation.seat.tailored import Tailored


class TailorPage(msgspec.Struct, frozen=True):
    """What was found, if something was dropped; most: how many bytes may come."""

    found: Tailored | None
    notes: tuple[str, ...]
    kept: str
    most: int = LARGEST_PAPERS


class _Of(msgspec.Struct, frozen=True):
    job: str


def tailor(house: House, _asked: Asked) -> Page:
    """Return the page."""
    seat = _there(house.seat)
    return Page("tailor", TailorPage(seat.found, seat.notes, seat.kept) if seat else TailorPage(None, (), ""))


def read(house: House, asked: Asked) -> dict[str, bool]:
    """Read a job description, and the CV that follows its bytes if there is one."""
    from voicemock.jobs.tailor import tailor as tailored
    from voicemock.preparation.seat.documents import read_document

    body: bytes = asked.data
    size = asked.query.get("size", "")
    if not size.isdecimal() or len(size) > len(str(LARGEST_PAPERS)) or not asked.query.get("job"):
        raise UsageError("That was not understood.", hint="Load the page anew, and try again.")
    job = read_document(_name(asked.query["job"]), body[: int(size)])
    cv = asked.query.get("cv")
    notes: list[str] = []
    found = tailored(job, [read_document(_name(cv), body[int(size) :])] if cv else [], tell=notes.append)
    house.seat = Seat(found, tuple(notes))
    return {"read": True}


def keep(house: House, asked: Asked) -> dict[str, str]:
    """Keep the questions as a set of one's own, once, and return its name."""
    from voicemock.jobs.tailor import seat_set
    from voicemock.page.questions import unused, write_set
    from voicemock.questions.set_text import set_text
    from voicemock.questions.sets import id_from, user_sets_dir

    seat = _there(house.seat)
    if seat is None or seat.found.job != msgspec.convert(asked.data, _Of).job:
        raise UsageError("Another job description is being looked at by now.", hint="Load the page anew.")
    if seat.kept:
        return {"set": seat.kept}
    name = unused(id_from(PurePath(seat.found.job).stem))
    chosen, why = seat_set(seat.found, name)
    write_set(user_sets_dir() / f"{name}.toml", set_text(chosen, why=why), left="Nothing was lost.")
    house.seat = seat._replace(kept=name)
    return {"set": name}


def forget(house: House, _asked: Asked) -> dict[str, bool]:
    """Look at no seat any more; a set that was kept stays."""
    house.seat = None
    return {"forgotten": True}


def _there(seat: Seat | None) -> Seat | None:
    """Return the seat without the set of its questions, if that was deleted since."""
    from voicemock.questions.sets import user_sets_dir

    gone = seat is not None and not (user_sets_dir() / f"{seat.kept}.toml").exists()
    return seat._replace(kept="") if seat and gone else seat


def _name(given: str) -> str:
    """Return what a file is called, without its path and without what could not be shown."""
    from voicemock.printable import one_line

    return one_line(given.replace("\\", "/").rpartition("/")[2]).strip() or "file"
