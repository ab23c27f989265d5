"""Which sound track, and which side of a stereo pair, holds the answer: by who speaks when."""

__all__ = ["Levels", "one_person_a_side", "pick_side", "pick_track"]

import itertools
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from voicemock.audio.arrays import Channels
from voicemock.audio.decoder import RATE_HZ
from voicemock.audio.frames import Frames

Decibels = NDArray[np.float64]
Mask = NDArray[np.bool_]


STEP = 800
"""Samples at 16 kHz that one level is taken of: 50 ms."""

SILENCE_DB = -100.0
"""The level of digital silence, and of where a track has ended."""

SPOKEN_RANGE_DB = 25.0
"""Somebody speaks only this close to the loudest twentieth. voicemock default, unvalidated."""

OVER_NOISE_DB = 10.0
"""Somebody speaks only this far above the quietest tenth: hum and music do not rise so far above their own quiet.
voicemock default, unvalidated."""

SPOKEN_FLOOR_DB = -60.0
"""Somebody speaks only above this level. voicemock default, unvalidated."""

LEAST_S = 1.0
"""Who says less than this is nobody. voicemock default, unvalidated."""

SAME = 0.7
"""Two tracks whose levels go up and down together as closely (Pearson's r) hold the same, as a second microphone does.
voicemock default, unvalidated."""

MIXED = 0.9
"""A track that goes as closely with the sum of others is their mix. voicemock default, unvalidated."""

APART_DB = 10.0
"""One side speaks alone if it is louder by this much: in a room both microphones hear both. voicemock default,
unvalidated."""

APART = 0.75
"""Left and right are two people if this share of what is said is said by one side alone, and each says a second.
voicemock default, unvalidated."""


class Levels:
    """Gathers the level of every 50 ms of one track: of all its channels together, and of each."""

    def __init__(self) -> None:
        self.samples = 0
        self._steps = Frames(STEP)
        self._power: list[NDArray[np.float64]] = []
        self._channels: set[int] = set()

    def feed(self, samples: Channels) -> None:
        """Take the next (channels, samples) at 16 kHz; the number of channels may change on the way."""
        self._channels.add(len(samples))
        self.samples += samples.shape[1]
        self._power.append(np.square(self._steps.feed(samples), dtype=np.float64).mean(axis=2))

    def together(self) -> Decibels:
        """Return the level of the channels' mean power."""
        return _decibels(np.concatenate([power.mean(axis=0) for power in self._power] or [np.zeros(0)]))

    def sides(self) -> tuple[Decibels, Decibels] | None:
        """Return the levels of left and right, None if it is not stereo throughout."""
        if self._channels != {2}:
            return None
        left, right = _decibels(np.concatenate(self._power, axis=1))
        return left, right


def pick_track(levels: Sequence[Decibels], *, default: int = 0) -> tuple[int, int | None]:
    """Choose among the tracks of a file.

    Parameters
    ----------
    levels
        Of every 50 ms of each track, (steps,), in dB; they may differ in length.
    default
        Used if it holds the same as the track where most is said.

    Returns
    -------
    The track to listen to, and the one where somebody else speaks most; None if nobody does.
    """
    spoken = [_seconds(_spoken(track)) for track in levels]
    length = max(map(len, levels), default=0)
    levels = [np.pad(track, (0, length - len(track)), constant_values=SILENCE_DB) for track in levels]
    people = [n for n, seconds in enumerate(spoken) if seconds >= LEAST_S]
    people = [n for n in people if not _is_mix(levels[n], [levels[other] for other in people if other != n])]
    if not people:
        return default, None
    people.sort(key=lambda n: -spoken[n])
    same = [n for n in people if n == people[0] or _together(levels[n], levels[people[0]]) >= SAME]
    taken = default if default in same else people[0]
    return taken, next((n for n in people if n not in same), None)


def one_person_a_side(left: Decibels, right: Decibels) -> bool:
    """Tell whether the two sides of a recording are plainly two people, as a call recorder writes them."""
    lefts, rights, said = _sides(left, right)
    if min(_seconds(lefts), _seconds(rights)) < LEAST_S:
        return False
    return bool(lefts.sum() + rights.sum() >= APART * said.sum())


def pick_side(left: Decibels, right: Decibels) -> int:
    """Return the side that speaks more: 0 is left, 1 is right."""
    lefts, rights, _ = _sides(left, right)
    return int(rights.sum() > lefts.sum())


def _sides(left: Decibels, right: Decibels) -> tuple[Mask, Mask, Mask]:
    """Return when the left alone, the right alone, and anybody speaks."""
    said = _spoken(np.maximum(left, right))
    return said & (left - right >= APART_DB), said & (right - left >= APART_DB), said


def _spoken(levels: Decibels) -> Mask:
    if not len(levels):
        return np.zeros(0, bool)
    quiet, loud = np.percentile(levels, (10, 95))
    return np.asarray(levels > max(loud - SPOKEN_RANGE_DB, quiet + OVER_NOISE_DB, SPOKEN_FLOOR_DB))


def _seconds(mask: Mask) -> float:
    return float(mask.sum()) * STEP / RATE_HZ


def _together(one: Decibels, other: Decibels) -> float:
    """Return how closely two tracks' levels go together while somebody speaks: Pearson's r."""
    said = _spoken(one) | _spoken(other)
    pair = np.stack([one[said], other[said]])
    return float(np.asarray(np.corrcoef(pair))[0, 1]) if (pair.std(axis=1) > 0).all() else 0.0


def _is_mix(track: Decibels, others: Sequence[Decibels]) -> bool:
    """Tell whether a track holds what two others hold, as the first of a screen recorder does."""
    if len(others) < 2 or max(_together(one, other) for one, other in itertools.combinations(others, 2)) >= SAME:
        return False
    return _together(track, _decibels(np.sum([np.power(10, other / 10) for other in others], axis=0))) >= MIXED


def _decibels(power: NDArray[np.float64]) -> Decibels:
    return np.asarray(10 * np.log10(power + 10 ** (SILENCE_DB / 10)))
