"""The user's settings: one TOML file, every key optional, an unknown one an error."""

__all__ = ["FASTEST_WPM", "SLOWEST_WPM", "USUAL_WPM", "Config", "load_config", "save_config"]

import difflib
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import msgspec

from voicemock.errors import VoicemockError, repair
from voicemock.loopback import LocalModel, local_model
from voicemock.paths import config_file, private_dir, write_whole
from voicemock.toml_file import TomlFile, toml_text

USUAL_WPM = 170
"""Slower than pyttsx3's 200: a question is heard once. voicemock default, unvalidated."""

SLOWEST_WPM, FASTEST_WPM = 85, 340
"""Half and twice the usual pace: what the natural voice was made for (hibari-tts: speed 0.5 to 2)."""

_KINDS = {"str": "text in quotes", "int": "a whole number", "float": "a number", "bool": "true or false"}
_VALUE = r"""(?:"(?:\\.|[^"\\])*"|'[^']*'|[^\s#]+)"""


class Config(msgspec.Struct, frozen=True, kw_only=True):
    """Settings that options on the command line override; None leaves the choice to voicemock.

    model: a name of the catalogue, or the folder of a Whisper model.
    voice: "system", "system:<id>" or "natural".
    voice_rate: nominal words a minute. voice_volume: share of the full amplitude.
    input_device, output_device: part of a device's name, or its number.
    question_set: the set `voicemock practice` asks from.
    second_reader: a model on this computer, "http://127.0.0.1:11434/v1 MODEL"; anything else is a ValueError.
    """

    model: str | None = None
    voice: str | None = None
    voice_rate: Annotated[int, msgspec.Meta(ge=SLOWEST_WPM, le=FASTEST_WPM)] = USUAL_WPM
    voice_volume: Annotated[float, msgspec.Meta(ge=0, le=1)] = 1.0
    input_device: str | int | None = None
    output_device: str | int | None = None
    question_set: str = "em_core"
    second_reader: str | None = None

    def __post_init__(self) -> None:
        _ = self.local_model

    @property
    def local_model(self) -> LocalModel | None:
        """Return whom to ask for a second opinion, None if nobody."""
        return None if self.second_reader is None else local_model(self.second_reader)


def load_config() -> Config:
    """Read the settings; raise DataFileError naming the line if one is wrong."""
    file = _file()
    return _checked(file) if file else Config()


def save_config(changes: Mapping[str, str | int | float | None]) -> Path:
    """Set some settings in the user's file, and return its path; all else in it stays, comments too.

    None: leave the choice to voicemock again.
    Raises DataFileError if the file is wrong, and VoicemockError if it cannot be changed or
    written; it is then as it was.
    """
    path, file = config_file(), _file()
    text, wanted = "", dict[str, Any](changes)
    if file:
        _checked(file)
        text, wanted = path.read_bytes().decode("utf-8-sig"), file.data | wanted
    lines = {key: f"{key} = {toml_text(value)}" for key, value in changes.items() if value is not None}
    for key in changes:
        text = _with_line(text, key, lines[key]) if key in lines else _without(text, key)
    if not _means(text, {key: value for key, value in wanted.items() if value is not None}):
        # a value over several lines, or a key in quotes
        todo = [lines.get(key, f"{key}: leave it out") for key in changes]
        raise VoicemockError(f"{path} is written in a way voicemock cannot change.", hint="\n".join(["Set:", *todo]))
    try:
        private_dir(path.parent)
        write_whole(path.resolve(), text)  # resolved: the file may be a link to where its owner keeps it
    except OSError as error:
        hint = f"{repair(error, 'Check the folder')}."
        raise VoicemockError(f"{path} cannot be written: {error.strerror}.", hint=hint) from error
    return path


def _file() -> TomlFile | None:
    path = config_file()
    return TomlFile(path, what="configuration file") if path.exists() and path.stat().st_size else None


def _checked(file: TomlFile) -> Config:
    for key, value in file.data.items():
        if key not in Config.__struct_fields__:
            near = difflib.get_close_matches(key, Config.__struct_fields__, n=1)
            known = f"did you mean '{near[0]}'?" if near else f"known are {', '.join(Config.__struct_fields__)}"
            raise file.error((key,), f"unknown key '{key}'; {known}")
        try:
            msgspec.convert({key: value}, Config)
        except msgspec.ValidationError as error:
            reason = re.sub("`([^`]+)`", _in_words, str(error).partition(" - at ")[0])
            raise file.error((key,), f"'{key}': {reason[:1].lower()}{reason[1:]}") from error
    return msgspec.convert(file.data, Config)


def _in_words(types: re.Match[str]) -> str:
    return " or ".join(_KINDS.get(kind, kind) for kind in types[1].split(" | ") if kind != "null")


def _with_line(text: str, key: str, line: str) -> str:
    """Return the text with this line in the place of the key's own, else at the end."""
    changed, found = re.subn(rf"^[ \t]*{key}[ \t]*=[ \t]*{_VALUE}", lambda _: line, text, flags=re.MULTILINE)
    if found:
        return changed
    unfinished = text and not text.endswith("\n")
    return f"{text}\n{line}\n" if unfinished else f"{text}{line}\n"


def _without(text: str, key: str) -> str:
    """Return the text without the key's own line; a comment behind it stays."""
    return re.sub(rf"^[ \t]*{key}[ \t]*=[ \t]*{_VALUE}[ \t]*(?:\r?\n)?", "", text, flags=re.MULTILINE)


def _means(text: str, wanted: dict[str, Any]) -> bool:
    try:
        return tomllib.loads(text) == wanted
    except (tomllib.TOMLDecodeError, RecursionError):
        return False
