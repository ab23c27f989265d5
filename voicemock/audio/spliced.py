"""Stretches of one recording joined: each joint is faded, and marked by a short soft blip."""

__all__ = ["spliced"]

from collections.abc import Sequence

import numpy as np

from voicemock.audio.arrays import Samples
from voicemock.audio.load import RATE_HZ

FADE_S = 0.01
BLIP_S, BLIP_HZ, BLIP = 0.03, 1000.0, 0.03
"""Thirty milliseconds at -30 dB: heard, and never taken for a word (voicemock defaults, unvalidated)."""


def spliced(samples: Samples, stretches: Sequence[tuple[float, float]]) -> tuple[Samples, tuple[float, ...]]:
    """Return stretches of mono samples at ``RATE_HZ`` one after the other, and where they are joined, in seconds.

    stretches: (start, end) in seconds, in their order.
    """
    pieces = [_faded(samples[round(start * RATE_HZ) : round(end * RATE_HZ)]) for start, end in stretches]
    ends = np.cumsum([len(piece) for piece in pieces])
    found = np.concatenate(pieces) if pieces else np.zeros(0, np.float32)
    joints = [int(end) for end in ends[:-1]]
    for joint in joints:
        _blip(found, joint)
    return found, tuple(joint / RATE_HZ for joint in joints)


def _faded(piece: Samples) -> Samples:
    length = min(round(FADE_S * RATE_HZ), len(piece) // 2)
    if not length:
        return piece.copy()
    ramp = np.linspace(0.0, 1.0, length, dtype=np.float32)
    faded = piece.astype(np.float32)
    faded[:length] *= ramp
    faded[-length:] *= ramp[::-1]
    return faded


def _blip(samples: Samples, at: int) -> None:
    length = round(BLIP_S * RATE_HZ)
    tone = BLIP * np.hanning(length) * np.sin(2 * np.pi * BLIP_HZ * np.arange(length) / RATE_HZ)
    first = max(0, at - length // 2)
    room = min(length, len(samples) - first)
    samples[first : first + room] += tone[:room].astype(np.float32)
