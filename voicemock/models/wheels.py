"""Whisper models that Python packages carry, for machines that cannot reach a model hub.

A package has a limit on its size, so a larger model comes in parts, in several packages, to be joined once.
"""

__all__ = ["Wheel", "install_hint", "join", "packaged", "repair_hint"]

import importlib.util
import shutil
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

import msgspec

from voicemock.errors import ModelError
from voicemock.models.files import File, Manifest, checksum, write_manifest
from voicemock.paths import private_dir

LEFT_S = 600.0


class Wheel(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Python packages that carry a model.

    extra: what to install, ``voicemock[extra]``.
    folders: each "package/folder"; with several, ``model.bin`` lies in them as ``model.bin.part1``, ``.part2``.
    """

    extra: str
    folders: tuple[str, ...]


def install_hint(wheel: Wheel) -> str:
    """Return the command that installs the packages."""
    return f'`pip install "voicemock[{wheel.extra}]"`'


def repair_hint(wheel: Wheel) -> str:
    """Return the command that installs damaged packages again."""
    packages = [folder.partition("/")[0].replace("_", "-") for folder in wheel.folders]
    return f"Run `pip install --force-reinstall --no-deps {' '.join(packages)}`."


def packaged(wheel: Wheel) -> tuple[Path, ...]:
    """Return the packages' folders, empty unless all are installed. Imports none of them."""
    found = []
    for folder in wheel.folders:
        package, _, inside = folder.partition("/")
        spec = importlib.util.find_spec(package)
        if spec is None or spec.origin is None:
            return ()
        found.append(Path(spec.origin).parent / inside)
    return tuple(found)


def join(wheel: Wheel, files: Mapping[str, File], *, target: Path, repository: str) -> None:
    """Put a model together from its parts, in the target folder, whole or not at all.

    files: what each joined file must be.
    Raises ModelError if a part is damaged or the target cannot be written.
    """
    try:
        _tidy(private_dir(target.parent), target.name)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".joining-{target.name}-") as temporary:
            whole = Path(temporary) / target.name
            whole.mkdir()
            for name, file in files.items():
                _join_parts(packaged(wheel), whole / name)
                if checksum(whole / name) != file.sha256:
                    problem = f"{name} in the packages that carry the model {target.name} is damaged"
                    raise ModelError(f"{problem}.", hint=repair_hint(wheel))
            write_manifest(whole, Manifest(repository=repository, revision=None, files=dict(files)))
            _settle(whole, target)
    except OSError as error:
        raise ModelError(
            f"The model {target.name} could not be put together in {target.parent}: {error.strerror}.",
            hint="Free some space, or set VOICEMOCK_CACHE to a folder that can be written.",
        ) from error


def _tidy(folder: Path, name: str) -> None:
    """Remove what was left by a process killed while joining; one at work now takes seconds."""
    for left in folder.glob(f".joining-{name}-*"):
        if time.time() - left.stat().st_mtime > LEFT_S:
            shutil.rmtree(left, ignore_errors=True)


def _join_parts(folders: tuple[Path, ...], whole: Path) -> None:
    with whole.open("wb") as joined:
        for folder in folders:
            for part in sorted([*folder.glob(whole.name), *folder.glob(f"{whole.name}.part*")]):
                with part.open("rb") as source:
                    shutil.copyfileobj(source, joined)


def _settle(folder: Path, target: Path) -> None:
    try:
        folder.rename(target)
    except OSError:
        if not target.is_dir():  # otherwise another process was quicker, with the same files
            raise
