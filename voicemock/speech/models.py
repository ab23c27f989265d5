"""Which Whisper models there are, where they lie on this machine, and which one to use.

Nothing here opens a connection; ``speech/pull.py`` alone does.
"""

__all__ = ["Catalogue", "Entry", "File", "Manifest", "Model", "Wheel", "catalog", "find_model"]

import importlib.util
import os
from functools import cache
from pathlib import Path

import msgspec

from voicemock.errors import ModelError, UnknownNameError
from voicemock.paths import cache_dir, shipped

# faster-whisper given a folder without tokenizer.json fetches one from the hub, hence it is required.
REQUIRED = ("config.json", "model.bin", "tokenizer.json")
MANIFEST = "manifest.json"


class Model(msgspec.Struct, frozen=True):
    """A complete model on this machine.

    source: "pulled", "wheel", "checkout" or "folder" (given directly).
    """

    name: str
    path: Path
    source: str


class File(msgspec.Struct, frozen=True):
    """What a file must be: size in bytes and SHA-256 in hexadecimal."""

    size: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a pull recorded beside a model: ``manifest.json``. revision: the hub's commit hash."""

    repository: str
    revision: str | None
    files: dict[str, File]


class Wheel(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Python packages that carry the weights.

    extra: what to install, ``voicemock[extra]``.
    folders: package/folder; several where a file is cut into ``.part1``, ``.part2``.
    files: what was seen inside, parts joined.
    """

    extra: str
    folders: tuple[str, ...]
    files: dict[str, File]


class Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One model of the catalogue; ``models/README.md`` explains the keys."""

    name: str
    repository: str
    licence: str
    languages: str
    suits: str
    memory_mb: int | None = None
    wheel: Wheel | None = None


class Catalogue(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The models voicemock knows. default_order: tried in turn when no model is named."""

    schema_version: int
    default_order: tuple[str, ...]
    models: tuple[Entry, ...]

    def entry(self, name: str) -> Entry:
        """Return the model by that name; raises UnknownNameError."""
        for entry in self.models:
            if entry.name == name:
                return entry
        names = [entry.name for entry in self.models]
        raise UnknownNameError("model", name, names, listed_by="voicemock models list")


@cache
def catalog() -> Catalogue:
    """Read ``models/catalog.toml``."""
    return msgspec.toml.decode((shipped("models") / "catalog.toml").read_bytes(), type=Catalogue)


def find_model(name: str | None) -> Model:
    """Return a complete model on this machine; never fetches one.

    name: of the catalogue, or a folder; None for the first installed in the catalogue's default order.
    Raises ModelError where none is installed or its files are damaged, UnknownNameError.
    """
    if name is None:
        for candidate in catalog().default_order:
            if found := _installed(catalog().entry(candidate)):
                return found
        raise ModelError("No Whisper model is installed.", hint=_how_to_get("base.en", "offline"))
    if os.sep in name or "/" in name or Path(name).is_dir():
        folder = Path(name).expanduser()
        return _whole(Model(folder.resolve().name, folder, "folder"))
    entry = catalog().entry(name)
    if found := _installed(entry):
        return found
    raise ModelError(
        f"The Whisper model {name} is not installed.",
        hint=_how_to_get(name, entry.wheel.extra if entry.wheel else None),
    )


def _how_to_get(name: str, extra: str | None) -> str:
    pull = f"Run `voicemock models pull {name}`"
    return f'{pull}, or without a model hub `pip install "voicemock[{extra}]"`.' if extra else f"{pull}."


def _installed(entry: Entry) -> Model | None:
    pulled = Model(entry.name, cache_dir() / "models" / entry.name, "pulled")
    checkout = Model(entry.name, shipped("models") / entry.name, "checkout")
    for model in (pulled, checkout):
        if model.path.is_dir():
            return _whole(model)
    folders = [_package_folder(folder) for folder in entry.wheel.folders] if entry.wheel else []
    if len(folders) == 1 and folders[0]:
        return _whole(Model(entry.name, folders[0], "wheel"))
    return None


def _package_folder(folder: str) -> Path | None:
    """Return a folder inside an installed package, without importing the package."""
    package, _, inside = folder.partition("/")
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent / inside


def _whole(model: Model) -> Model:
    """Return the model if all its files are there and of the right size; raises ModelError."""
    missing = [name for name in REQUIRED if not (model.path / name).is_file()]
    if missing:
        raise ModelError(
            f"The model in {model.path} lacks {', '.join(missing)}.",
            hint=f"Delete the folder, or run `voicemock models pull {model.name}` to fetch it again.",
        )
    return model
