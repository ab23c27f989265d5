"""What a number is a number of: users, a rate, speed, errors, uptime, money, people or time.

The unit decides where there is one; of a bare number ("from 900 to 200") and of a percentage, the nearest telling word
of the sentence does. A percentage of speed, errors or uptime is of that kind, any other one a rate.
"""

__all__ = ["NumberKind", "kind_of"]

import enum
import itertools
import re
from collections.abc import Iterable, Mapping

from voicemock.reading.numbers import Quantity, is_number
from voicemock.reading.text import Passage, word_set


class NumberKind(enum.StrEnum):
    """What a number measures; a rate is a share of something, or so much of something in a time."""

    USERS = "users"
    RATE = "rate"
    LATENCY = "latency"
    ERRORS = "errors"
    AVAILABILITY = "availability"
    MONEY = "money"
    PEOPLE = "people"
    TIME = "time"
    OTHER = "other"


_SUFFIX = re.compile(r"\d([a-z]+|%)$")
_YEAR = re.compile(r"(?:19|20)\d\d")
_MONEY = word_set(
    "$ £ € dollar dollars buck bucks pound pounds quid euro euros cent cents rand rupee rupees yen franc francs usd eur"
    " gbp grand"
)
_SHARE = word_set("% percent percentage")
_SHORT = word_set("ms millis millisecond milliseconds microsecond microseconds")
_SECONDS = word_set("s sec secs second seconds")
_LONGER = word_set(
    "min mins minute minutes h hr hrs hour hours day days night nights week weeks weekend weekends month months quarter"
    " quarters year years sprint sprints decade decades"
)
_THROUGHPUT = word_set("qps rps tps")
_ERRORS = word_set(
    "error errors failure failures bug bugs defect defects crash crashes exception exceptions timeout timeouts incident"
    " incidents outage outages regression regressions"
)
_USERS = word_set(
    "user users customer customers client clients subscriber subscribers shopper shoppers visitor visitors member"
    " members account accounts player players viewer viewers reader readers buyer buyers merchant merchants seller"
    " sellers patient patients student students driver drivers household households dau mau"
)
_STAFF = word_set(
    "engineer engineers developer developers manager managers report reports employee employees hire hires candidate"
    " candidates intern interns designer designers tester testers colleague colleagues junior juniors senior seniors"
    " headcount contractor contractors recruiter recruiters interviewer interviewers analyst analysts"
)
_PEOPLE = word_set("people folks men women person")
_MANY = 1000
"""So many "people", unless said to be staff, are those a thing is for (voicemock default, unvalidated)."""
_IN_A_COMPANY = word_set("company staff organisation organization department employed hired office team teams division")

_CUES: dict[NumberKind, frozenset[str]] = {
    NumberKind.AVAILABILITY: word_set("uptime downtime available availability unavailable sla slo nines"),
    NumberKind.ERRORS: _ERRORS | word_set("failed fail fails failing broken crashed defective"),
    NumberKind.LATENCY: word_set(
        "latency p50 p90 p95 p99 percentile response responses respond responded slow slower slowest fast faster load"
        " loads loaded loading render rendered query queries request requests page checkout api"
    ),
    NumberKind.MONEY: word_set(
        "revenue budget cost costs bill bills spend spent spending salary salaries savings saving saved price priced"
        " profit margin arr turnover sales invoice invoices paid"
    ),
    NumberKind.USERS: _USERS,
    NumberKind.PEOPLE: _STAFF | _PEOPLE,
}
"""Words beside a number that tell what it is of."""
_SPEED_ALONE = word_set("latency p50 p90 p95 p99 percentile response")
"""Words that make even minutes a latency: a build that takes forty minutes is slow, and still a time."""
_DOWN = word_set("downtime outage unavailable uptime")
_CUES_OF_A_SHARE = {
    NumberKind.AVAILABILITY: _CUES[NumberKind.AVAILABILITY],
    NumberKind.ERRORS: _CUES[NumberKind.ERRORS],
    NumberKind.LATENCY: _SPEED_ALONE,
}
"""The same of percentages: "40 percent of requests" is no speed, nor "40 percent of users" a number of users."""
_EACH = word_set("a an per each every")
_PERIODS = _SECONDS | _LONGER
_AHEAD, _BEHIND = 4, 7
"""Words looked at after a number and before it, within its sentence (voicemock default, unvalidated)."""
_NO_NOUN = word_set(
    "a an the and or but so to of in on at for with by from as than that this is was were are be had has have i we he"
    " she they it you who which when because if while per each every last next over under after before during within"
)


