"""Whether two tellings are of one story, and whether one count was told in two ways."""

__all__ = ["FEWEST", "SAME_STORY", "by_noun", "differ", "same_story", "telling"]

from collections import defaultdict
from collections.abc import Sequence

from voicemock.reading.amounts import Amount

SAME_STORY = 0.45
"""Share of telling words two tellings of one story have in common. Of 3,371 pairs of different answers to one question
among the labelled answers of this project, one reaches it; how many true retellings do was not measured."""
TELLING, FEWEST = 6, 8
"""Letters in a telling word, and the fewest such words a story has (voicemock defaults, unvalidated)."""
ROUGHLY = 1.25
"""Numbers no further apart than this agree if either was "about" so many (voicemock default, unvalidated)."""


def by_noun(amounts: Sequence[Amount]) -> dict[str, Amount]:
    """Return the counts of an answer; of a noun with two different numbers, which is meant cannot be told."""
    found: dict[str, Amount] = {}
    values = defaultdict(set)
    for amount in amounts:
        values[amount.noun].add(amount.value)
        found.setdefault(amount.noun, amount)
    return {noun: amount for noun, amount in found.items() if len(values[noun]) == 1}


def differ(was: Amount, now: Amount) -> bool:
    """Return whether one count was surely told in two ways: the same words stand beside both."""
    if was.value == now.value or was.kind is not now.kind or not set(was.beside) & set(now.beside):
        return False
    smaller, larger = sorted((was.value, now.value))
    return not (was.rough or now.rough) or larger > ROUGHLY * smaller


def same_story(one: frozenset[str], other: frozenset[str]) -> bool:
    """Return whether two tellings, by their telling words, are of one story."""
    fewer = min(len(one), len(other))
    return fewer >= FEWEST and len(one & other) >= SAME_STORY * fewer


def telling(said: str) -> frozenset[str]:
    """Return the telling words of what was said, in lower case."""
    return frozenset(word for word in said.split() if len(word) >= TELLING and word.isalpha())
