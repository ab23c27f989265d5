"""Recordings elsewhere than on this machine, fetched through fsspec: only where ``--remote`` was given."""

__all__ = ["check_address", "fetched", "find_remote", "is_address", "name_of", "server_of"]

import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import Any

from voicemock.audio.kinds import SUFFIXES
from voicemock.batch.files import Found, sorted_out
from voicemock.batch.globs import has_wildcards
from voicemock.errors import AudioError, SessionError, UsageError, no_room

PACKAGES = {
    **dict.fromkeys(("s3", "s3a"), "s3fs"),
    **dict.fromkeys(("gs", "gcs"), "gcsfs"),
    **dict.fromkeys(("az", "abfs", "abfss"), "adlfs"),
    **dict.fromkeys(("sftp", "ssh"), "paramiko"),
    **dict.fromkeys(("file", "ftp", "memory"), ""),
    "smb": "smbprotocol",
    "hdfs": "pyarrow",
    "oci": "ocifs",
    "oss": "ossfs",
}
"""What recordings can be fetched from, and the package each needs besides fsspec.

No http, which would follow an address to wherever it leads, and nothing that wraps another address.
"""
KINDS = "s3, gs, az, sftp, ftp, smb, hdfs, oci and oss"
PREFIX = "voicemock-fetched-"
LEFT_S = 86_400.0
"""A fetched recording this old was left by a process that was killed."""
LONGEST_REASON = 200

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:(?:[A-Za-z0-9+.-]*:)*//")  # one letter is a drive of Windows
_PASSWORD = re.compile(r"(?<=://)[^/@]*:[^/]*@")
_QUERY = re.compile(r"(://[^\s?'\"]+)\?[^\s'\"]*")
_IN_NO_NAME = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


def is_address(text: str) -> bool:
    """Return whether a path is the address of something elsewhere, such as ``s3://bucket/takes/``."""
    return _ADDRESS.match(text) is not None


def check_address(url: str, *, allowed: bool) -> None:
    """Raise UsageError if nothing can be fetched from an address; opens no connection.

    allowed: whether ``--remote`` was given.
    """
    shown, kind = _without_secrets(url), url.partition(":")[0].lower()
    if kind not in PACKAGES or "::" in url:
        raise UsageError(
            f"{shown}: voicemock does not fetch from {kind} addresses.",
            hint=f"Download it and give the file. With --remote, voicemock fetches from {KINDS}.",
        )
    if not allowed:
        hint = "Download it and give the file, or add --remote: then voicemock connects to that server."
        raise UsageError(f"{shown} is not on this machine.", hint=hint)
    if _PASSWORD.search(url):
        variable = f"FSSPEC_{kind.upper()}_PASSWORD"
        raise UsageError(f"{shown}: a password does not belong in an address.", hint=f"Put it into {variable} instead.")
    if has_wildcards(server_of(url)):
        raise UsageError(f"{shown} does not say which server.", hint="Wildcards can only stand after it.")
    _storage(kind)


def server_of(url: str) -> str:
    """Return what is connected to for an address: ``s3://bucket``."""
    kind, _, rest = url.partition("://")
    return f"{kind}://{rest.partition('/')[0]}"


def name_of(url: str) -> Path:
    """Return a file's name at an address as any system can hold it."""
    return Path(_IN_NO_NAME.sub("_", url.rstrip("/").rpartition("/")[2]) or "recording")


def find_remote(url: str) -> Found:
    """Return what there is to do at an address: a file, a folder or a pattern.

    Asks its server, unless the name is that of a recording. Raises UsageError if it does not let itself be asked.
    """
    if not has_wildcards(url) and PurePosixPath(url).suffix.lower() in SUFFIXES and not url.endswith("/"):
        return Found((url,))
    try:
        storage, path = _opened(url)
        if storage.isdir(path):
            return _sorted_out(storage.find(path), url, path)
        if not has_wildcards(path) or storage.exists(path):
            return Found((url,))
        start = url[: re.search(r"[*?\[]", url).start()].rpartition("/")[0]  # type: ignore[union-attr]  # it has some
        taken = storage.glob(path, detail=True)
        names = [n for name, i in taken.items() for n in (storage.find(name) if i["type"] == "directory" else [name])]
        return _sorted_out(names, start, storage._strip_protocol(start))
    except UsageError:
        raise
    except Exception as error:
        raise UsageError(
            f"{url} cannot be looked into: {_reason(error)}.", hint="Check the address, and that you may read there."
        ) from error


@contextmanager
def fetched(url: str) -> Iterator[Path]:
    """Fetch a recording into a file only its owner can read, which is gone when the context ends.

    Raises AudioError if it cannot be fetched, SessionError if there is no room for it.
    """
    _forget_old()
    with tempfile.TemporaryDirectory(prefix=PREFIX, ignore_cleanup_errors=True) as folder:  # mode 0700
        suffix = name_of(url).suffix.lower()
        path = Path(folder) / f"recording{suffix if suffix in SUFFIXES else ''}"
        path.touch(mode=0o600)
        _fetch(url, path)
        path.chmod(0o600)
        yield path


def _fetch(url: str, path: Path) -> None:
    try:
        storage, remote = _opened(url)
        storage.get_file(remote, str(path))
    except FileNotFoundError as error:
        raise AudioError(f"There is no file {url}.") from error
    except UsageError as error:
        raise AudioError(f"{error.message} {error.hint}") from error
    except Exception as error:
        if isinstance(error, OSError) and no_room(error):
            hint = "Free some space on that disk, or name another folder in TMPDIR, and run the same command again."
            raise SessionError(f"{tempfile.gettempdir()} cannot be written: {error.strerror}.", hint=hint) from error
        raise AudioError(f"{url} cannot be fetched: {_reason(error)}.") from error


def _opened(url: str) -> tuple[Any, str]:
    """Return the storage at an address and the path in it."""
    _storage(url.partition(":")[0].lower())
    from fsspec.core import url_to_fs

    storage, path = url_to_fs(url)
    return storage, str(path)


def _storage(kind: str) -> None:
    """Raise UsageError if a package is missing that fetches from such addresses."""
    try:
        import fsspec
    except ImportError as error:
        hint = 'Install it: pip install "voicemock[remote]"'
        raise UsageError("Fetching recordings needs the package fsspec.", hint=hint) from error
    try:
        fsspec.get_filesystem_class(kind)
    except (ImportError, ValueError) as error:
        package = PACKAGES[kind] or "fsspec"
        hint = f"Install it: pip install {package}"
        raise UsageError(f"Fetching from {kind}:// needs the package {package}.", hint=hint) from error


def _sorted_out(names: list[str], url: str, path: str) -> Found:
    """Return the addresses of files in a folder; url, path: the folder's address, and its path in the storage."""
    url, path = url.rstrip("/"), path.rstrip("/")
    inside = [name.removeprefix(path) for name in names]
    return sorted_out((f"{url}{name}", PurePosixPath(name.lstrip("/"))) for name in inside)


def _reason(error: Exception) -> str:
    """Return why something failed, on one line, without what an address may hold besides the way."""
    text = (error.strerror if isinstance(error, OSError) else "") or str(error) or type(error).__name__
    return _without_secrets(text.strip().partition("\n")[0])[:LONGEST_REASON].rstrip(". ")


def _without_secrets(text: str) -> str:
    return _QUERY.sub(r"\1", _PASSWORD.sub("", text))


def _forget_old() -> None:
    """Delete what a process that was killed had fetched."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with suppress(OSError):
            if time.time() - folder.stat().st_mtime > LEFT_S and not folder.is_symlink():
                shutil.rmtree(folder, ignore_errors=True)
