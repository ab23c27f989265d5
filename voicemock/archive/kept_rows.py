"""The rows of the history, kept in one file beside the sessions, so that a thousand of them are there at once.

What is kept can always be made again: a file that is damaged, or of another format, is as good as none.
"""

__all__ = ["COMPARED", "PAGE", "KeptRows", "forget_rows", "keep_rows", "kept_rows", "stamp"]

import contextlib
from collections.abc import Mapping
from pathlib import Path

import msgspec

from voicemock.archive.folders import session_folders
from voicemock.archive.practised import Practised
from voicemock.archive.progress import PROGRESS
from voicemock.paths import user_data_dir, write_whole

NAME, PAGE, COMPARED = "history.msgpack", "progress.html", "compare.html"
"""The rows, and the pages that are made of them, the second with the user's voice."""
FORMAT = "4"
"""Another number for other rows: all are then read anew, which takes seconds. A test tells when."""
REPORT = "session.json"


class KeptRows(msgspec.Struct, frozen=True, kw_only=True):
    """One session's rows.

    stamp: what its files looked like when it was read. over: the session; any other may get takes without a new plan.
    problems: what was told of its damage, to be told again.
    """

    stamp: tuple[int, ...]
    over: bool
    problems: tuple[str, ...] = ()
    rows: tuple[Practised, ...] = ()


class _File(msgspec.Struct, frozen=True, kw_only=True):
    format: str
    sessions: dict[str, KeptRows]


class _Format(msgspec.Struct, frozen=True):
    format: str


def stamp(folder: Path, *, over: bool) -> tuple[int, ...]:
    """Return the age and size of a session's files that tell whether it changed."""
    takes = () if over else sorted(folder.glob("*/take-*.json"))
    found: list[int] = []
    for path in (folder / PROGRESS, folder / REPORT, *takes):
        try:
            status = path.stat()
        except OSError:
            found += (-1, -1)
        else:
            found += (status.st_mtime_ns, status.st_size)
    return tuple(found)


def kept_rows() -> dict[str, KeptRows]:
    """Return what was kept, by the sessions' folder names."""
    try:
        data = _place().read_bytes()
        if msgspec.msgpack.decode(data, type=_Format).format != FORMAT:
            return {}
        return msgspec.msgpack.decode(data, type=_File).sessions
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return {}


def keep_rows(sessions: Mapping[str, KeptRows]) -> None:
    """Keep rows for the next time; a full disk or a folder that may not be written only costs that time."""
    with contextlib.suppress(OSError, UnicodeEncodeError):
        write_whole(_place(), msgspec.msgpack.encode(_File(format=FORMAT, sessions=dict(sessions))))


def forget_rows(session: str) -> None:
    """Forget what is kept of a session that is to be gone for good, and delete the pages: all hold words of it.

    What is kept of folders that are there no more goes with it: it may be that session's, by an earlier name.
    """
    top = user_data_dir()
    half_written = (path for name in (NAME, PAGE, COMPARED) for path in top.glob(f".{name}.*"))  # by a killed process
    for path in (top / PAGE, top / COMPARED, *half_written):
        path.unlink(missing_ok=True)
    kept = kept_rows()
    there = {folder.name for folder in session_folders()} - {session}
    left = {name: one for name, one in kept.items() if name in there}
    if left.keys() == kept.keys() and left:
        return
    _place().unlink(missing_ok=True)  # first: whatever becomes of the rest, these words are gone
    if left:
        keep_rows(left)


def _place() -> Path:
    return user_data_dir() / NAME
