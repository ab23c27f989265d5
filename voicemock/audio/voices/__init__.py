"""The interviewer's voices: the system's own, and a natural one for those who install it."""

__all__ = ["DEFAULT_VOICE", "Voice", "open_voice"]

from pathlib import Path
from typing import Protocol

from voicemock.errors import VoiceError

DEFAULT_VOICE = "system"


class Voice(Protocol):
    """Turns text into a WAV file."""

    @property
    def name(self) -> str:
        """The name ``open_voice`` knows it by."""
        ...

    def render(self, text: str, path: Path) -> None:
        """Write the spoken text as a mono 16-bit WAV file, whole or not at all; raises VoiceError."""
        ...


def open_voice(name: str | None = None) -> Voice:
    """Return the voice called ``system``, ``system:<id or name>`` or ``natural``; None is the default.

    Raises VoiceError where there is no such voice. Whether a system voice exists shows when it renders.
    """
    kind, _, which = (name or DEFAULT_VOICE).partition(":")
    if kind == "system":
        from voicemock.audio.voices.system import SystemVoice

        return SystemVoice(which or None)
    if kind == "natural" and not which:
        from voicemock.audio.voices.natural import NaturalVoice

        return NaturalVoice()
    raise VoiceError(
        f"There is no voice '{name}'.",
        hint="Use 'system', 'system:' and the name of one of your system's voices, or 'natural'.",
    )
