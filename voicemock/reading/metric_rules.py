"""What reviewed rules say about a quantity; the fit of the learned part starts from their verdicts.

The rules are asked in order, and the first that has something to say is heard: what is surely no metric first, then
units, then what stands around the number.
"""

__all__ = ["verdict_on"]

import dataclasses
from collections.abc import Callable

from voicemock.reading.fillers import HESITATIONS
from voicemock.reading.metric_words import (
    AROUND,
    COMPARED,
    DURATIONS,
    LEFT,
    MORE,
    NUMBERED,
    RATES,
    TIMES_OF_DAY,
    TRIED_ON,
    WHEN_AFTER,
    WHEN_BEFORE,
)
from voicemock.reading.numbers import Quantity
from voicemock.reading.text import Passage

_BEFORE, _AFTER = 6, 4
"""How many words on either side the rules look at."""


@dataclasses.dataclass(frozen=True, slots=True)
class _Seen:
    """What the rules see of a quantity.

    word: the number itself. value: the last of its numbers. before, after: the words beside it; last and following the
    nearest of them, empty if there is none. next: the word right after it. closed: a comma or a full stop follows.
    """

    spoken: Passage
    quantity: Quantity
    kind: str
    word: str
    unit: str
    value: float
    is_range: bool
    before: list[str]
    after: list[str]
    last: str
    following: str
    next: str
    inside: set[str]
    closed: bool

    @property
    def lasts(self) -> bool:
        return self.kind in DURATIONS

    @property
    def near(self) -> set[str]:
        return {*self.before, *self.after}

    @property
    def falls(self) -> bool:
        return not AROUND["falls"].isdisjoint(self.before)


def verdict_on(spoken: Passage, quantity: Quantity, kind: str) -> str:
    """Return what the rules say: yes, likely, open, unlikely or no. kind: of what is counted."""
    seen = _see(spoken, quantity, kind)
    return next(verdict for rule in _RULES if (verdict := rule(seen)))


def _see(spoken: Passage, quantity: Quantity, kind: str) -> _Seen:
    first, end = quantity.first, quantity.end
    before = [w for w in map(spoken.word, range(first - _BEFORE, first)) if w not in HESITATIONS]
    after = [w for w in map(spoken.word, range(end, end + _AFTER)) if w not in HESITATIONS]
    last_token = spoken.tokens[end - 1]
    return _Seen(
        spoken=spoken,
        quantity=quantity,
        kind=kind,
        word=spoken.word(quantity.head),
        unit=quantity.unit,
        value=quantity.values[-1],
        is_range=len(quantity.values) > 1,
        before=before,
        after=after,
        last=before[-1] if before else "",
        following=after[0] if after else "",
        next=spoken.word(end),
        inside=set(map(spoken.word, range(first, end))),
        closed="," in last_token.after or last_token.closes,
    )


def _a_name_or_a_date(seen: _Seen) -> str | None:
    """Such as "in 2018", "version 12", "at 7 o'clock", "two years ago", "the first 3 weeks"."""
    if seen.kind in ("none", "other") and any(1900 <= v <= 2099 for v in seen.quantity.values) and "," not in seen.word:
        return "no"
    if seen.kind == "none":
        numbered = seen.last in NUMBERED and seen.quantity.first == seen.quantity.head
        if numbered or seen.following in ("o'clock", "am", "pm"):
            return "no"
    if seen.unit in ("past", "oh"):
        return "no"
    if seen.lasts and seen.following in WHEN_AFTER and not seen.closed:
        return "no"
    if seen.lasts and (seen.last in WHEN_BEFORE or seen.spoken.word(seen.quantity.head - 1) in WHEN_BEFORE):
        return "no"
    return None


def _one_or_a_part(seen: _Seen) -> str | None:
    """Such as "one person left", "six of his last seven tickets", "all but two"."""
    if seen.value == 1 and not seen.is_range and seen.kind in ("none", "other", "items", "staff"):
        who_left = seen.word == "one" and seen.near & LEFT and seen.unit in ("person", "people", "of")
        return "likely" if who_left else "no"
    if seen.is_range and "of" in seen.inside | {seen.unit}:
        return "yes"
    return "yes" if seen.before[-2:] == ["all", "but"] else None


