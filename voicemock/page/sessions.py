"""The pages of stored sessions: the list, a report in its frame, and the progress over all of them."""

__all__ = ["delete", "document", "figures", "judge_finding", "progress", "progress_document", "session", "sessions"]

import datetime
import html
import re

import msgspec

from voicemock.errors import SessionError, UsageError
from voicemock.page.house import House
from voicemock.page.reply import Asked, Page, Reply
from voicemock.page.sharing import FORMATS, Format, report_of, through
from voicemock.page.start import Card, card

HTML, REPORT = "text/html", "report.html"
QUOTES_SHOWN = 3
FRAMED = "sandbox allow-scripts; frame-ancestors 'self'"
"""A report runs its own script and nothing else: it belongs to no address, so it can ask for nothing here."""
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
SAFE_POLICY = re.compile(r"[-a-zA-Z0-9 ;:'+/=]+")


class Sessions(msgspec.Struct, frozen=True):
    """All sessions, the newest first."""

    sessions: tuple[Card, ...]


class ToTick(msgspec.Struct, frozen=True):
    """A finding to judge. quotes: what proves it. said: "right", "wrong", or nothing yet."""

    id: str
    answer: int
    name: str
    message: str
    quotes: tuple[str, ...]
    said: str


class LensShown(msgspec.Struct, frozen=True):
    """A lens to choose; about: what it shows."""

    id: str
    title: str
    about: str


class OneSession(msgspec.Struct, frozen=True):
    """One session; whole: its report is written. findings: those that can be judged. lens: it is looked at through."""

    session: Card
    whole: bool
    folder: str
    lens: str = ""
    lenses: tuple[LensShown, ...] = ()
    formats: tuple[Format, ...] = ()
    findings: tuple[ToTick, ...] = ()


class _Verdict(msgspec.Struct, frozen=True):
    finding: str
    right: bool | None


class ProgressPage(msgspec.Struct, frozen=True):
    """Whether there is anything to show."""

    any: bool


def sessions(_house: House, _asked: Asked) -> Page:
    """Return the list."""
    from voicemock.archive.listing import list_sessions

    return Page("sessions", Sessions(tuple(map(card, list_sessions()))))


def session(_house: House, asked: Asked) -> Page:
    """Return the page around a report."""
    from voicemock.archive.listing import find_session
    from voicemock.lenses import lenses

    found, lens = find_session(asked.at["id"]), through(asked.query)
    if not (found.folder / REPORT).exists():
        return Page("session", OneSession(card(found), False, str(found.folder)))
    every = tuple(LensShown(name, one.title, one.about) for name, one in lenses().items())
    return Page("session", OneSession(card(found), True, str(found.folder), lens, every, FORMATS, _findings(found.id)))


def judge_finding(_house: House, asked: Asked) -> dict[str, object]:
    """Keep what the user thinks of a finding, or take it back; say which checks are quiet from now on."""
    from voicemock.archive.feedback import judge, quiet_checks
    from voicemock.jobs.judging import find_to_judge, newly_quiet, quiet_said

    given = msgspec.convert(asked.data, _Verdict)
    told: list[str] = []
    found = find_to_judge(asked.at["id"], tell=told.append)
    before = {one.check for one in quiet_checks()}
    verdict = found.verdict(given.finding, right=bool(given.right))
    if given.right is None:
        judge(found.folder, clear=(given.finding,), tell=told.append)
    else:
        judge(found.folder, (verdict,), tell=told.append)
    return {"told": (*dict.fromkeys(told), *map(quiet_said, newly_quiet(before)))}


def _findings(id: str) -> tuple[ToTick, ...]:
    """Return a session's findings; none if they are not this user's, or cannot be read."""
    from voicemock.errors import VoicemockError
    from voicemock.jobs.judging import find_to_judge
    from voicemock.report.words import name_of

    try:
        found = find_to_judge(id, tell=lambda _: None)
    except (OSError, VoicemockError):
        return ()
    return tuple(
        ToTick(
            id=one.id,
            answer=one.answer.number,
            name=name_of(one.finding.check),
            message=one.finding.message,
            quotes=tuple(evidence.quote for evidence in one.finding.evidence[:QUOTES_SHOWN]),
            said=found.said(one.id),
        )
        for one in found.findings
    )


def document(_house: House, asked: Asked) -> Reply:
    """Return a report as it lies in its folder, or through a lens, with its own rules."""
    from voicemock.archive.listing import find_session
    from voicemock.archive.resume import read_report
    from voicemock.report import render_html

    folder = find_session(asked.at["id"]).folder
    if not (folder / REPORT).exists():
        raise SessionError("This session has no report yet.", hint="Go on with it, and finish it.")
    if not (lens := through(asked.query)):
        return framed((folder / REPORT).read_bytes())
    seen = report_of(read_report(folder, tell=lambda _: None), lens)
    return framed(render_html(seen, folder=folder).encode("utf-8", "replace"))


def figures(_house: House, asked: Asked) -> Reply:
    """Return a report as JSON."""
    from voicemock.archive.listing import find_session
    from voicemock.archive.resume import read_report
    from voicemock.report import to_json

    return Reply(to_json(read_report(find_session(asked.at["id"]).folder, tell=lambda _: None)), "application/json")


def delete(house: House, asked: Asked) -> dict[str, str]:
    """Delete a session for good."""
    from voicemock.archive.listing import delete_session, find_session

    found = find_session(asked.at["id"])
    if found.id != asked.at["id"]:
        raise UsageError("There is no session of exactly that name.")
    delete_session(found)
    house.board.forget(found.id)
    return {"deleted": found.id}


def progress(_house: House, _asked: Asked) -> Page:
    """Return the page around the progress."""
    from voicemock.archive.folders import session_folders

    return Page("progress", ProgressPage(any=bool(session_folders())))


def progress_document(_house: House, _asked: Asked) -> Reply:
    """Return what weeks of practice show."""
    from voicemock.jobs.progress import find_progress
    from voicemock.progress.page import render_progress

    today = datetime.datetime.now().astimezone().date()
    found = find_progress(today, reviews=False, tell=lambda _: None)
    return framed(render_progress(found, today=today).encode("utf-8", "replace"))


def framed(page: bytes) -> Reply:
    """Return a page of voicemock's own making with the rules it names for itself, and without a way to anything."""
    found = POLICY.search(page[:5000].decode("utf-8", "replace"))
    named = html.unescape(found[1]) if found else ""
    policy = named if SAFE_POLICY.fullmatch(named) else "default-src 'none'"
    return Reply(page, HTML, rules=f"{policy}; {FRAMED}")
