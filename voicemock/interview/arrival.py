"""Whether anything arrives from the microphone at all."""

__all__ = ["SoundWatch"]


import numpy as np

from voicemock.audio.arrays import Samples
from voicemock.audio.load import RATE_HZ

DEAD_DB = -80.0
"""Blocks below this do not even hold the sound of a room. In seven recordings of meetings and monologues the
quietest 4 s reached -69 dB; 16-bit sound ends at -96 dB. voicemock default, unvalidated."""

AT_START_S = 4.0
"""A microphone that has never been heard is called dead after this. voicemock default, unvalidated."""

AFTER_SOUND_S = 8.0
"""One that was heard gets longer: headsets and call software send pure silence between words, and people think.
voicemock default, unvalidated."""


class SoundWatch:
    """Follows the level of every block of a recording; pauses do not count, since no blocks come in them.

    heard_before: this microphone gave sound in an earlier recording.
    heard: it has given sound in this one.
    """

    def __init__(self, *, heard_before: bool = False) -> None:
        self.heard = False
        self._patience_s = AFTER_SOUND_S if heard_before else AT_START_S
        self._silent = 0

    @property
    def missing(self) -> bool:
        """Whether nothing arrives now: muted, unplugged, or the wrong microphone."""
        return self._silent / RATE_HZ >= self._patience_s

    def feed(self, block: Samples) -> None:
        """Take the next samples, 16 kHz mono."""
        if np.std(block) < 10 ** (DEAD_DB / 20):  # without the constant offset of cheap sound cards
            self._silent += len(block)
        else:
            self._silent, self.heard, self._patience_s = 0, True, AFTER_SOUND_S
