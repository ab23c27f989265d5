"""Metrics: quantities that measure an outcome, the scale or the stakes.

Every quantity is a candidate; what stands around it decides. "In 52 minutes" after "came back" is
an outcome, "in 2 weeks" after "we met" a schedule.
"""

__all__ = ["find_metrics", "quantity_features", "sentence_of"]

import re
from collections.abc import Iterator, Sequence

from voicemock.reading.fillers import HESITATIONS
from voicemock.reading.learned import load_weights
from voicemock.reading.metric_rules import verdict_on
from voicemock.reading.metric_words import (
    AGED,
    AROUND,
    BACK_THEN,
    CLOCK_BEFORE,
    DURATIONS,
    HAS_AGE,
    IS,
    NOW,
    PERSONS,
    RATES,
    UNITS,
)
from voicemock.reading.numbers import Quantity, find_quantities
from voicemock.reading.text import Passage

# Log odds; tuned with the writer held out. A number that is not a metric is soon taken for one in a long answer, so
# one must be sure before any other counts.
_SURE, _LIKELY = 0.6, -0.5
_YEAR = re.compile(r"(?:19|20)\d\d")
_PUNCTUATED = re.compile(r"\d+[:.]\d\d")
_CLAUSE = 9
_BESIDE = 7
_SIBLING = 30  # tokens


def find_metrics(spoken: Passage) -> list[Quantity]:
    """Return the quantities that are metrics, in order."""
    weights = load_weights("metric")
    inside = sentence_of(spoken)
    found = find_quantities(spoken)
    scores = [weights.score(quantity_features(spoken, found, i, inside[q.head])) for i, q in enumerate(found)]
    if max(scores, default=_LIKELY) < _SURE:
        return []
    return [quantity for quantity, score in zip(found, scores, strict=True) if score >= _LIKELY]


def sentence_of(spoken: Passage) -> dict[int, tuple[int, int]]:
    """Return each token's sentence."""
    return {i: span for span in spoken.sentences for i in range(*span)}


def quantity_features(
    spoken: Passage, quantities: Sequence[Quantity], index: int, sentence: tuple[int, int]
) -> Iterator[str]:
    """Yield what can be seen of one of an answer's quantities: its form, its unit, what stands around it."""
    quantity = quantities[index]
    word = spoken.word(quantity.head)
    before = [w for w in (spoken.word(i) for i in range(quantity.first - 4, quantity.first)) if w not in HESITATIONS]
    after = [w for w in (spoken.word(i) for i in range(quantity.end, quantity.end + 3)) if w not in HESITATIONS]
    unit, value = quantity.unit, quantity.values[-1]
    kind = _kind(spoken, quantity)
    yield f"unit:{kind}"
    if kind in ("none", "other"):
        yield f"unit={unit}"
    yield from _form(spoken, quantity, word, kind, value)
    verdict = verdict_on(spoken, quantity, kind)
    yield f"rule:{verdict}"
    if verdict in ("likely", "open", "unlikely"):
        yield f"rule:{verdict} {kind}"
    if before:
        yield f"before={before[-1]}"
        yield f"{kind} before={before[-1]}"
    if after:
        yield f"after={after[0]}"
        yield f"{kind} after={after[0]}"
    first, end = max(sentence[0], quantity.first - _CLAUSE), min(sentence[1], quantity.end + _CLAUSE)
    near = {spoken.word(i) for i in (*range(first, quantity.first), *range(quantity.end, end))}
    yield from (f"word:{w}" for w in near if w not in HESITATIONS)
    within = (spoken.word(i) for i in range(quantity.first, quantity.end))
    yield from (f"word:within {w}" for w in within if not w[:1].isdigit())
    for name, listed in AROUND.items():
        if not listed.isdisjoint(near):
            yield f"near:{name}"
            yield f"{kind} near:{name}"
        if not listed.isdisjoint(before) or not listed.isdisjoint(after):
            yield f"next:{name}"
    yield from _said_of(spoken, quantity, kind)
    for step, name in ((-1, "before"), (1, "after")):
        if 0 <= index + step < len(quantities):
            yield from _sibling(spoken, quantity, quantities[index + step], kind, name)


def _kind(spoken: Passage, quantity: Quantity) -> str:
    """Return what is counted: a kind of unit, "other" for any other word, "none" if none follows."""
    word = spoken.word(quantity.head)
    kind = UNITS.get(quantity.unit) or ("money" if word[0] in "$£€" else "percent" if word.endswith("%") else "")
    return kind or ("other" if quantity.unit else "none")


def _said_of(spoken: Passage, quantity: Quantity, kind: str) -> Iterator[str]:
    """Yield what the clause says about a quantity: that it holds now, held then, or is somebody's age."""
    beside = {spoken.word(i) for i in range(max(0, quantity.first - _BESIDE), quantity.end + _BESIDE)}
    if beside & NOW:
        yield "near:now"
        yield f"{kind} near:now"
    if beside & BACK_THEN:
        yield "near:back then"
    if spoken.word(quantity.first - 1) in IS:
        yield "is"
        yield f"{kind} is"
    if kind == "none":
        if spoken.tokens[quantity.end - 1].closes:
            yield "ends the sentence"
        *earlier, last = (spoken.word(i) for i in range(quantity.head - 3, quantity.head))
        aged = last in HAS_AGE or (last in AGED and not PERSONS.isdisjoint(earlier))
        if aged and 14 <= quantity.values[-1] <= 90:
            yield "age"


def _sibling(spoken: Passage, quantity: Quantity, other: Quantity, kind: str, place: str) -> Iterator[str]:
    """Yield how a quantity goes with the one before or after it: "it was ninety minutes. Now it is twelve"."""
    if max(quantity.first, other.first) - min(quantity.end, other.end) > _SIBLING:
        return
    theirs = _kind(spoken, other)
    both_last = {kind, theirs} <= set(DURATIONS)
    same = both_last or (kind == theirs and kind not in ("none", "other")) or (quantity.unit == other.unit != "")
    if same:
        yield "sibling"
    yield f"sibling {place}:{'same' if same else 'none' if kind == 'none' else 'different'}"
    if kind == "none":
        yield f"sibling {place}:{theirs}, none"


def _form(spoken: Passage, quantity: Quantity, word: str, kind: str, value: float) -> Iterator[str]:
    if len(quantity.values) > 1:
        yield "range"
    if spoken.word(quantity.first) == "from" or "to" in {spoken.word(i) for i in range(quantity.head, quantity.end)}:
        yield "from to"
    hedged = quantity.first < quantity.head
    if hedged:
        yield "hedged"
        yield f"hedge={spoken.word(quantity.head - 1)}"
    if _YEAR.fullmatch(word) and kind == "none":
        yield "year"
    if _PUNCTUATED.fullmatch(word) and kind == "none":
        yield "version or clock"
    if kind == "none" and value <= 12 and spoken.word(quantity.first - 1) in CLOCK_BEFORE:
        yield "clock"
    yield "digits" if word[-1:].isdigit() or word[:1].isdigit() else "words"
    yield _size(value)
    if not value.is_integer() and value > 1:
        yield "decimal"
    if any(spoken.word(i) in RATES for i in range(quantity.head + 1, quantity.end)):
        yield "rate"
        yield f"{kind} rate"


def _size(value: float) -> str:
    if value >= 100:
        return "big" if value >= 1000 else "hundreds"
    if value > 12:
        return "tens"
    return "part" if value < 1 else "small"
