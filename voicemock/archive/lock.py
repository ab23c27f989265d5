"""One process per session: whoever practises holds a lock that the system releases when the process ends."""

__all__ = ["claim", "in_use", "writing"]

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from voicemock.errors import SessionError, repair
from voicemock.paths import private_dir

if TYPE_CHECKING:
    from filelock import BaseFileLock

LOCK = ".lock"
PATIENCE_S = 0.5
"""Longer than another process takes to check whether a session is in use."""
WRITTEN_WITHIN_S = 10.0
"""Longer than another process takes to write a small file."""


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


@contextmanager
def writing(path: Path, *, lock: Path | None = None) -> Iterator[None]:
    """Let one process at a time read and write a small file; raises SessionError if it cannot be written.

    This is not the session's lock: verdicts may be given while a session runs. lock: where it is held for a file in a
    folder of the user's own, where nothing is left lying; else beside the file.
    """
    from filelock import FileLock, Timeout

    try:
        if lock:
            private_dir(lock.parent)
        with FileLock(lock or path.with_name(f".{path.name}.lock"), timeout=WRITTEN_WITHIN_S, mode=0o600):
            yield
    except Timeout as error:
        raise SessionError(f"Another process is writing {path}.", hint="Try again in a moment.") from error
    except OSError as error:
        hint = f"{repair(error, 'Check that folder')}, then run the command again."
        raise SessionError(f"{path} cannot be written: {error.strerror}.", hint=hint) from error
