"""What Whisper's encoder makes of a piece: read as words by the recogniser, as sounds by linear readers."""

__all__ = ["MEL_HZ", "Encoded", "joined"]

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

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


def joined(outputs: Sequence[Any]) -> Any:
    """Return the encoder's outputs of several pieces as one, (pieces, frames, width), in CTranslate2's storage."""
    if len(outputs) == 1:
        return outputs[0]
    from faster_whisper.transcribe import get_ctranslate2_storage

    return get_ctranslate2_storage(np.concatenate([np.asarray(output) for output in outputs]))
