"""Metrics: quantities that measure an outcome, the scale or the stakes.

Every quantity is a candidate; the encoder, which sees what stands around it, decides. "In 52 minutes" after "came
back" is an outcome, "in 2 weeks" after "we met" a schedule. So is a quantity without a number: "it ran for months".
"""

__all__ = ["find_metrics"]

from collections.abc import Iterator

from voicemock.reading.encoder import SPANS, Encoded, load_bars
from voicemock.reading.number_kinds import is_year
from voicemock.reading.number_values import is_number
from voicemock.reading.numbers import Quantity, find_quantities
from voicemock.reading.text import Passage, word_set

_VAGUE_BAR = 0.5
"""In log odds: without a number more is asked for. Best on real answers held out, docs/reading.md."""
_PERIODS = word_set("second minute hour day night week weekend month quarter year decade sprint")
_BYTES = word_set("byte kilobyte megabyte gigabyte terabyte petabyte")
_UNITS = _PERIODS | _BYTES | word_set("dollar euro pound")
_UNITS_OF_MANY = frozenset(f"{unit}s" for unit in _UNITS)
_SIZES = word_set("hundred thousand million billion dozen")
_SIZES_OF_MANY = word_set("hundreds thousands millions billions dozens tens")
_CLOCK = word_set("am pm o'clock oclock")
_SEVERAL = word_set("several multiple few many")


def find_metrics(spoken: Passage, found: Encoded) -> list[tuple[int, int]]:
    """Return the quantities that are metrics as (first, end) token indices, in order."""
    odds, bar = found.spans[:, SPANS.index("metric")], load_bars().spans["metric"]
    quantities = find_quantities(spoken)
    taken = {at for q in quantities for at in range(q.first, q.end)}
    exact = [(q.first, q.end) for q in quantities if odds[q.first : q.end].max() >= bar and not _only_names(q, spoken)]
    vague = [(a, b) for a, b in _vague(spoken) if taken.isdisjoint(range(a, b)) and odds[a:b].max() >= _VAGUE_BAR]
    return sorted(exact + vague)


def _only_names(quantity: Quantity, spoken: Passage) -> bool:
    """Whether it is a year, a time of day, or the "one" in "a third of the one before"."""
    first, end = quantity.first, quantity.end
    beside = [spoken.word(i) for i in (end - 1, end, end + 1)]
    if not _CLOCK.isdisjoint((*beside[:2], "".join(beside[:2]), "".join(beside[1:]))):  # "4 pm", "4 p.m."
        return True
    if "past" in (quantity.unit, beside[1]) or (spoken.word(first) == "past" and _is_counted(spoken.word(first - 1))):
        return True  # "half past nine"
    return (end - first == 1 and spoken.word(first) == "one") or (not quantity.unit and is_year(quantity, spoken))


def _is_counted(word: str) -> bool:
    return is_number(word) or word in ("half", "quarter")


def _vague(spoken: Passage) -> Iterator[tuple[int, int]]:
    """Yield quantities without a number: "several hundred thousand dollars", "a minute", "millions", "weeks"."""
    at = 0
    while at < len(spoken.tokens):
        end = _end_of_vague(spoken, at)
        if end > at:
            yield at, end
        at = max(end, at + 1)


def _end_of_vague(spoken: Passage, at: int) -> int:
    """Return where a quantity without a number ends that begins here, here if none does."""
    word, end = spoken.word(at), at + 1
    if word in _UNITS_OF_MANY or word in _SIZES_OF_MANY:
        return end
    if word in ("a", "an") and spoken.word(end) in _UNITS | _SIZES:
        return end + 1
    if word in ("a", "an") and spoken.word(end) in ("few", "couple"):
        end += 1
    elif word not in _SEVERAL:
        return at
    begin = end
    while spoken.word(end) in _SIZES | {"of"}:
        end += 1
    if spoken.word(end) == "times" and spoken.word(end + 1) in ("a", "per") and spoken.word(end + 2) in _PERIODS:
        return end + 3
    end += spoken.word(end) in _UNITS_OF_MANY
    return end if end > begin else at
