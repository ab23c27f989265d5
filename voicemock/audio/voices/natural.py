"""A natural voice that runs here: hibari-tts, the ``natural`` extra."""

__all__ = ["NaturalVoice"]

from pathlib import Path

from voicemock.audio.voices.speech import save_speech, speakable
from voicemock.errors import VoiceError


class NaturalVoice:
    """hibari's American English voice, the one inside its wheel: others would be fetched from a hub.

    Loads once, when made; raises VoiceError where hibari-tts is not installed.
    """

    name = "natural"

    def __init__(self) -> None:
        try:
            from hibari import Hibari
        except ImportError as error:
            raise VoiceError(
                "The natural voice is not installed.", hint='Install it: `pip install "voicemock[natural]"`.'
            ) from error
        self._hibari = Hibari(threads=1)

    def render(self, text: str, path: Path) -> None:
        """Write the spoken text as a mono 16-bit WAV file, whole or not at all; raises VoiceError."""
        # The seed fixes the breath noise: the same question always sounds the same.
        samples = self._hibari(speakable(text), seed=0)
        save_speech(path, samples, self._hibari.sample_rate, voice=self.name)
