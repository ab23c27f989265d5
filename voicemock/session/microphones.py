"""Which microphone a session records from, and which one when that is gone."""

__all__ = ["MicrophoneFinder"]

from collections.abc import Callable

from voicemock.audio.devices import refresh
from voicemock.audio.record import Microphone, SoundCardMicrophone
from voicemock.errors import DeviceError


class MicrophoneFinder:
    """Opens the microphone asked for, or the remembered one, or what the system offers.

    wanted: asked for by an option; it must be there. remembered: from the settings; the system's
    choice stands in for it, and ``warn`` is told.
    """

    def __init__(self, wanted: str | int | None, *, remembered: str | int | None, warn: Callable[[str], None]) -> None:
        self._wanted = wanted
        self._remembered = remembered
        self._warn = warn
        self._asked_before = False

    def find(self) -> Microphone:
        """Return a microphone; raises DeviceError where there is none, or not the one wanted."""
        if self._asked_before:
            refresh()  # one was lost: what was plugged in since counts
        self._asked_before = True
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