def _a_schedule(seen: _Seen) -> str | None:
    """Such as "at 15 minutes", "three times a week", "two years later", "for 12 years", "every 2 weeks"."""
    if seen.kind in ("minutes", "days") and seen.value <= 24 and seen.last in ("at", "until") and not seen.after:
        return "no"
    last_word = seen.spoken.word(seen.quantity.end - 1)
    if seen.kind == "times" and last_word in ("week", "day", "month", "year", "quarter"):
        return "no"
    if seen.unit in ("years", "year") and seen.following in ("later", "after"):
        return "no"
    if seen.lasts and seen.next.isdigit() and seen.last in ("at", "to", "until", "from"):
        return "no"
    if seen.unit == "years" and seen.value >= 5 and not seen.is_range and seen.following not in MORE:
        return "no"
    if seen.lasts and {"every", "each"} & {seen.last, seen.following, *seen.after[:2]}:
        return "unlikely"
    return None


def _a_telling_unit(seen: _Seen) -> str | None:
    """Such as "3x", "40 percent", "4 million pounds", "80 gigabytes"."""
    if seen.kind == "times":
        telling = seen.unit in ("x", "fold", "nines") or seen.following in COMPARED or "a" in seen.inside
        return "yes" if telling else "unlikely"
    if seen.kind == "money" and seen.value == 1:
        return "unlikely"
    if seen.kind == "percent" and not seen.is_range and TRIED_ON & set(seen.before) and not MORE & seen.near:
        return "no"  # "we tried it on one percent of the traffic": a step, not what came of it
    return "yes" if seen.kind in ("percent", "money", "data") else None


def _compared(seen: _Seen) -> str | None:
    """Such as "twice as", "four months late", "from 51 minutes to 8", "by two thirds", "31,000 employees"."""
    if seen.word in ("twice", "double") and seen.following == "as":
        return "yes"
    if "more" in (seen.unit, *seen.inside) and seen.kind not in ("seconds", "minutes"):
        return "open"
    if MORE & {seen.following, seen.unit, *seen.after[:2], *seen.inside} and not seen.closed:
        return "yes"
    if seen.is_range and seen.inside & {"to", "in"} and seen.kind != "staff":
        small = seen.kind == "none" and max(seen.quantity.values) <= 24 and not seen.falls
        return "unlikely" if small else "yes"
    if seen.value < 1 and "by" in seen.inside and seen.falls:
        return "yes"
    if seen.value < 1 and seen.unit == "of":
        return "likely"
    if seen.value >= 1000:
        return "yes" if seen.kind != "items" else "open"
    return None


def _a_rate_or_a_wait(seen: _Seen) -> str | None:
    """Such as "800 a second", "three nights a week", "we waited 40 minutes", "two engineers left", "down to 30"."""
    if any(seen.spoken.word(i) in RATES for i in range(seen.quantity.head + 1, seen.quantity.end)):
        if seen.unit in TIMES_OF_DAY or seen.kind == "times":
            return "unlikely"
        return "open" if seen.lasts else "likely"
    if seen.lasts and AROUND["waits"] & seen.near:
        return "likely"
    if seen.near & LEFT and seen.kind == "staff" and seen.value < 20:
        return "likely"
    moved = seen.falls or seen.last in ("to", "by", "at")
    if moved and seen.kind not in ("staff", "items") and (seen.kind != "none" or seen.value > 12 or seen.value < 1):
        return "likely"
    if seen.word in ("zero", "doubled", "halved", "tripled") and seen.last not in ("day", "level", "version"):
        return "likely"
    return "likely" if seen.value >= 100 and seen.kind != "items" else None


def _else(seen: _Seen) -> str:
    """By what is counted alone."""
    if seen.kind in ("staff", "items"):
        return "unlikely"
    if seen.lasts:
        return {"seconds": "likely", "minutes": "open"}.get(seen.kind, "unlikely")
    return "unlikely" if seen.kind == "none" and seen.value <= 31 else "open"


_RULES: tuple[Callable[[_Seen], str | None], ...] = (
    _a_name_or_a_date,
    _one_or_a_part,
    _a_schedule,
    _a_telling_unit,
    _compared,
    _a_rate_or_a_wait,
    _else,
)
