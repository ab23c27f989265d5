"""The page of settings, and what the doctor finds."""

__all__ = ["change", "doctor", "settings"]

from typing import Any

import msgspec

from voicemock.errors import UsageError
from voicemock.page.house import House
from voicemock.page.reply import Asked, Page, on_the_page


class Settings(msgspec.Struct, frozen=True):
    """The settings as they are, where they are kept, and what may be chosen."""

    config: Any
    file: str
    data: str
    sets: tuple[tuple[str, str], ...]
    models: tuple[str, ...]


class Found(msgspec.Struct, frozen=True):
    """A line of the doctor: ok, note or fix."""

    mark: str
    text: str


def settings(_house: House, _asked: Asked) -> Page:
    """Return the page."""
    from voicemock.config import load_config
    from voicemock.models.catalogue import catalog, installed
    from voicemock.paths import config_file, user_data_dir
    from voicemock.questions.sets import list_sets

    found = Settings(
        config=load_config(),
        file=str(config_file()),
        data=str(user_data_dir()),
        sets=tuple((one.id, one.title) for one in list_sets()),
        models=tuple(one.name for one in catalog().models if installed(one)),
    )
    return Page("settings", found)


def change(_house: House, asked: Asked) -> dict[str, str]:
    """Set what was changed, None for voicemock's own choice; all else in the file stays."""
    from voicemock.config import Config, save_config

    given = msgspec.convert(asked.data, dict[str, str | int | float | None])
    if not given:
        raise UsageError("Nothing was changed.")
    known = {name: value for name, value in given.items() if name in Config.__struct_fields__}
    if len(known) < len(given):
        raise UsageError("There is no such setting.", hint="Reload the page.")
    msgspec.convert(known, Config)
    return {"saved": str(save_config(known))}


def doctor(_house: House, _asked: Asked) -> tuple[Found, ...]:
    """Look at everything a session needs; the microphone is tried on the page for practising."""
    from voicemock.jobs.checkup import checkup

    return tuple(Found(line.mark.value, on_the_page(line.text)) for line in checkup())
