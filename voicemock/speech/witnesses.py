"""Weigh what the recogniser and the sound say about each hesitation, and put it in its place.

Either witness errs alone: primed Whisper hears hesitations it expects, the probe takes a drawn-out "the" for
one. If both point at the same place, the filled pause is confirmed and takes its times from the sound;
if one is sure by itself, it is possible.
"""

__all__ = ["settle"]

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from voicemock.audio.arrays import Levels
from voicemock.schema import Certainty
from voicemock.speech.probe import Event
from voicemock.speech.recognise import Said
from voicemock.speech.sounds import loudest_run
from voicemock.speech.verbatim import Extra

# The next seven were chosen on the training clips of docs/hearing.md, ALONE_SOUNDS on its synthetic ones; results
# hardly move with the others.
WRITTEN = 0.2
"""A filled pause is confirmed if the reading gives it at least this, and the sound ``SOUNDS``."""

SOUNDS = 0.8
"""A filled pause is confirmed if the sound gives it at least this, and the reading ``WRITTEN``."""

TOGETHER = 1.3
"""It is possible if the two add up to this."""

FAINTLY_WRITTEN = 0.1
"""It is possible from here on if the sound is clear: ``CLEARLY_SOUNDS``."""

CLEARLY_SOUNDS = 0.9
"""It is possible from here on if it is at least faintly written: ``FAINTLY_WRITTEN``."""

ALONE_SOUNDS = 0.95
"""A sound this clear is possible by itself, because the primed reading may have lost the passage."""

LONGEST_ALONE_S = 1.5
"""A longer sound is not possible by itself: it is hum or music."""

SURELY_WRITTEN = 0.95
"""A reading this sure is possible without a sound: the probe misses soft and unusual ones. On 9.8 minutes of read
speech none was that sure."""

IN_A_ROW = 0.5
"""Hesitations in a row count as several if the reading wrote each: below this it wrote another word."""

# A sound that lies mostly in a word the plain reading is sure of, and leaves no room for the word's other sounds, is
# that word drawn out ("our", "all", "the"), unless the primed reading wrote a hesitation beside it: then it is
# possible. Chosen on synthetic accents (docs/hearing.md).
SURE_WORD = 0.5
"""How probable a word must be for the sound to be the word's."""

ROOM_S = 0.3
"""A word that has no more than this left besides the sound is that sound."""

MOSTLY = 0.8
"""This much of the sound must be inside the word."""

ALONE_WRITTEN = 0.5
"""What Whisper's word alone must reach if there is no probe for its model."""

REACH_S = 0.2
"""Whisper's word times err by this much: a sound this far past the next word may still come before it."""

SHORTEST_S = 0.05
"""What is left of a sound once the words around it have their time must last."""

USUAL_S = 0.4
"""Um and uh last about this long (Clark & Fox Tree 2002): used if the sound gives no times."""


def settle(
    words: Sequence[Said], extras: Sequence[Extra], events: Sequence[Event] | None, levels_db: Levels | None = None
) -> list[Said]:
    """Return the words with what else was said between them, in order, each with its time.

    words: the plain reading, without hesitations. extras: what was heard between them. events: the filled
    pauses in the sound, None if no probe knows the model. levels_db: of every 20 ms, to place what has no event.
    """
    pauses = [extra for extra in extras if extra.hesitation is not None]
    events = _parted(words, pauses, events) if events is not None else None
    pairs = _pair(words, pauses, events or ())
    placed: list[tuple[int, Said]] = []
    unheard: set[int] = set()
    for i, extra in enumerate(pauses):
        event, written = pairs.get(i), extra.hesitation or 0.0
        if extra.instead and events is not None and (event is None or _drawn_out(words, event)):
            continue
        certainty = _certainty(written, event.strength if event else 0.0, events is not None)
        if certainty is Certainty.CONFIRMED and event and _drawn_out(words, event):
            certainty = Certainty.POSSIBLE
        if certainty is None or (event is None and events is not None and extra.gap in unheard):
            continue
        if event is None:
            start_s, end_s = _sounding(words, extra.gap, levels_db)
            unheard.add(extra.gap)
        else:
            start_s, end_s = _when(words, extra.gap, event)
        if end_s - start_s >= SHORTEST_S:
            placed.append((extra.gap, Said(extra.text, start_s, end_s, written, certainty)))
    for event in events or ():
        if event not in pairs.values() and _stands_alone(words, event):
            gap = _gap(words, event, {pair: pauses[i].gap for i, pair in pairs.items()})
            start_s, end_s = _when(words, gap, event)
            if end_s - start_s >= SHORTEST_S:
                placed.append((gap, Said("uh", start_s, end_s, 0.0, Certainty.POSSIBLE)))
    for extra in extras:
        if extra.hesitation is None:
            start_s, end_s = _before(words, extra.gap)
            placed.append((extra.gap, Said(extra.text, end_s, end_s, 0.0)))
    return _woven(words, sorted(placed, key=lambda item: (item[0], item[1].start_s)))


def _gap(words: Sequence[Said], event: Event, gaps: Mapping[Event, int]) -> int:
    """Return how many words come before a sound, in order with the sounds of which that is known."""
    gap = sum(word.start_s + word.end_s < event.start_s + event.end_s for word in words)
    gap = max([gap, *(known for other, known in gaps.items() if other.start_s < event.start_s)])
    return min([gap, *(known for other, known in gaps.items() if other.start_s > event.start_s)])


def _stands_alone(words: Sequence[Said], event: Event) -> bool:
    """Tell whether a sound is clear enough without the reading."""
    clear = event.strength >= ALONE_SOUNDS and event.end_s - event.start_s <= LONGEST_ALONE_S
    return clear and not _drawn_out(words, event)