def kind_of(quantity: Quantity, spoken: Passage) -> NumberKind:
    """Return what a quantity measures, by its unit and the words beside it."""
    units = _units(quantity, spoken)
    timed = _is_timed(quantity, spoken)
    if units & _MONEY:
        return NumberKind.MONEY
    if "nines" in units:
        return NumberKind.AVAILABILITY
    if _is_share(quantity, spoken, units):
        return _of_share(quantity, spoken)
    if units & (_SHORT | _SECONDS | _LONGER) and quantity.unit not in _ERRORS | _USERS | _STAFF | _PEOPLE:
        return _of_time(quantity, spoken, units)
    for kind, nouns in ((NumberKind.ERRORS, _ERRORS), (NumberKind.USERS, _USERS), (NumberKind.PEOPLE, _STAFF)):
        if units & nouns:
            return kind
    if units & _PEOPLE:
        staff = max(quantity.values) < _MANY or not _IN_A_COMPANY.isdisjoint(_beside(quantity, spoken))
        return NumberKind.PEOPLE if staff else NumberKind.USERS
    if units & _THROUGHPUT:
        return NumberKind.RATE
    bare = not (_noun(quantity) or units or _YEAR.fullmatch(spoken.word(quantity.head)))
    told = _of_bare(quantity, spoken, timed=timed) if bare else None
    return told or (NumberKind.RATE if timed else NumberKind.OTHER)


def _noun(quantity: Quantity) -> str:
    """Return the unit if it is a noun: not in "half of", nor the last digits of "ninety-nine point nine five"."""
    return "" if quantity.unit == "of" or is_number(quantity.unit) else quantity.unit


def _units(quantity: Quantity, spoken: Passage) -> frozenset[str]:
    """Return what is written at the number itself ($5m, 40%, 500ms), its unit, and the nouns right behind it."""
    found = {_noun(quantity)} - {""}
    for i in range(quantity.head, quantity.end):
        word = spoken.word(i)
        found |= set(word[:1]) & _MONEY
        found |= {word} & {"grand"}
        if suffix := _SUFFIX.search(word):
            found |= {suffix[1]} - {"k", "m", "bn", "x"}
    i = quantity.end
    if spoken.word(quantity.head) in ("half", "quarter"):
        found |= {_period_of_a_fraction(quantity, spoken)} - {""}
        i += spoken.word(i) in ("a", "an")  # "half a million users"
    elif not quantity.unit:
        return frozenset(found)
    for at in range(i, min(i + 3, len(spoken.tokens))):
        if spoken.tokens[at].before.strip("-") or spoken.word(at) in _NO_NOUN:
            break
        found.add(spoken.word(at))
    return frozenset(found)


def _period_of_a_fraction(quantity: Quantity, spoken: Passage) -> str:
    """Return the period in "half an hour", which is no rate."""
    last = spoken.word(quantity.end - 1)
    return last if spoken.word(quantity.end - 2) in ("a", "an") and last in _PERIODS else ""


def _is_timed(quantity: Quantity, spoken: Passage) -> bool:
    """Whether it is so much in a time: "a second", "per week"."""
    pairs = ((spoken.word(i), spoken.word(i + 1)) for i in range(quantity.head, quantity.end + 1))
    return any(each in _EACH and period in _PERIODS | {"night"} for each, period in pairs)


