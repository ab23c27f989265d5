"""Whether a session could begin on this machine, and what to do if not."""

from __future__ import annotations

__all__ = ["Line", "Mark", "checkup", "level_line"]

import enum
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from voicemock.errors import VoicemockError, repair

if TYPE_CHECKING:
    from voicemock.audio.devices import Direction
    from voicemock.config import Config
    from voicemock.jobs.level_test import Level

NEEDED_MB = 200
"""Two hours of recording are 230 MB, a usual session 50 MB. voicemock default, unvalidated."""


class Mark(enum.StrEnum):
    """ok; worth knowing, but a session could be held; to be put right before one can."""

    OK = "ok"
    NOTE = "note"
    FIX = "fix"


class Line(NamedTuple):
    """One line of the list."""

    mark: Mark
    text: str


def checkup(
    *,
    input_device: str | None = None,
    output_device: str | None = None,
    voice: str | None = None,
    model: str | None = None,
    level: Callable[[str | int | None], Line] | None = None,
) -> Iterator[Line]:
    """Look at the settings, the microphone, the loudspeaker, the voice, the model and the disk, one after another.

    level: listens to the microphone and says how loud it was; None leaves that out.
    """
    config, lines = _settings()
    checks: list[tuple[Mark, Callable[[], Iterator[Line]]]] = [
        (Mark.FIX, lambda: iter(lines)),
        (Mark.FIX, lambda: _microphone(input_device or config.input_device, level)),
        (Mark.NOTE, lambda: _loudspeaker(output_device or config.output_device)),
        (Mark.NOTE, lambda: _voice(voice or config.voice)),
        (Mark.FIX, lambda: _model(model or config.model)),
        (Mark.FIX, _disk),
    ]
    for if_broken, check in checks:
        yield from _safely(check, if_broken)


def _safely(check: Callable[[], Iterator[Line]], if_broken: Mark) -> Iterator[Line]:
    try:
        yield from check()
    except VoicemockError as error:
        meanwhile = " Until then the questions are printed, not spoken." if if_broken is Mark.NOTE else ""
        yield Line(if_broken, f"{error.message} {error.hint}".strip() + meanwhile)
    except OSError as error:  # such as a full disk, on which nothing can be tried
        where, what_to_do = error.filename or tempfile.gettempdir(), repair(error, "Check that folder")
        yield Line(if_broken, f"{where} cannot be written: {error.strerror}. {what_to_do}.")


def _settings() -> tuple[Config, list[Line]]:
    import platform

    from voicemock import __version__
    from voicemock.config import Config, load_config
    from voicemock.paths import config_file

    lines = [Line(Mark.OK, f"voicemock {__version__}, Python {platform.python_version()} on {platform.system()}")]
    path = config_file()
    try:
        config = load_config()
    except VoicemockError as error:
        return Config(), [*lines, Line(Mark.FIX, f"Settings: {error.message} {error.hint}".strip())]
    return config, [*lines, Line(Mark.OK, f"Settings: {path}" if path.exists() else f"Settings: none in {path}")]


def _devices(direction: Direction, wanted: str | int | None, title: str) -> Iterator[Line]:
    from voicemock.audio.devices import find_device, list_devices

    chosen = find_device(wanted, direction)
    yield Line(Mark.OK, f"{title}: {chosen.name} ({chosen.system})")
    if others := [f"{d.index} {d.name} ({d.system})" for d in list_devices(direction) if d != chosen]:
        yield Line(Mark.OK, f"  others: {', '.join(others)}")


def _microphone(wanted: str | int | None, level: Callable[[str | int | None], Line] | None) -> Iterator[Line]:
    from voicemock.audio.devices import Direction

    yield from _devices(Direction.INPUT, wanted, "Microphone")
    if level:
        yield level(wanted)


def level_line(level: Level) -> Line:
    """Say how loud a test was, and what to do."""
    from voicemock.jobs.level_test import level_said

    good, text = level_said(level)
    return Line(Mark.OK if good else Mark.NOTE, f"Level: {text}")


def _loudspeaker(wanted: str | int | None) -> Iterator[Line]:
    from voicemock.audio.devices import Direction

    return _devices(Direction.OUTPUT, wanted, "Loudspeaker")


def _voice(wanted: str | None) -> Iterator[Line]:
    from voicemock.audio.load import decode
    from voicemock.voices import open_voice

    voice = open_voice(wanted)
    with tempfile.TemporaryDirectory(prefix="voicemock-") as folder:
        spoken = Path(folder) / "voice.wav"
        began = time.monotonic()
        voice.render("Tell me about yourself.", spoken)
        took_s = time.monotonic() - began
        samples, rate_hz = decode(spoken)
    yield Line(Mark.OK, f"Voice: {voice.name}, spoke {len(samples) / rate_hz:.1f} s in {took_s:.1f} s")


def _model(wanted: str | None) -> Iterator[Line]:
    from voicemock.models.catalogue import fallback_note, find_model

    model = find_model(wanted)
    yield Line(Mark.OK, f"Model: {model.name} ({model.path})")
    if note := fallback_note(model.name):
        yield Line(Mark.NOTE, f"  {note}")


def _disk() -> Iterator[Line]:
    import os
    import shutil

    from voicemock.paths import user_data_dir

    folder = user_data_dir()
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    free_mb = shutil.disk_usage(existing).free // 1_000_000
    if not os.access(existing, os.W_OK):
        yield Line(Mark.FIX, f"Disk: nothing can be written to {folder}. Set VOICEMOCK_DATA to another folder.")
    elif free_mb < NEEDED_MB:
        yield Line(Mark.FIX, f"Disk: {free_mb} MB free in {folder}; {NEEDED_MB} MB are needed. Free some space.")
    else:
        yield Line(Mark.OK, f"Disk: {free_mb / 1000:.1f} GB free in {folder}")
