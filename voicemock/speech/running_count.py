"""Filled pauses counted while somebody speaks on: by their sound alone, before anything is recognised.

Words come when the speaker pauses. Until then the last seconds are encoded now and then, without the padding to half
a minute that recognising needs, and read by the probe: 0.03 s of one core for tiny.en, 0.08 s for base.
"""

__all__ = ["RunningCount"]

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from voicemock.audio.arrays import Samples
from voicemock.audio.load import RATE_HZ
from voicemock.speech.probe import Probe, load_probe
from voicemock.speech.recognise import Recogniser, Said
from voicemock.speech.witnesses import LONGEST_ALONE_S, SOUNDS

WINDOW_S = 6.0
"""How much sound is encoded at each look. voicemock default, unvalidated."""

EVERY_S = 2.0
"""How much sound comes between two looks: everything is seen three times, once with sound on both sides. voicemock
default, unvalidated."""

EDGE_S = 0.3
"""What sounds in the last part of a window may go on; the next look sees it whole."""

SURE = 0.95
"""A sound this clear is counted at once, others at the second look, where they are as clear on the average as a sound
must be beside a word that confirms it. docs/live.md tells how near the report's count that comes; voicemock default."""

SLOP_S = 0.15
"""Two looks at the same sound give times that differ by this much."""


@dataclass(slots=True)
class _Sound:
    """What may be a filled pause, in seconds of the recording, and how clear it was at each look."""

    start_s: float
    end_s: float
    strengths: list[float]

    @property
    def counts(self) -> bool:
        looks = len(self.strengths)
        return max(self.strengths) >= SURE or (looks > 1 and sum(self.strengths) / looks >= SOUNDS)


class RunningCount:
    """The filled pauses of a recording so far: those among the words recognised, and those heard since.

    It never falls: who watches it should not see an "um" taken back.

    probe: hears filled pauses; None takes the one made for the recogniser's model, if the recogniser is verbatim.
    """

    def __init__(self, recogniser: Recogniser, *, probe: Probe | None = None) -> None:
        self._recogniser = recogniser
        self._probe = probe or (load_probe(recogniser.name) if recogniser.verbatim else None)
        self._blocks: list[Samples] = []
        self._fed = 0
        self._looked = 0
        self._sounds: list[_Sound] = []
        self._among_words = 0
        self._settled_s = 0.0
        self.count = 0

    @property
    def due(self) -> bool:
        """Whether enough was fed since the last look for another one."""
        return self._probe is not None and self._fed - self._looked >= EVERY_S * RATE_HZ

    def feed(self, block: Samples) -> None:
        """Take the next samples, mono at 16 kHz."""
        self._blocks.append(block)
        self._fed += len(block)
        spare = sum(map(len, self._blocks)) - WINDOW_S * RATE_HZ
        while spare >= len(self._blocks[0]):
            spare -= len(self._blocks.pop(0))

    def look(self) -> None:
        """Count what sounds like a filled pause in the last seconds."""
        self._looked = self._fed
        if self._probe is None:
            return
        window = np.concatenate(self._blocks)
        length_s = len(window) / RATE_HZ
        start_s = self._fed / RATE_HZ - length_s
        for event in self._probe.events(self._recogniser.encode(window, padded=False)):
            if event.end_s - event.start_s <= LONGEST_ALONE_S and event.end_s < length_s - EDGE_S:
                self._hear(start_s + event.start_s, start_s + event.end_s, event.strength)
        self._update()

    def settle(self, words: Sequence[Said], *, until_s: float) -> None:
        """Take the words so far: what began until then is among them, or was no filled pause after all."""
        self._among_words = sum(word.certainty is not None for word in words)
        self._settled_s = until_s
        self._sounds = [sound for sound in self._sounds if sound.start_s > until_s]
        self._update()

    def _hear(self, start_s: float, end_s: float, strength: float) -> None:
        for sound in self._sounds:
            if start_s < sound.end_s + SLOP_S and sound.start_s - SLOP_S < end_s:
                sound.strengths.append(strength)
                return
        if start_s > self._settled_s:
            self._sounds.append(_Sound(start_s, end_s, [strength]))

    def _update(self) -> None:
        self.count = max(self.count, self._among_words + sum(sound.counts for sound in self._sounds))
