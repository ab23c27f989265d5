"""Where sessions are: one folder each."""

__all__ = ["session_folders"]

from pathlib import Path

from voicemock.paths import sessions_dir


def session_folders() -> list[Path]:
    """Return the folders of all sessions, the newest first; links are left out, since they may lead anywhere."""
    top = sessions_dir()
    if not top.is_dir():
        return []
    return sorted((path for path in top.iterdir() if path.is_dir() and not path.is_symlink()), reverse=True)
