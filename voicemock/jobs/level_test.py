"""Listen to a microphone for a moment: whether it is on, and loud enough."""

__all__ = ["LEVEL_TEST_S", "Level", "Loudness", "level_said", "level_test"]

import enum
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np

from voicemock.audio.arrays import Samples
from voicemock.audio.frames import FULL_SCALE
from voicemock.audio.record import SoundCardMicrophone

LEVEL_TEST_S = 2.0
QUIET_DB = -45.0
"""Speech whose loudest moment is below this is hard to judge. voicemock default, unvalidated."""


class Loudness(enum.Enum):
    """How loud a test was."""

    NO_SOUND = enum.auto()
    QUIET = enum.auto()
    GOOD = enum.auto()
    TOO_LOUD = enum.auto()


class Level(NamedTuple):
    """level_db: of the loudest 32 ms, None without any sound."""

    loudness: Loudness
    level_db: float | None = None


def level_test(wanted: str | int | None, *, watch: Callable[[float], None] | None = None) -> Level:
    """Listen for two seconds and judge the level; raises DeviceError. watch: is given the level meanwhile, in dB."""
    blocks: list[Samples] = []
    with tempfile.TemporaryDirectory(prefix="voicemock-") as folder:
        with SoundCardMicrophone(wanted).record(Path(folder) / "level.wav", on_block=blocks.append) as recorder:
            deadline = time.monotonic() + LEVEL_TEST_S
            while not recorder.finished and time.monotonic() < deadline:
                time.sleep(0.05)
                if watch:
                    watch(recorder.level_db)
        if recorder.error:
            raise recorder.error
    return judged(blocks)


def judged(blocks: list[Samples]) -> Level:
    """Judge blocks of samples, 32 ms each."""
    power = max(float(np.square(block).mean()) for block in blocks)
    if power == 0.0:
        return Level(Loudness.NO_SOUND)
    level_db = float(10 * np.log10(power))
    if max(float(np.abs(block).max()) for block in blocks) >= FULL_SCALE:
        return Level(Loudness.TOO_LOUD, level_db)
    return Level(Loudness.QUIET if level_db < QUIET_DB else Loudness.GOOD, level_db)


def level_said(level: Level) -> tuple[bool, str]:
    """Return whether a level will do, and what to say of it: how loud it was, and what to do."""
    loudness, level_db = level
    if loudness is Loudness.NO_SOUND:
        return False, "no sound at all. Is the microphone muted, or is this terminal not allowed to use it?"
    if loudness is Loudness.TOO_LOUD:
        return False, f"{level_db:.0f} dB, too loud. Lower the input level or move back."
    if loudness is Loudness.QUIET:
        return False, f"{level_db:.0f} dB, quiet. If you spoke, move closer or raise the input level."
    return True, f"{level_db:.0f} dB at the loudest moment"
