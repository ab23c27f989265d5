"""What Whisper's encoder makes of a piece: read as words by the recogniser, as sounds by linear readers."""

__all__ = ["MEL_HZ", "Encoded"]

from dataclasses import dataclass
from typing import Any

MEL_HZ = 100
"""Spectrum frames a second; the encoder halves them."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """A piece as the encoder sees it.

    output: CTranslate2's own storage, (1, frames, width); 50 frames a second.
    frames: how many spectrum frames hold sound, the rest is padding.
    """

    output: Any
    frames: int

    @property
    def duration_s(self) -> float:
        """Return the length of the sound."""
        return self.frames / MEL_HZ
