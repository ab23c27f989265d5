"""The words around a number, within its sentence."""

__all__ = ["BEHIND", "clause_before", "nearest", "words_after", "words_before", "words_beside"]

import itertools
from collections.abc import Mapping, Sequence

from voicemock.reading.numbers import Quantity
from voicemock.reading.text import Passage
from voicemock.schema import NumberKind

_AHEAD, BEHIND = 4, 7
"""Words looked at after a number and before it (voicemock default, unvalidated)."""


def nearest(
    before: Sequence[str], behind: Sequence[str], cues: Mapping[NumberKind, frozenset[str]]
) -> NumberKind | None:
    """Return the kind whose word stands nearest to a number; of two as near, the one before it."""
    for pair in itertools.zip_longest(before, behind):
        for word in pair:
            for kind, known in cues.items():
                if word in known:
                    return kind
    return None


def words_beside(quantity: Quantity, spoken: Passage) -> list[str]:
    """Return the words before a quantity and those after it."""
    return words_before(quantity, spoken) + words_after(quantity, spoken)


def words_before(quantity: Quantity, spoken: Passage) -> list[str]:
    """Return the words before a quantity, the nearest first."""
    return [spoken.word(i) for i in _places_before(quantity, spoken)]


def words_after(quantity: Quantity, spoken: Passage) -> list[str]:
    """Return the words after a quantity; what follows a comma or a dash is about something else."""
    found: list[str] = []
    i = quantity.end
    while i < len(spoken.tokens) and len(found) < _AHEAD and not _breaks(spoken, i):
        found.append(spoken.word(i))
        i += 1
    return found


def clause_before(quantity: Quantity, spoken: Passage) -> list[str]:
    """Return the words before a quantity without a comma between, the nearest first."""
    places = _places_before(quantity, spoken)
    cut = next((n for n, i in enumerate(places) if _breaks(spoken, i + 1)), len(places))
    return [spoken.word(i) for i in places[:cut]]


def _breaks(spoken: Passage, i: int) -> bool:
    """Whether a comma, a dash or the like stands before a token; a hyphen is none."""
    before = spoken.tokens[i].before
    return bool(before.strip("-")) or (bool(before) and spoken.tokens[i].start - spoken.tokens[i - 1].end > 1)


def _places_before(quantity: Quantity, spoken: Passage) -> list[int]:
    """Return the places of the words before a quantity, the nearest first, to the sentence's beginning at most."""
    found: list[int] = []
    i = quantity.first
    while i > 0 and len(found) < BEHIND and not spoken.tokens[i].opens:
        i -= 1
        found.append(i)
    return found
