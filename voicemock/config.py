"""The user's settings: one TOML file, every key optional, an unknown one an error."""

__all__ = ["Config", "load_config"]

import difflib

import msgspec

from voicemock.paths import config_file
from voicemock.toml_file import TomlFile


class Config(msgspec.Struct, frozen=True, kw_only=True):
    """Settings that options on the command line override; None leaves the choice to voicemock.

    model: a name of the catalogue, or the folder of a Whisper model.
    voice: "system", "system:<id>" or "natural".
    input_device, output_device: part of a device's name, or its number.
    question_set: the set `voicemock practice` asks from.
    """

    model: str | None = None
    voice: str | None = None
    input_device: str | int | None = None
    output_device: str | int | None = None
    question_set: str = "em_core"


def load_config() -> Config:
    """Read the settings; raise DataFileError naming the line where one is wrong."""
    path = config_file()
    if not path.exists():
        return Config()
    file = TomlFile(path, what="configuration file")
    for key, value in file.data.items():
        if key not in Config.__struct_fields__:
            near = difflib.get_close_matches(key, Config.__struct_fields__, n=1)
            known = f"did you mean '{near[0]}'?" if near else f"known are {', '.join(Config.__struct_fields__)}"
            raise file.error((key,), f"unknown key '{key}'; {known}")
        try:
            msgspec.convert({key: value}, Config)
        except msgspec.ValidationError as error:
            reason = str(error).partition(" - at ")[0]
            raise file.error((key,), f"'{key}': {reason[:1].lower()}{reason[1:]}") from error
    return msgspec.convert(file.data, Config)