def _drawn_out(words: Sequence[Said], event: Event) -> bool:
    """Tell whether a sound is the held vowel of a word."""
    lasts_s = event.end_s - event.start_s
    for word in words:
        within_s = min(word.end_s, event.end_s) - max(word.start_s, event.start_s)
        if within_s >= MOSTLY * lasts_s and word.probability >= SURE_WORD:
            return word.end_s - word.start_s - within_s <= ROOM_S
    return False


def _parted(words: Sequence[Said], pauses: Sequence[Extra], events: Sequence[Event]) -> list[Event]:
    """Split sounds at their dips if the reading wrote more hesitations in a row than there are sounds."""
    found: list[Event] = []
    for event in events:
        gaps = [
            [extra for extra in pauses if extra.gap == gap and (extra.hesitation or 0.0) >= IN_A_ROW]
            for gap in sorted({extra.gap for extra in pauses if _fits(words, extra.gap, event)})
        ]
        most = max(gaps, key=len, default=[])
        beside = sum(_fits(words, most[0].gap, other) for other in events if other is not event) if most else 0
        written = len(most) - beside
        parts = max(written, 1 + event.deep) if written > 1 else 1
        cuts = sorted(event.dips[: parts - 1])
        edges = [event.start_s, *cuts, event.end_s]
        found += [replace(event, start_s=start_s, end_s=end_s, dips=(), deep=0) for start_s, end_s in pairwise(edges)]
    return found


def _certainty(written: float, sounds: float, probed: bool) -> Certainty | None:
    """Return what the two witnesses, each from 0 to 1, amount to; None if they do not suffice."""
    if not probed:
        return Certainty.POSSIBLE if written >= ALONE_WRITTEN else None
    if written >= WRITTEN and sounds >= SOUNDS:
        return Certainty.CONFIRMED
    faint = written >= FAINTLY_WRITTEN and sounds >= CLEARLY_SOUNDS
    enough = faint or written >= SURELY_WRITTEN or written + sounds >= TOGETHER
    return Certainty.POSSIBLE if enough else None


def _pair(words: Sequence[Said], pauses: Sequence[Extra], events: Sequence[Event]) -> dict[int, Event]:
    """Give each written hesitation the sound that is it: in the order they were said, the clearest together."""
    best: dict[tuple[int, int], tuple[float, dict[int, Event]]] = {}
    none: tuple[float, dict[int, Event]] = (0.0, {})
    for i, extra in enumerate(pauses):
        for j, event in enumerate(events):
            # Of the first hesitations and the first sounds, the best without the last of either, and with both.
            options = [best.get((i - 1, j), none), best.get((i, j - 1), none)]
            if _fits(words, extra.gap, event):
                score, pairs = best.get((i - 1, j - 1), none)
                options.append((score + (extra.hesitation or 0.0) * event.strength, {**pairs, i: event}))
            best[i, j] = max(options, key=lambda option: option[0])
    return best.get((len(pauses) - 1, len(events) - 1), none)[1]


def _fits(words: Sequence[Said], gap: int, event: Event) -> bool:
    """Tell whether a sound lies between two words.

    Whisper leaves no room between words: the one before or the one after was given the time of the pause.
    """
    middle = (event.start_s + event.end_s) / 2
    after_start = gap == 0 or middle >= words[gap - 1].start_s
    return after_start and (gap == len(words) or middle <= words[gap].end_s + REACH_S)


def _when(words: Sequence[Said], gap: int, event: Event) -> tuple[float, float]:
    """Return the times of a sound, cut off where the next word has ended."""
    if gap == len(words):
        return event.start_s, event.end_s
    return min(event.start_s, words[gap].end_s), min(event.end_s, words[gap].end_s)


def _before(words: Sequence[Said], gap: int) -> tuple[float, float]:
    """Return a likely time for a hesitation of which only the place is known."""
    if gap == len(words):
        last_s = words[-1].end_s if words else 0.0
        return last_s, last_s + USUAL_S
    end_s = words[gap].start_s
    before_s = (words[gap - 1].start_s + words[gap - 1].end_s) / 2 if gap else 0.0
    return max(before_s, end_s - USUAL_S), end_s


def _sounding(words: Sequence[Said], gap: int, levels_db: Levels | None) -> tuple[float, float]:
    """Return where something sounds between two words that may be a hesitation.

    Alignment leaves no room for one before the first word and after the last: there it is looked for in that word.
    """
    start_s, end_s = _before(words, gap)
    if levels_db is None:
        return start_s, end_s
    start_s, end_s = loudest_run(start_s, end_s, levels_db)
    if end_s - start_s >= SHORTEST_S or not words or 0 < gap < len(words):
        return start_s, end_s
    word = words[-1] if gap else words[0]
    middle_s = (word.start_s + word.end_s) / 2
    return loudest_run(*((middle_s, word.end_s) if gap else (word.start_s, middle_s)), levels_db)


def _woven(words: Sequence[Said], placed: Sequence[tuple[int, Said]]) -> list[Said]:
    """Put everything in the order it was said; plain words make room for what was found next to them."""
    woven: list[Said] = []
    waiting = list(placed)
    for gap in range(len(words) + 1):
        while waiting and waiting[0][0] == gap:
            found = waiting.pop(0)[1]
            if woven:
                last = woven[-1]
                start_s = max(found.start_s, last.start_s)
                found = replace(found, start_s=start_s, end_s=max(start_s, found.end_s))
                woven[-1] = replace(last, end_s=min(last.end_s, start_s))
            woven.append(found)
        if gap < len(words):
            word = words[gap]
            if woven and woven[-1].certainty is not None:
                start_s = max(word.start_s, woven[-1].end_s)
                word = replace(word, start_s=start_s, end_s=max(start_s, word.end_s))
            woven.append(word)
    return woven
