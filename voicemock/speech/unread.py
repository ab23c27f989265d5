"""Speech that got no words: passages the recogniser left out, reported or read again.

Whisper may skip a passage, or stop before the end. Its word times then hide that: the word beside the passage is drawn
out over all of it. So a word is given no more time than it can last, and what is left of the speech is unread.
"""

__all__ = ["UNREAD_S", "Gap", "Spans", "find_gaps", "longest_s", "tell", "uncovered"]

import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from voicemock.phrases import clock
from voicemock.speech.recognise import Said

Spans = Sequence[tuple[float, float]]
"""(start, end) in seconds."""

UNREAD_S = 1.0
"""This much speech without words is read again by itself. voicemock default, unvalidated."""

TOLD_S = 1.5
"""This much speech still without words is reported: less is a cough, a laugh, a word or two. voicemock default,
unvalidated."""

POOR_SHARE = 0.2
"""From this share of the speech on, the words are too few to judge an answer by. voicemock default, unvalidated."""

USUAL_S = 0.7
"""Few words last longer than this, and ``PER_LETTER_S`` for each letter. voicemock default, unvalidated."""

LONGEST_S = 1.0
"""No word lasts longer than this, and ``PER_LETTER_S`` for each letter: drawn-out vowels of hesitating speakers reach a
second. voicemock default, unvalidated."""

PER_LETTER_S = 0.08
"""How much longer a word lasts for each of its letters. voicemock default, unvalidated."""

SHORTEST_S = 0.04
"""If a word is shorter than this, or longer than words are, alignment is lost. voicemock default, unvalidated."""

MOST_LOST = 3
"""This many such words in a row are read again with the passage before them. voicemock default, unvalidated."""

MOST_AGAIN = 0.9
"""A passage that holds more of the speech is the piece again: reading it once more gives the same. voicemock default,
unvalidated."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch of speech to be read again, in seconds.

    first, last: the words from the first to before the last lie in it, where it cannot be told what was said when;
    else they are the same.
    """

    first: int
    last: int
    start_s: float
    end_s: float

    def holds(self, start_s: float, end_s: float) -> bool:
        """Tell whether the middle of something lies in it."""
        return self.start_s < (start_s + end_s) / 2 < self.end_s


def longest_s(text: str) -> float:
    """Return how long a word may last."""
    return LONGEST_S + PER_LETTER_S * sum(map(str.isalpha, text))


def find_gaps(words: Sequence[Said], speech: Spans) -> tuple[list[Said], list[Gap]]:
    """Return the words and the gaps between and after them that hold speech; those beside a gap end and begin there."""
    last_s = max(end for _, end in speech)
    short = [_shortened(word, speech, first=word is words[0]) for word in words]
    edges = [0.0, *(edge for word in short for edge in (word.start_s, word.end_s)), last_s]
    gaps: list[Gap] = []
    for i, (start_s, end_s) in enumerate(zip(edges[::2], edges[1::2], strict=True)):
        if _lasts(_within(speech, start_s, end_s)) >= UNREAD_S:
            gap = _widened(Gap(i, i, start_s, end_s), words, speech)
            shorter = _lasts(_within(speech, gap.start_s, gap.end_s)) <= MOST_AGAIN * _lasts(speech)
            if shorter and not (gaps and gap.start_s < gaps[-1].end_s):
                gaps.append(gap)
    beside = {i for gap in gaps for i in (gap.first - 1, gap.last)}
    return [short[i] if i in beside else word for i, word in enumerate(words)], gaps


def _widened(gap: Gap, words: Sequence[Said], speech: Spans) -> Gap:
    """Take in the words beside a gap that begins or ends in the middle of speech: alignment is lost around it."""
    first, last, start_s, end_s = gap.first, gap.last, gap.start_s, gap.end_s
    if first and _amid(speech, start_s) and _lost(words[first - 1]):
        first, start_s = first - 1, words[first - 1].start_s
    while last < min(len(words), gap.last + MOST_LOST) and _amid(speech, end_s) and _lost(words[last]):
        last, end_s = last + 1, max(end_s, words[last].end_s)
    return Gap(first, last, start_s, end_s)


def _amid(speech: Spans, at_s: float) -> bool:
    return any(start_s < at_s < end_s for start_s, end_s in speech)


def _lost(word: Said) -> bool:
    return not SHORTEST_S <= word.end_s - word.start_s <= _usual_s(word.text)


def _usual_s(text: str) -> float:
    return USUAL_S + PER_LETTER_S * sum(map(str.isalpha, text))


def uncovered(words: Iterable[tuple[float, float]], speech: Spans) -> list[tuple[float, float]]:
    """Return where speech has no words for long enough to be told.

    words: (start, end) of each, in order; speech: pauses left out.
    """
    last_s = speech[-1][1] if speech else 0.0
    found = []
    before_s, at = 0.0, 0
    for start_s, end_s in (*words, (last_s, last_s)):
        while at < len(speech) and speech[at][1] <= before_s:
            at += 1
        upto = bisect.bisect_left(speech, (start_s, start_s), lo=at)
        left = _within(speech[at:upto], before_s, start_s)
        if _lasts(left) >= TOLD_S:
            found.append((left[0][0], left[-1][1]))
        before_s = max(before_s, end_s)
    return found


def tell(unread: Spans, speech: Spans) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return notes and problems, in words for people: one of them tells what could not be read."""
    if not unread:
        return (), ()
    lasting = [_lasts(_within(speech, *place)) for place in unread]
    places = [
        f"{max(1, round(lasts))} s at {clock(start_s)}" for lasts, (start_s, _) in zip(lasting, unread, strict=True)
    ]
    said = " and ".join(filter(None, [", ".join(places[:-1]), places[-1]]))
    if sum(lasting) >= POOR_SHARE * _lasts(speech):
        return (), (f"what was said for {said} could not be made out and is missing from the words",)
    return (f"What was said for {said} could not be made out and is missing from the words.",), ()


def _shortened(word: Said, speech: Spans, *, first: bool) -> Said:
    """Cut a word off if it is longer than words are.

    Alignment gives what lies between two words to the one before it, and what lies before the first word to that.
    """
    most_s = _usual_s(word.text)
    spoken = _within(speech, word.start_s, word.end_s)
    if not spoken or word.end_s - word.start_s <= most_s:
        return word
    if first:
        start_s, end_s = spoken[-1]
        return replace(word, start_s=max(start_s, end_s - most_s), end_s=end_s)
    start_s, end_s = spoken[0]
    return replace(word, start_s=start_s, end_s=min(end_s, start_s + most_s))


def _within(speech: Spans, start_s: float, end_s: float) -> list[tuple[float, float]]:
    """Return the parts of the speech between two times."""
    return [(max(a, start_s), min(b, end_s)) for a, b in speech if a < end_s and b > start_s]


def _lasts(spans: Spans) -> float:
    return sum(end_s - start_s for start_s, end_s in spans)
