"""Put each word where the sound is: between the moment the voice begins and the moment it ends.

Whisper's alignment leaves no room between words: a pause belongs to the word before it or after it, the silence
before an answer to its first word, and its edges come a little late, so that a word runs through a pause into the voice
after it. The level knows better (``pauses.py``).
"""

__all__ = ["settled"]

import bisect
from collections.abc import Sequence
from dataclasses import replace

from voicemock.speech.recognise import Said
from voicemock.speech.unread import Spans, longest_s

SHORTEST_S = 0.04
"""A word moved to the voice next to it has at least two steps of the level to itself."""

LEAST_S = 0.08
"""Less sound than this is the edge of the next word: the shortest "a" and "I" are as long. voicemock
default, unvalidated."""

LATE_S = 0.5
"""An edge between two words comes at most this late or early if there is a pause beside it; sound further away belongs
to no word. voicemock default, unvalidated."""

PHRASE_ENDS = tuple(".?!,;:")
"""Where Whisper writes one of these, a pause is likelier than inside the words on either side."""


def settled(words: Sequence[Said], speech: Spans) -> list[Said]:
    """Return the words, in order, each inside one stretch of speech; filled pauses stay as they are.

    speech: (start, end) in seconds of every stretch, at least one. A word over a pause belongs to the stretch that
    holds more of it, unless a phrase ends on one side of it or a word there is left without sound: then the pause is
    there. The word beside it then has all of the other stretch. A word in silence belongs to the nearest stretch.
    """
    ends = [end_s for _, end_s in speech]
    found: list[Said] = []
    for i, word in enumerate(words):
        if word.certainty is None:
            before = found[-1] if i and _touch(words[i - 1], word) else None
            after = words[i + 1] if i + 1 < len(words) and _touch(word, words[i + 1]) else None
            start_s, end_s = _home(word, before, after, speech=speech, ends=ends)
            if before:
                found[-1] = _drawn_on(before, word, start_s, ends=ends)
            start_s = max([start_s, *(said.start_s for said in found[-1:])])
            end_s = min(end_s, start_s + longest_s(word.text))
            word = replace(word, start_s=start_s, end_s=max(start_s, end_s))
        found.append(word)
    return found


def _touch(before: Said, after: Said) -> bool:
    """Tell whether the alignment left no room between two words, so that the edge between them may be moved."""
    return before.certainty is after.certainty is None and after.start_s - before.end_s < SHORTEST_S


def _home(
    word: Said, before: Said | None, after: Said | None, *, speech: Spans, ends: Sequence[float]
) -> tuple[float, float]:
    """Return the part of a word inside the stretch of speech it belongs to."""
    first = bisect.bisect_right(ends, word.start_s)
    start_s = word.start_s
    if before and first < len(speech) and (_ends_phrase(before) or _is_lost(word, speech, ends)):
        begins_s = speech[first][0]
        if before.end_s <= begins_s < start_s <= begins_s + LATE_S:  # the word before ran through the pause
            start_s = begins_s
    parts = _within(start_s, word.end_s, speech, first)
    if not parts:
        return _nearest(word, speech, first)
    lasting = [part for part in parts if part[1] - part[0] >= LEAST_S]
    pause_after = parts[-1][1] < word.end_s or parts[-1][1] in ends
    early = not pause_after and (_ends_phrase(word) or (after is not None and _is_lost(after, speech, ends)))
    late = before is not None and before.end_s == start_s and (_ends_phrase(before) or _lasts(before) < LEAST_S)
    if lasting and early is not late:
        return lasting[0] if early else lasting[-1]
    return max(parts, key=lambda part: part[1] - part[0])


def _within(start_s: float, end_s: float, speech: Spans, first: int) -> list[tuple[float, float]]:
    """Return the parts of a span of time that lie in speech; the first stretch that may hold one is known."""
    last = bisect.bisect_left(speech, (end_s, end_s), lo=first)
    return [(max(a_s, start_s), min(b_s, end_s)) for a_s, b_s in speech[first:last] if a_s < end_s]


def _ends_phrase(word: Said) -> bool:
    return word.text.endswith(PHRASE_ENDS)


def _lasts(word: Said) -> float:
    return word.end_s - word.start_s


def _is_lost(word: Said, speech: Spans, ends: Sequence[float]) -> bool:
    """Tell whether the alignment left a word hardly any sound."""
    parts = _within(word.start_s, word.end_s, speech, bisect.bisect_right(ends, word.start_s))
    return max((b_s - a_s for a_s, b_s in parts), default=0.0) < LEAST_S


def _drawn_on(before: Said, word: Said, start_s: float, *, ends: Sequence[float]) -> Said:
    """Return the word before, up to the pause where the next one, begun in the same stretch, was moved past it."""
    at = bisect.bisect_right(ends, before.end_s)
    if at == len(ends) or not (_ends_phrase(before) or _lasts(before) < LEAST_S):
        return before
    if not before.end_s == word.start_s < ends[at] < start_s or ends[at] > word.start_s + LATE_S:
        return before
    return replace(before, end_s=min(ends[at], before.start_s + longest_s(before.text)))


def _nearest(word: Said, speech: Spans, after: int) -> tuple[float, float]:
    """Return the edge of the stretch of speech nearest to a word in silence."""
    if after < len(speech) and (not after or speech[after][0] - word.end_s <= word.start_s - speech[after - 1][1]):
        start_s, end_s = speech[after]
        return start_s, min(end_s, start_s + SHORTEST_S)
    start_s, end_s = speech[after - 1]
    return max(start_s, end_s - SHORTEST_S), end_s
