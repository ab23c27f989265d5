"""Where things are: what ships with voicemock, and what belongs to the user."""

__all__ = [
    "cache_dir",
    "config_file",
    "private_dir",
    "sessions_dir",
    "shipped",
    "user_data_dir",
    "whole_file",
    "write_whole",
]

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO


def shipped(name: str) -> Path:
    """Return the path of a data folder or file that ships with voicemock, such as ``question_sets``.

    In a wheel it lies inside the package, in a checkout at the top level.
    """
    package = Path(__file__).parent
    inside = package / "data" / name
    return inside if inside.exists() else package.parent / name


def user_data_dir() -> Path:
    """Return the folder for sessions: ``VOICEMOCK_DATA`` if set, else the platform's."""
    return _user_dir("VOICEMOCK_DATA", "user_data_path")


def sessions_dir() -> Path:
    """Return the folder that holds one folder a session."""
    return user_data_dir() / "sessions"


def cache_dir() -> Path:
    """Return the folder for pulled models and kept greetings: ``VOICEMOCK_CACHE`` if set, else the platform's."""
    return _user_dir("VOICEMOCK_CACHE", "user_cache_path")


def config_file() -> Path:
    """Return the configuration file: in ``VOICEMOCK_CONFIG`` if set, else the platform's folder."""
    return _user_dir("VOICEMOCK_CONFIG", "user_config_path") / "config.toml"


def _user_dir(variable: str, kind: str) -> Path:
    if value := os.environ.get(variable):
        return Path(value).expanduser()
    import platformdirs

    path: Path = getattr(platformdirs, kind)("voicemock", appauthor=False)
    return path


def private_dir(path: Path) -> Path:
    """Create a folder only its owner can read, and return it; so are those above it that are missing."""
    try:
        path.mkdir(mode=0o700, exist_ok=True)
    except FileNotFoundError:  # mkdir(parents=True) would give its mode to the last folder alone
        if path.parent == path:
            raise
        private_dir(path.parent)
        path.mkdir(mode=0o700, exist_ok=True)
    return path


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file completely or not at all, readable by its owner only.

    What of a text cannot be UTF-8, as a word of the command line in another encoding, becomes a question mark.
    """
    with whole_file(path) as file:
        file.write(content.encode("utf-8", "replace") if isinstance(content, str) else content)


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """Open a file that takes the place of ``path`` once the context ends without an error.

    A reader never sees half a file, not even after a power cut: the content goes to a temporary file
    beside it, which is flushed to disk and renamed into place.
    """
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # mode 0600
    try:
        with os.fdopen(handle, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Put a folder's names on the disk, if the system and the file system can."""
    if sys.platform == "win32":
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
