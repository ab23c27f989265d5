"""A short stretch of a recording, to hear one quote again."""

__all__ = ["excerpt"]

from pathlib import Path

import numpy as np

from voicemock.audio.arrays import Samples
from voicemock.audio.load import RATE_HZ, AudioFile
from voicemock.errors import AudioError


def excerpt(recording: Path, start_s: float, end_s: float) -> Samples:
    """Return the mono samples, (samples,), at ``RATE_HZ`` between two times; raises AudioError if there are none."""
    first, end, at = round(max(0.0, start_s) * RATE_HZ), round(end_s * RATE_HZ), 0
    pieces = []
    for block in AudioFile(recording).blocks():
        piece = block[max(0, first - at) : max(0, end - at)]
        if len(piece):
            pieces.append(piece)
        at += len(block)
        if at >= end:
            break
    if not pieces:
        raise AudioError(f"{recording} has no sound at that place.")
    return np.concatenate(pieces)
