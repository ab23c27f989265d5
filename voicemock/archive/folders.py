"""Where sessions are: one folder each."""

__all__ = ["originals", "session_folders"]

from collections.abc import Mapping
from pathlib import Path

from voicemock.paths import sessions_dir
from voicemock.schema import SessionInfo


def session_folders() -> list[Path]:
    """Return the folders of all sessions, the newest first; links are left out, since they may lead anywhere."""
    top = sessions_dir()
    if not top.is_dir():
        return []
    return sorted((path for path in top.iterdir() if path.is_dir() and not path.is_symlink()), reverse=True)


def originals(found: Mapping[str, SessionInfo]) -> dict[str, str]:
    """Return which folder counts of a session that lies there several times: the one that is called as it was.

    found: sessions by the names of their folders, which are the keys of what is returned, too.
    """
    first: dict[tuple[str, str], str] = {}
    names = sorted(found, key=lambda name: (found[name].id != name, name))
    return {name: first.setdefault((found[name].id, found[name].started_at), name) for name in names}
