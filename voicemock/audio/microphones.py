"""Which microphone a session records from, and which one if that is gone."""

__all__ = ["Finder", "MicrophoneFinder"]

from collections.abc import Callable
from typing import Protocol

from voicemock.audio.devices import refresh
from voicemock.audio.record import Microphone, SoundCardMicrophone
from voicemock.errors import DeviceError


class Finder(Protocol):
    """Opens a session's microphone, again after one was lost."""

    def check(self) -> None:
        """Raise DeviceError if there is no microphone, before anything is begun."""
        ...

    def find(self) -> Microphone:
        """Return a microphone; raises DeviceError if there is none."""
        ...


class MicrophoneFinder:
    """Opens the microphone asked for, or the remembered one, or what the system offers.

    wanted: asked for by an option; it must be there. remembered: from the settings; the system's
    choice stands in for it, and ``warn`` is told.
    """

    def __init__(self, wanted: str | int | None, *, remembered: str | int | None, warn: Callable[[str], None]) -> None:
        self._wanted = wanted
        self._remembered = remembered
        self._warn = warn
        self._found: Microphone | None = None

    def check(self) -> None:
        """Raise DeviceError if there is no microphone, before anything is begun."""
        self._found = self._open()

    def find(self) -> Microphone:
        """Return a microphone; raises DeviceError if there is none, or not the one wanted."""
        found, self._found = self._found, None
        if found is None:
            refresh()  # one was lost, or time has passed: what was plugged in since counts
        return found or self._open()

    def _open(self) -> Microphone:
        if self._wanted is not None:
            return SoundCardMicrophone(self._wanted)
        try:
            return SoundCardMicrophone(self._remembered)
        except DeviceError as error:
            if self._remembered is None:
                raise
            fallback = SoundCardMicrophone()
            self._warn(f"{error.message} Using {fallback.name} instead.")
            return fallback
