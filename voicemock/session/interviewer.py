"""The interviewer: says each question aloud, or leaves it to the screen where there is no voice."""

__all__ = ["Interviewer"]

import tempfile
from collections.abc import Callable
from pathlib import Path

from voicemock.audio.play import play
from voicemock.audio.voices import Voice
from voicemock.errors import DeviceError, VoiceError


class Interviewer:
    """Speaks through one voice and one loudspeaker.

    voice: None where the questions are only printed.
    warn: told once, in words for people, when a voice or a loudspeaker fails; the session goes on in print.
    """

    def __init__(
        self, voice: Voice | None, *, output_device: str | int | None = None, warn: Callable[[str], None]
    ) -> None:
        self._voice = voice
        self._output_device = output_device
        self._audible = True
        self._warn = warn

    def ask(self, text: str) -> None:
        """Say a text and return when it has been heard."""
        if self._voice is None:
            return
        with tempfile.TemporaryDirectory(prefix="voicemock-") as folder:
            spoken = Path(folder) / "question.wav"
            try:
                self._voice.render(text, spoken)
            except VoiceError as error:
                self._voice = None
                self._warn(f"No voice, so the questions are printed only. {error.message} {error.hint}")
                return
            self._play(spoken)

    def _play(self, spoken: Path) -> None:
        if not self._audible:
            return
        try:
            play(spoken, device=self._output_device)
        except DeviceError as error:
            self._audible = False
            self._warn(f"No sound, so the questions are printed only. {error.message} {error.hint}")
