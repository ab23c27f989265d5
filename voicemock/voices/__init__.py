"""The interviewer's voices: the system's own, and a natural one for those who install it."""

__all__ = ["SAMPLE", "Voice", "open_voice", "usual_voice"]

from pathlib import Path
from typing import Protocol

from voicemock.config import FASTEST_WPM, SLOWEST_WPM, USUAL_WPM
from voicemock.errors import VoiceError

SAMPLE = "Tell me about a time you had to change someone's mind. What did you try first?"
"""What a voice says to be chosen by."""


class Voice(Protocol):
    """Turns text into a WAV file."""

    @property
    def name(self) -> str:
        """The name ``open_voice`` knows it by."""
        ...

    @property
    def edition(self) -> str | None:
        """Tells voices apart that sound different; None if only the system knows how it sounds."""
        ...

    def render(self, text: str, path: Path) -> None:
        """Write the spoken text as a mono 16-bit WAV file, whole or not at all; raises VoiceError."""
        ...


def usual_voice() -> str:
    """Return the name of the voice that speaks if none was chosen: the natural one, if it is installed."""
    from voicemock.voices.natural import installed

    return "natural" if installed() else "system"


def open_voice(name: str | None = None, *, rate_wpm: int = USUAL_WPM, volume: float = 1.0) -> Voice:
    """Return the voice called ``system``, ``system:<id or name>`` or ``natural``; None is the usual one.

    rate_wpm: words a minute, as ``voice_rate`` in the settings. volume: share of the full amplitude, 0 to 1.
    Raises VoiceError if there is no such voice. Whether it can speak shows when it renders.
    """
    if not SLOWEST_WPM <= rate_wpm <= FASTEST_WPM:
        hint = f"Choose {SLOWEST_WPM} to {FASTEST_WPM}; {USUAL_WPM} is usual."
        raise VoiceError(f"A voice cannot speak {rate_wpm} words a minute.", hint=hint)
    if not 0.0 <= volume <= 1.0:
        raise VoiceError(f"A voice cannot speak at a volume of {volume:g}.", hint="Choose 0 to 1; 1 is full.")
    kind, _, which = (name or usual_voice()).partition(":")
    if kind == "system":
        from voicemock.voices.system import SystemVoice

        return SystemVoice(which or None, rate_wpm=rate_wpm, volume=volume)
    if kind == "natural" and not which:
        from voicemock.voices.natural import NaturalVoice

        return NaturalVoice(rate_wpm=rate_wpm, volume=volume)
    raise VoiceError(
        f"There is no voice '{name}'.",
        hint="Use 'natural', 'system', or a name that `voicemock voices` lists.",
    )
