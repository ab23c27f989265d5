"""Put each word where the sound is: between the moment the voice begins and the moment it ends.

Whisper's alignment leaves no room between words: a pause belongs to the word before it or after it, and the silence
before an answer to its first word. The level knows better (``pauses.py``).
"""

from __future__ import annotations

__all__ = ["settled"]

import bisect
from collections.abc import Sequence
from dataclasses import replace

from voicemock.speech.recognise import Said
from voicemock.speech.unread import Spans, longest_s

SHORTEST_S = 0.04
"""A word moved to the voice beside it has at least two steps of the level to itself."""


def settled(words: Sequence[Said], speech: Spans) -> list[Said]:
    """Return the words, in order, each inside one stretch of speech; filled pauses stay as they are.

    speech: (start, end) in seconds of every stretch, at least one. A word over a pause belongs to the stretch that
    holds more of it; one in silence to the nearest.
    """
    ends = [end_s for _, end_s in speech]
    found: list[Said] = []
    free_s = 0.0
    for word in words:
        if word.certainty is None:
            start_s, end_s = _home(word, speech, ends)
            end_s = min(end_s, start_s + longest_s(word.text))
            start_s = max(start_s, free_s)
            word = replace(word, start_s=start_s, end_s=max(start_s, end_s))
        free_s = max(free_s, word.start_s)
        found.append(word)
    return found


def _home(word: Said, speech: Spans, ends: Sequence[float]) -> tuple[float, float]:
    """Return the part of a word inside the stretch of speech that holds most of it."""
    first = bisect.bisect_right(ends, word.start_s)
    best = (0.0, word.start_s, word.end_s)
    last = bisect.bisect_left(speech, (word.end_s, word.end_s), lo=first)
    for stretch_start_s, stretch_end_s in speech[first:last]:
        start_s, end_s = max(stretch_start_s, word.start_s), min(stretch_end_s, word.end_s)
        best = max(best, (end_s - start_s, start_s, end_s), key=lambda part: part[0])
    return best[1:] if best[0] > 0.0 else _nearest(word, speech, first)


def _nearest(word: Said, speech: Spans, after: int) -> tuple[float, float]:
    """Return the edge of the stretch of speech nearest to a word in silence."""
    if after < len(speech) and (not after or speech[after][0] - word.end_s <= word.start_s - speech[after - 1][1]):
        start_s, end_s = speech[after]
        return start_s, min(end_s, start_s + SHORTEST_S)
    start_s, end_s = speech[after - 1]
    return max(start_s, end_s - SHORTEST_S), end_s