def _is_share(quantity: Quantity, spoken: Passage, units: frozenset[str]) -> bool:
    """Whether it is a part of a whole: a percentage, "two thirds of", "six of his last seven", "one in sixty"."""
    if units & _SHARE:
        return True
    inside = [spoken.word(i) for i in range(quantity.head, quantity.end)]
    if len(quantity.values) == 2 and {"in", "of", "out"} & set(inside):
        return True
    if inside[-3:-1] == ["of", "a"] and is_number(inside[-1]) and quantity.values[0] >= 1:  # "ninety of a hundred"
        return True
    whole = quantity.end + 1 + (spoken.word(quantity.end + 1) in ("a", "every"))
    if not _noun(quantity) and spoken.word(quantity.end) in ("in", "of") and is_number(spoken.word(whole)):
        return True
    fraction = 0 < quantity.values[0] < 1 and not any(word[:1].isdigit() or word == "point" for word in inside)
    return fraction and not units & (_PERIODS | _USERS | _MONEY) and spoken.word(quantity.end) != "a"


def _of_share(quantity: Quantity, spoken: Passage) -> NumberKind:
    told = _nearest(quantity, spoken, _CUES_OF_A_SHARE)
    if told is not None:
        return told
    nines = all(99 < value < 100 for value in quantity.values)
    return NumberKind.AVAILABILITY if nines else NumberKind.RATE


def _of_time(quantity: Quantity, spoken: Passage, units: frozenset[str]) -> NumberKind:
    beside = _beside(quantity, spoken)
    if units & _SHORT:
        return NumberKind.LATENCY
    if spoken.word(quantity.first - 1) in ("once", "twice") and spoken.word(quantity.head) in ("a", "an"):
        return NumberKind.RATE
    if spoken.word(quantity.first - 1) == "in":  # "one outage in six months" is a time in which it stayed up
        beside = [word for word in beside if word not in _DOWN]
    if not _DOWN.isdisjoint(beside) or ("down", "for") in itertools.pairwise(beside):
        return NumberKind.AVAILABILITY
    speed = _CUES[NumberKind.LATENCY] if units & _SECONDS else _SPEED_ALONE
    return NumberKind.TIME if speed.isdisjoint(beside) else NumberKind.LATENCY


def _of_bare(quantity: Quantity, spoken: Passage, *, timed: bool) -> NumberKind | None:
    """Return what a number without a unit is of; so much a month is money, or a rate."""
    if spoken.word(quantity.first - 1) == "of" and spoken.word(quantity.first - 2) in ("team", "group"):
        return NumberKind.PEOPLE
    return _nearest(quantity, spoken, {NumberKind.MONEY: _CUES[NumberKind.MONEY]} if timed else _CUES)


def _nearest(quantity: Quantity, spoken: Passage, cues: Mapping[NumberKind, frozenset[str]]) -> NumberKind | None:
    """Return the kind whose word stands nearest to a quantity; of two as near, the one before it."""
    words = [(quantity.first - i, spoken.word(i)) for i in _before(quantity, spoken)]
    words += [(i - quantity.end + 1, spoken.word(i)) for i in _after(quantity, spoken)]
    for _, word in sorted(words, key=lambda pair: pair[0]):
        for kind, known in cues.items():
            if word in known:
                return kind
    return None


def _beside(quantity: Quantity, spoken: Passage) -> list[str]:
    places: Iterable[int] = (*reversed(_before(quantity, spoken)), *_after(quantity, spoken))
    return [spoken.word(i) for i in places]


def _before(quantity: Quantity, spoken: Passage) -> list[int]:
    """Return the places of the words before a quantity, the nearest first, to the sentence's beginning at most."""
    found: list[int] = []
    i = quantity.first
    while i > 0 and len(found) < _BEHIND and not spoken.tokens[i].opens:
        i -= 1
        found.append(i)
    return found


def _after(quantity: Quantity, spoken: Passage) -> list[int]:
    """Return the places of the words after a quantity; what follows a comma is about something else."""
    found: list[int] = []
    i = quantity.end
    while i < len(spoken.tokens) and len(found) < _AHEAD and not spoken.tokens[i].before.strip("-"):
        found.append(i)
        i += 1
    return found
