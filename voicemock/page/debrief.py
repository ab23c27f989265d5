"""The page for a real interview afterwards: what was asked, how each answer was, and what had been practised of it.

The transcript stays in memory, and so does what was found in it, until it is kept or forgotten.
"""

__all__ = ["Debrief", "debrief", "forget", "keep", "keep_questions", "read", "read_as"]

from pathlib import Path

import msgspec

from voicemock.errors import UsageError
from voicemock.page.gate import LARGEST_PAPERS
from voicemock.page.house import House, Interviewed
from voicemock.page.reply import Asked, Page

SET = "real-interview"


class Answered(msgspec.Struct, frozen=True):
    """A question, when and by whom it was asked; its answer in short; what was practised of it."""

    at_s: float | None
    by: str
    question: str
    lines: tuple[str, ...]
    practised: str


class Debrief(msgspec.Struct, frozen=True, kw_only=True):
    """What was found, if a transcript was dropped.

    me: whose answers are read; why: how that was told. talk: turns that answer no question. new: questions that no set
    has. report, kept: as in ``Interviewed``. most: how many bytes may come.
    """

    name: str = ""
    me: str = ""
    why: str = ""
    speakers: tuple[str, ...] = ()
    answers: tuple[Answered, ...] = ()
    asked_them: tuple[str, ...] = ()
    talk: int = 0
    new: int = 0
    notes: tuple[str, ...] = ()
    report: str = ""
    kept: str = ""
    most: int = LARGEST_PAPERS


class _Me(msgspec.Struct, frozen=True):
    name: str
    me: str


class _Of(msgspec.Struct, frozen=True):
    name: str


def debrief(house: House, _asked: Asked) -> Page:
    """Return the page."""
    return Page("debrief", _shown(_there(house.interviewed)) if house.interviewed else Debrief())


def read(house: House, asked: Asked) -> dict[str, bool]:
    """Read a transcript."""
    from voicemock.printable import one_line
    from voicemock.transcripts import holds_text

    name = one_line(asked.query.get("name", "").replace("\\", "/").rpartition("/")[2]).strip() or "file"
    if not holds_text(Path(name), asked.data):
        raise UsageError(
            f"{name} is no transcript.",
            hint="A recording of two people can be read with `voicemock debrief`; its transcript can be dropped here.",
        )
    house.interviewed = _read(name, asked.data, None)
    return {"read": True}


def read_as(house: House, asked: Asked) -> dict[str, bool]:
    """Read it again as somebody else's interview."""
    given = msgspec.convert(asked.data, _Me)
    seen = _same(house, given.name)
    house.interviewed = _read(seen.name, seen.data, given.me)
    return {"read": True}


def keep(house: House, asked: Asked) -> dict[str, str]:
    """Keep the answers as a session with a report, once."""
    from voicemock.jobs.debrief import write_debrief

    seen = _same(house, msgspec.convert(asked.data, _Of).name)
    if not seen.report:
        page, _ = write_debrief(seen.found, None)
        seen = house.interviewed = seen._replace(report=page.parent.name)
    return {"session": seen.report}


def keep_questions(house: House, asked: Asked) -> dict[str, str]:
    """Keep the questions that are new as a set of one's own, once."""
    from voicemock.jobs.debrief import add_questions
    from voicemock.page.questions import unused
    from voicemock.paths import private_dir
    from voicemock.questions.sets import user_sets_dir

    seen = _same(house, msgspec.convert(asked.data, _Of).name)
    if not seen.kept:
        name = unused(SET)
        if not add_questions(seen.found, private_dir(user_sets_dir()) / f"{name}.toml"):
            raise UsageError("Every question of it is in one of your sets already.")
        seen = house.interviewed = seen._replace(kept=name)
    return {"set": seen.kept}


def forget(house: House, _asked: Asked) -> dict[str, bool]:
    """Look at no interview any more; what was kept stays."""
    house.interviewed = None
    return {"forgotten": True}


def _read(name: str, data: bytes, me: str | None) -> Interviewed:
    from voicemock.config import load_config
    from voicemock.jobs.debrief import debrief_transcript

    notes: list[str] = []
    found = debrief_transcript(Path(name), data, me=me, second=load_config().local_model, tell=notes.append)
    return Interviewed(name, data, found, tuple(dict.fromkeys(notes)))


def _same(house: House, name: str) -> Interviewed:
    """Return the interview that is being looked at; raises UsageError if a page shows another."""
    if house.interviewed is None or house.interviewed.name != name:
        raise UsageError("Another interview is being looked at by now.", hint="Load the page anew.")
    return _there(house.interviewed)


def _there(seen: Interviewed) -> Interviewed:
    """Return the interview without what was kept of it and deleted since."""
    from voicemock.paths import sessions_dir
    from voicemock.questions.sets import user_sets_dir

    report = seen.report if (sessions_dir() / seen.report).is_dir() else ""
    return seen._replace(report=report, kept=seen.kept if (user_sets_dir() / f"{seen.kept}.toml").is_file() else "")


def _shown(seen: Interviewed) -> Debrief:
    from voicemock.archive.feedback import quiet_checks
    from voicemock.jobs.debrief import new_in, said_beside
    from voicemock.report.in_short import summary

    found, quiet = seen.found, quiet_checks()
    brief = ("Too brief to be read.",), ("No answer was found.",)
    return Debrief(
        name=seen.name,
        me=found.candidate.name,
        why=found.candidate.why,
        speakers=tuple(found.call.speakers),
        answers=tuple(
            Answered(
                at_s=one.exchange.at_s,
                by=one.exchange.by,
                question=one.asked.question.text,
                lines=summary(one.answer, quiet=quiet) if one.answer else brief[not one.exchange.answer],
                practised=said_beside(one),
            )
            for one in found.exchanges
        ),
        asked_them=found.asked_them,
        talk=found.talk,
        new=len(new_in(found)),
        notes=(*found.call.notes, *dict.fromkeys(note for one in found.answers for note in one.notes), *seen.notes),
        report=seen.report,
        kept=seen.kept,
    )
