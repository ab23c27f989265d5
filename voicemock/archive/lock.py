"""One process per session: whoever practises holds a lock that the system releases when the process ends."""

__all__ = ["claim", "in_use"]

from pathlib import Path
from typing import TYPE_CHECKING

from voicemock.errors import SessionError

if TYPE_CHECKING:
    from filelock import BaseFileLock

LOCK = ".lock"
PATIENCE_S = 0.5
"""Longer than another process takes to check whether a session is in use."""


def claim(folder: Path) -> "BaseFileLock":
    """Lock a session until the lock is released or dropped; raises SessionError if another process has it."""
    from filelock import FileLock, Timeout

    lock = FileLock(folder / LOCK, mode=0o600)
    try:
        lock.acquire(timeout=PATIENCE_S)
    except Timeout as error:
        raise SessionError(
            f"The session {folder.name} is running in another terminal.", hint="Finish it there first: press q."
        ) from error
    return lock


def in_use(folder: Path) -> bool:
    """Return whether a process is practising in this session now."""
    from filelock import FileLock, Timeout

    if not (folder / LOCK).exists():
        return False
    try:
        with FileLock(folder / LOCK, timeout=0, mode=0o600):
            return False
    except Timeout:
        return True
    except OSError:  # not ours to lock: then nobody here practises in it either
        return False
