"""A natural voice that runs here: hibari-tts, the ``natural`` extra."""

__all__ = ["INSTALL_HINT", "NaturalVoice", "installed"]

import functools
import importlib.metadata
import importlib.util
from pathlib import Path
from typing import Any

from voicemock.config import USUAL_WPM
from voicemock.errors import VoiceError
from voicemock.telemetry import load_onnxruntime
from voicemock.voices.spoken import save_speech, speakable

INSTALL_HINT = 'Install it: `pip install "voicemock[natural]"`.'


def installed() -> bool:
    """Return whether the voice is there, without loading it."""
    return importlib.util.find_spec("hibari") is not None


class NaturalVoice:
    """hibari's American English voice, the one inside its wheel: others would be fetched from a hub.

    Loads once, when it first speaks; raises VoiceError if hibari-tts is not installed.
    At its own pace it speaks as fast as espeak-ng at 170 words a minute (262 and 258 measured, on a sentence of
    short words).
    """

    name = "natural"

    def __init__(self, *, rate_wpm: int = USUAL_WPM, volume: float = 1.0) -> None:
        if not installed():
            raise VoiceError("The natural voice is not installed.", hint=INSTALL_HINT)
        self._speed = rate_wpm / USUAL_WPM
        self._volume = volume
        self.edition = f"hibari-tts {importlib.metadata.version('hibari-tts')}, {rate_wpm} wpm, volume {volume:g}"

    def render(self, text: str, path: Path) -> None:
        """Write the spoken text as a mono 16-bit WAV file, whole or not at all; raises VoiceError."""
        # The seed fixes the breath noise: the same question always sounds the same.
        hibari = _load()
        samples = hibari(speakable(text), speed=self._speed, seed=0)
        save_speech(path, samples, hibari.sample_rate, voice=self.name, volume=self._volume)


@functools.cache
def _load() -> Any:
    try:
        from hibari import Hibari

        load_onnxruntime()
        return Hibari(threads=1)
    except Exception as error:
        raise VoiceError(f"The natural voice cannot be loaded ({error}).", hint=INSTALL_HINT) from error
