"""What the user thinks of findings: kept beside each session, and counted over all of them.

A file that cannot be read is told and counts for nothing; it is put aside before another is written, never deleted.
"""

__all__ = [
    "FILE",
    "Judged",
    "all_judged",
    "judge",
    "now",
    "quiet_checks",
    "read_feedback",
    "show_on_page",
    "wake",
    "woken",
]

import contextlib
import datetime
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

import msgspec

from voicemock.archive.lock import writing
from voicemock.archive.progress import DamagedFileError, put_aside, read_file, sessions_with
from voicemock.coaching.trust import hit_rates
from voicemock.errors import SessionError
from voicemock.paths import private_dir, user_data_dir, write_whole
from voicemock.report.asked_back import SAFE
from voicemock.schema import QuietCheck

FILE, PAGE = "feedback.json", "report.html"
KEPT = re.compile(rb'(?<= data-place=")([^"]*" data-kept=")[^"]*')
"""Where the session's page has the verdicts."""
WOKEN = "woken.json"
"""When each check was woken again; beside the sessions."""
SCHEMA_VERSION = 1


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """One verdict. id: of the finding; at: when, in UTC; said: the message that was judged, and voicemock's version."""

    id: str
    check: str
    right: bool
    at: str
    said: str
    voicemock: str


class _Feedback(msgspec.Struct, frozen=True, kw_only=True):
    schema_version: int = SCHEMA_VERSION
    judged: tuple[Judged, ...] = ()


class _Woken(msgspec.Struct, frozen=True, kw_only=True):
    schema_version: int = SCHEMA_VERSION
    woken: dict[str, str] = {}


class _Version(msgspec.Struct):
    schema_version: int


Kind = TypeVar("Kind", _Feedback, _Woken)


def now() -> str:
    """Return the time as verdicts have it: later ones sort behind earlier ones."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="microseconds")


def read_feedback(folder: Path) -> dict[str, Judged]:
    """Return a session's verdicts by the findings' ids.

    Raises DamagedFileError, and SessionError for a newer voicemock's.
    """
    return {one.id: one for one in _read(folder / FILE, _Feedback()).judged}


def judge(
    folder: Path, verdicts: Iterable[Judged] = (), *, clear: Collection[str] = (), tell: Callable[[str], None]
) -> dict[str, Judged]:
    """Keep verdicts, take others back, and return all of the session's; the last one on a finding counts.

    clear: ids of findings that are to have none. tell: is told of a damaged file, and where it was put.
    Raises SessionError if they cannot be kept.
    """
    with writing(folder / FILE):
        kept = {one.id: one for one in _or_aside(folder / FILE, _Feedback(), tell).judged}
        kept |= {one.id: one for one in verdicts}
        kept = {id: kept[id] for id in sorted(kept) if id not in clear}
        _write(folder / FILE, _Feedback(judged=tuple(kept.values())))
        _put_on_page(folder, kept)
        return kept


def show_on_page(folder: Path) -> None:
    """Put a session's verdicts on its page, which was written anew; one that cannot be read is told elsewhere."""
    with contextlib.suppress(OSError, SessionError):
        if judged := read_feedback(folder):
            _put_on_page(folder, judged)


def _put_on_page(folder: Path, judged: Mapping[str, Judged]) -> None:
    said = " ".join(f"{id}:{'right' if one.right else 'wrong'}" for id, one in judged.items() if SAFE.fullmatch(id))
    with contextlib.suppress(OSError):  # the verdicts are kept; the page is a picture of them
        page = (folder / PAGE).read_bytes()
        shown = KEPT.sub(lambda found: found[1] + said.encode(), page, count=1)
        if shown != page:
            write_whole(folder / PAGE, shown)


def all_judged(tell: Callable[[str], None]) -> Iterator[tuple[Path, dict[str, Judged]]]:
    """Yield each session that has verdicts, the newest first; tell: is told which cannot be read."""
    for folder, session in sessions_with(FILE):
        if session and (session.demo or session.exercise):  # they tell nothing of a check
            continue
        try:
            if judged := read_feedback(folder):
                yield folder, judged
        except SessionError as error:
            tell(f"{error.message} Its verdicts are left out.")


def woken(tell: Callable[[str], None]) -> dict[str, str]:
    """Return when checks were last woken."""
    try:
        return _read(user_data_dir() / WOKEN, _Woken()).woken
    except SessionError as error:
        tell(f"{error.message} Checks you had woken may be quiet again.")
        return {}


def wake(check: str, *, tell: Callable[[str], None]) -> None:
    """Let a check speak again, until verdicts from now on silence it anew; raises SessionError."""
    path = user_data_dir() / WOKEN
    private_dir(path.parent)
    with writing(path):
        before = _or_aside(path, _Woken(), tell)
        _write(path, _Woken(woken={**before.woken, check: now()}))


def quiet_checks(*, tell: Callable[[str], None] = lambda _: None) -> tuple[QuietCheck, ...]:
    """Return the checks that were wrong so often that their findings are folded away."""
    since = woken(tell)
    try:
        counted = hit_rates(
            (one.check, one.right)
            for _, judged in all_judged(tell)
            for one in judged.values()
            if one.at > since.get(one.check, "")
        )
    except OSError as error:  # a report is written all the same
        tell(f"Your verdicts cannot be read: {error}.")
        return ()
    return tuple(QuietCheck(check=c, wrong=rate.wrong, judged=rate.judged) for c, rate in counted.items() if rate.quiet)


def _read(path: Path, none: Kind) -> Kind:
    """Read a file; none: what stands for one that is not there."""
    try:
        version = read_file(path, _Version).schema_version
        if version > SCHEMA_VERSION:
            raise SessionError(
                f"{path} has schema version {version}; this voicemock reads up to {SCHEMA_VERSION}.",
                hint="A newer voicemock wrote it. Update voicemock.",
            )
        return read_file(path, type(none))
    except FileNotFoundError:
        return none


def _or_aside(path: Path, none: Kind, tell: Callable[[str], None]) -> Kind:
    """Read a file that is to be written; one that is damaged is put aside."""
    try:
        return _read(path, none)
    except DamagedFileError as error:
        tell(f"{error.message} It was put aside as {put_aside(path).name}.")
        return none


def _write(path: Path, value: msgspec.Struct) -> None:
    write_whole(path, msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n")
