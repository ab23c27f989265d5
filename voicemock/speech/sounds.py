"""Where a hesitation begins, ends and begins again, by the level of the sound.

The probe knows a filled pause from other sounds, but smears: what it hears runs on into the silence after, and
"uh, um, uh" is one stretch to it. The level knows the edges and the dips between. And a filled pause is sound: no
silence may be claimed where one was heard.
"""

__all__ = ["as_written", "hesitations_in", "joined", "loudest_run"]

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from voicemock.audio.arrays import Levels
from voicemock.audio.frames import HOP_S
from voicemock.schema import Certainty
from voicemock.speech.encoded import Encoded
from voicemock.speech.pauses import Stretches, median_of_three
from voicemock.speech.probe import SHORTEST_S, SMOOTH, Event, Probe, runs
from voicemock.speech.recognise import Said
from voicemock.speech.verbatim import is_filled_pause

EDGE = 0.2
"""A sound ends where its level has fallen below this share of the way from the noise to its own loudness. Lower than
the edges of pauses (``pauses.py``): the "mm" of "um" is soft."""

LEAST_RISE_DB = 3.0
"""A sound ends where its level is this little above the noise."""

NOISE_PERCENTILE = 5
"""What counts as the noise of a piece, which keeps half a second of silence at its ends."""

LOUD_PERCENTILE = 80
"""What counts as how loud a sound is."""

DIP_DB = 3.0
"""Where the level is this much lower than on both sides, two hesitations may part: it was 5 to 43 dB lower between the
hesitations of synthetic rows of two to four, up to 6 dB within single ones. voicemock default."""

DEEP_DB = 10.0
"""If it is this much lower, they are surely two. voicemock default."""

SOFT_DB = 6.0
"""Anything apart from a sound and softer by more than this is noise beside it. voicemock default, unvalidated."""

CREAK = 2
"""A creaky voice may drop out for this many steps of 20 ms; what separates two hesitations lasts longer. voicemock
default, unvalidated."""

SILENT_DB = 15.0
"""Whatever separates two hesitations is this far below the loudness of the sound. voicemock default, unvalidated."""

SMEARED = SMOOTH // 2
"""Frames at each end of a part whose chance is mixed with that of the sound beside it."""

SHORTEST_PART_S = 0.12
"""Nobody says "um" in less; the dip then is creak within one. voicemock default, unvalidated."""


def hesitations_in(probe: Probe, encoded: Encoded, levels_db: Levels) -> tuple[Event, ...]:
    """Find the filled pauses of a piece, each ending where its level falls to the noise; silence inside makes two.

    Parameters
    ----------
    probe
        Hears them, without sharp edges.
    encoded
        The piece.
    levels_db
        Of every 20 ms of it, (steps,).

    Returns
    -------
    The filled pauses in order, in seconds of the piece.
    """
    chance = probe.chances(encoded, SMOOTH)
    smooth = median_of_three(levels_db)
    noise_db = float(np.percentile(smooth, NOISE_PERCENTILE)) if len(smooth) else 0.0
    found: list[Event] = []
    for event in probe.events(encoded):
        first, last = round(event.start_s / HOP_S), min(round(event.end_s / HOP_S), len(smooth))
        if first >= last:
            continue
        level = smooth[first:last]
        loud_db = float(np.percentile(level, LOUD_PERCENTILE))
        sounds = level >= noise_db + max(LEAST_RISE_DB, EDGE * (loud_db - noise_db))
        humps = [(start, end) for start, end in runs(sounds).tolist() if level[start:end].max() >= loud_db - SOFT_DB]
        parts = _bridged(humps, level, loud_db - SILENT_DB)
        for start, end in parts:
            part = slice(first + start, first + end)
            # Beside a silence the mean over some frames is half the other part's.
            strength = float(chance[part].max() if len(parts) == 1 else chance[part][SMEARED:-SMEARED].max(initial=0))
            if (end - start) * HOP_S >= SHORTEST_S:  # of what is shorter too little is left
                dips = _dips(smooth[part])
                places = tuple((part.start + at + 0.5) * HOP_S for _, at in dips)
                deep = sum(depth >= DEEP_DB for depth, _ in dips)
                found.append(Event(part.start * HOP_S, part.stop * HOP_S, strength, places, deep))
    return tuple(found)


def loudest_run(start_s: float, end_s: float, levels_db: Levels) -> tuple[float, float]:
    """Find where it sounds in a place.

    Parameters
    ----------
    start_s, end_s
        The place, in seconds of the piece.
    levels_db
        Of every 20 ms of the piece, (steps,).

    Returns
    -------
    (start, end) in seconds of the longest stretch above the noise; if there is none, the end twice.
    """
    first, last = (min(round(at_s / HOP_S), len(levels_db)) for at_s in (start_s, end_s))
    if first >= last:
        return end_s, end_s
    noise_db, loud_db = np.percentile(levels_db, (NOISE_PERCENTILE, LOUD_PERCENTILE))
    sounds = levels_db[first:last] >= noise_db + max(LEAST_RISE_DB, EDGE * (loud_db - noise_db))
    longest = max(runs(sounds).tolist(), key=lambda run: run[1] - run[0], default=None)
    return ((first + longest[0]) * HOP_S, (first + longest[1]) * HOP_S) if longest else (end_s, end_s)


def as_written(words: list[Said], levels: Levels) -> list[Said]:
    """Mark the hesitations Whisper wrote unasked, the only ones known if none were looked for."""
    found = []
    for word in words:
        if is_filled_pause(word.text):
            start_s, end_s = loudest_run(word.start_s, word.end_s, levels)
            word = replace(word, start_s=start_s, end_s=end_s, certainty=Certainty.POSSIBLE)
        found.append(word)
    return found


def joined(stretches: Stretches, words: Iterable[Said]) -> Stretches:
    """Return the stretches of speech with the filled pauses among the words, which are speech too.

    Each is rounded outwards to 10 ms, to which pauses are rounded: no listed pause may overlap one.
    """
    sounds = [
        (math.floor(word.start_s * 100) / 100, math.ceil(word.end_s * 100) / 100)
        for word in words
        if word.certainty is not None and word.end_s > word.start_s
    ]
    found: Stretches = []
    for start_s, end_s in sorted([*stretches, *sounds]):
        if found and start_s <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end_s))
        else:
            found.append((start_s, end_s))
    return found


def _bridged(parts: Sequence[Sequence[int]], level: Levels, silent_db: float) -> list[tuple[int, int]]:
    """Join the parts of a sound, (first, end) in steps, that no silence lies between."""
    found: list[tuple[int, int]] = []
    for start, end in parts:
        gap = level[found[-1][1] : start] if found else level[:0]
        if found and (len(gap) <= CREAK or gap.min() > silent_db):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _dips(levels_db: Levels) -> list[tuple[float, int]]:
    """Return how deep, in dB, and at which step the level of a sound dips between two humps, the deepest first."""
    shortest = round(SHORTEST_PART_S / HOP_S)
    level = np.convolve(np.pad(levels_db, 1, mode="edge"), np.full(3, 1 / 3), "valid")
    found: list[tuple[float, int]] = []
    for at in range(shortest, len(level) - shortest):
        if level[at] == level[at - shortest : at + shortest + 1].min():
            depth = float(min(level[:at].max(), level[at + 1 :].max()) - level[at])
            if depth >= DIP_DB:
                found.append((depth, at))
    return sorted(found, reverse=True)
