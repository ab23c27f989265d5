"""What a number is a number of: users, a rate, speed, errors, uptime, money, people or time.

The unit decides where there is one; of a bare number ("from 900 to 200") and of a percentage, the nearest telling word
of the sentence does. A percentage of speed, errors or uptime is of that kind, any other one a rate. What is not plain
is "other".
"""

__all__ = ["Form", "form_of", "is_year", "kind_of", "nouns_behind"]

import itertools
import re
from collections.abc import Sequence

import msgspec

from voicemock.reading import number_words as words
from voicemock.reading.number_context import BEHIND, clause_before, nearest, words_after, words_before, words_beside
from voicemock.reading.numbers import Quantity, is_number
from voicemock.reading.text import Passage, word_set
from voicemock.schema import NumberKind

_SUFFIX = re.compile(r"\d([a-z]+|%)$")
_YEAR = re.compile(r"(?:19|20)\d\d")
_MANY_OF = word_set("hundreds thousands millions billions dozens lakhs crores")
_EACH = word_set("a an per each every")
_PERIODS = words.SECONDS | words.LONGER
_TIMES = words.SHORT | _PERIODS
_SOON = word_set("s second minute hour day night")
"""So much a year may be money, and so much "in a" year a plan."""
_SHORT_TIMES = words.SECONDS | word_set("min mins minute minutes h hr hrs hour hours")
_WAS = (["was"], ["were"], ["is"], ["are"], ["been"], ["be"], ["it's"], ["went"], ["go"], ["goes"])
_WAY = ("from", "to", "by", "doubled", "halved", "tripled")
_THEM = word_set("them us people candidates which whom")
_SUFFIXES = _TIMES | words.MONEY | words.THROUGHPUT
_PERSONS = words.USERS | words.STAFF | words.PEOPLE
_OF_WORK = word_set("hours days weeks months years")
"""What "engineer" and "developer" are put before: that is a time."""
_JOINS = word_set("and but so")
_DECADE = re.compile(r"[1-9]0s")
_CLOSE, _NEAR = 4, 3
"""Words looked at before a number that may well be about something else (voicemock defaults, unvalidated)."""


class Form(msgspec.Struct, frozen=True, gc=False):
    """How a number is put.

    units: what is written at it ($5m, 40%, 500ms) and the nouns right behind it.
    timed: it is so much in a time. share: it is a part of a whole.
    bare: nothing at it says what it counts.
    """

    units: frozenset[str]
    timed: bool
    share: bool
    bare: bool


def kind_of(quantity: Quantity, spoken: Passage) -> NumberKind:
    """Return what a quantity measures, by its unit and the words beside it."""
    form = form_of(quantity, spoken)
    if _is_in_a_name(quantity, spoken):
        return NumberKind.OTHER
    if form.units & words.MONEY:
        return NumberKind.MONEY
    if "nines" in form.units:
        return NumberKind.AVAILABILITY
    if form.share:
        return _of_share(quantity, spoken, form)
    if "times" in form.units:
        return NumberKind.RATE if form.timed else NumberKind.OTHER
    if form.units & _TIMES and (quantity.unit not in _PERSONS or form.units & _OF_WORK):
        return _of_time(quantity, spoken, form)
    if form.units & words.ERRORS and quantity.unit not in _PERSONS:
        return NumberKind.OTHER if _is_no_fault(quantity, form) else NumberKind.ERRORS
    if form.units & words.USERS:
        return NumberKind.USERS
    if form.units & (words.STAFF | words.PEOPLE) or {"direct", "reports"} <= form.units:
        return _of_people(quantity, spoken)
    if form.timed and form.bare and spoken.word(quantity.end - 1) not in _SOON:
        return _money_beside(quantity, spoken) or NumberKind.OTHER  # "200K a month"
    if form.timed or form.units & words.THROUGHPUT:
        return NumberKind.RATE
    return (_of_bare(quantity, spoken) if form.bare else None) or NumberKind.OTHER


def _is_in_a_name(quantity: Quantity, spoken: Passage) -> bool:
    """Whether it is the end of a name: "us-east-1"; not of "sub-100"."""
    at = quantity.head
    if (suffix := _SUFFIX.search(spoken.word(at))) and len(suffix[1]) > 2 and suffix[1] not in _SUFFIXES:
        return True  # "1Password"
    if spoken.word(quantity.first - 1) == "number":  # "the number one bug"
        return True
    hyphened = at > 0 and spoken.tokens[at].before == "-" and spoken.tokens[at].start == spoken.tokens[at - 1].end + 1
    return hyphened and spoken.word(at - 1) not in ("sub", "under", "mid", "pre", "post")


def form_of(quantity: Quantity, spoken: Passage) -> Form:
    """Return how a quantity is put."""
    found: set[str] = set()
    for i in range(quantity.head, quantity.end):
        word = spoken.word(i)
        found |= set(word[:1]) & words.MONEY | {word} & {"grand"}
        if suffix := _SUFFIX.search(word):
            decade = _DECADE.fullmatch(word) and spoken.word(quantity.first - 1) in ("the", "early", "late", "mid")
            found |= {"decade"} if decade else {"times" if suffix[1] == "x" else suffix[1]} - {"k", "m", "b", "bn"}
    nouns = nouns_behind(quantity, spoken)
    found |= {spoken.word(i) for i in nouns} | {_unit(quantity), _half_a_period(quantity, spoken)} - {""}
    end = nouns.stop if nouns else quantity.end
    pairs = [(spoken.word(i), spoken.word(i + 1)) for i in range(quantity.head, end + 1)]
    if spoken.word(end) == "in" and spoken.word(end + 2) in _SOON:
        pairs.append((spoken.word(end + 1), spoken.word(end + 2)))
    if ("per", "cent") in pairs:
        found = {"percent"}
    return Form(
        units=frozenset(found - _in_the_name_of(quantity, spoken, nouns)),
        timed=any(each in _EACH and period in _PERIODS for each, period in pairs)
        or _has_slash(spoken, quantity.head, end),
        share=bool(found & words.SHARE) or _is_part(quantity, spoken, found) or _is_one_in(quantity, spoken, end),
        bare=not found and not is_year(quantity, spoken),
    )


def _in_the_name_of(quantity: Quantity, spoken: Passage, nouns: range) -> set[str]:
    """Return the persons that only name what is counted: "five developer teams"; a "12 engineer team" has twelve."""
    named = quantity.unit
    others = bool(nouns) and spoken.word(nouns[-1]).endswith("s")
    return {named} if others and f"{named}s" in _PERSONS else set()


def _has_slash(spoken: Passage, first: int, end: int) -> bool:
    """Whether a period follows a stroke: "requests/second"."""
    places = range(first + 1, min(end + 1, len(spoken.tokens)))
    return any(spoken.tokens[i].before == "/" and spoken.word(i) in _PERIODS for i in places)


def is_year(quantity: Quantity, spoken: Passage) -> bool:
    """Whether it is a year: 2019, "twenty nineteen"."""
    in_words = 1900 <= quantity.values[0] < 2100 and spoken.word(quantity.head) in ("nineteen", "twenty")
    return in_words or bool(_YEAR.fullmatch(spoken.word(quantity.head)))


def _unit(quantity: Quantity) -> str:
    """Return the unit if it is a noun: not in "half of", nor the last digits of "ninety-nine point nine five"."""
    return "" if quantity.unit in words.NO_NOUN or is_number(quantity.unit) else quantity.unit


def nouns_behind(quantity: Quantity, spoken: Passage) -> range:
    """Return the places of the nouns right behind a number, at most three: "daily active users", "of requests"."""
    first = quantity.end
    if spoken.word(quantity.head) in ("half", "quarter"):
        first += spoken.word(first) in ("a", "an")  # "half a million users"
    elif spoken.word(first) == "of" and spoken.word(first - 1) in _MANY_OF:
        first += 1
    elif not quantity.unit or quantity.unit == "of":
        return range(0)
    end = first
    while end < min(first + 3, len(spoken.tokens)) and not spoken.tokens[end].before.strip("-"):
        if spoken.word(end) in words.NO_NOUN:
            break
        end += 1
    return range(first, end)


def _half_a_period(quantity: Quantity, spoken: Passage) -> str:
    """Return the period in "half an hour", which is no rate."""
    halved = quantity.values[0] < 1 and spoken.word(quantity.head) in ("half", "quarter")
    halved = halved and spoken.word(quantity.end - 2) in ("a", "an")  # no more than that: not "half a million a day"
    last = spoken.word(quantity.end - 1)
    return last if halved and last in _PERIODS else ""


def _is_part(quantity: Quantity, spoken: Passage, units: set[str]) -> bool:
    """Whether it is a part of a whole: "two thirds of", "six of his last seven", "one in sixty"."""
    inside = [spoken.word(i) for i in range(quantity.head, quantity.end)]
    # not "from two seconds to a fifth of a second"
    wholes = [inside[n + 1 : n + 3] for n, word in enumerate(inside) if word in ("of", "out") or _opens(inside, n)]
    of_one = any(whole[:1] not in (["a"], ["an"]) or _PERIODS.isdisjoint(whole) for whole in wholes)
    if len(quantity.values) in (2, 4) and of_one and _MANY_OF.isdisjoint(inside):
        return True
    whole = quantity.end + 1 + (spoken.word(quantity.end + 1) in ("a", "every"))
    if not _unit(quantity) and spoken.word(quantity.end) in ("in", "of") and is_number(spoken.word(whole)):
        return True
    quarters = inside[-1] in ("quarter", "quarters")
    if quarters and spoken.word(quantity.first) != "by" and spoken.word(quantity.end) != "of":
        return False  # it may be three months
    fraction = 0 < quantity.values[0] < 1 and not any(word[:1].isdigit() or word == "point" for word in inside)
    return fraction and not units & (_PERIODS | words.USERS | words.MONEY) and spoken.word(quantity.end) != "a"


def _opens(inside: Sequence[str], n: int) -> bool:
    """Whether "in" opens a whole: "one in sixty", "three in a hundred"; not "from 2 in March to 5"."""
    following = "".join(inside[n + 1 : n + 2])
    return inside[n] == "in" and (following in _EACH or is_number(following))


def _is_one_in(quantity: Quantity, spoken: Passage, end: int) -> bool:
    """Whether it is "one candidate in three"; end: where the nouns behind it end."""
    in_number = quantity.values == (1.0,) and spoken.word(end) == "in" and is_number(spoken.word(end + 1))
    return in_number and spoken.word(end + 2) not in _PERIODS  # "one outage in six months"


def _of_time(quantity: Quantity, spoken: Passage, form: Form) -> NumberKind:
    if form.units & words.SHORT:
        return NumberKind.LATENCY
    before = words_before(quantity, spoken)
    if before[: 2 if before[:1] in (["in"], ["every"]) else 1][-1:] in (["once"], ["twice"], ["times"]):
        return NumberKind.RATE
    beside = words_beside(quantity, spoken)
    since = before[:1] == ["in"]  # "one outage in six months" is a time in which it stayed up
    if not since and _is_down(quantity, spoken):
        return NumberKind.AVAILABILITY
    speed = words.SLOW if form.units & words.SECONDS else words.SPEED
    return NumberKind.TIME if speed.isdisjoint(beside) else NumberKind.LATENCY


def _is_down(quantity: Quantity, spoken: Passage) -> bool:
    """Whether it is a time out of service: "down for an hour", "a two-minute outage"."""
    if not words.DOWN.isdisjoint(words_beside(quantity, spoken)):
        return True
    before = words_before(quantity, spoken)
    state = before[1:] if before[:1] == ["for"] else before
    if state[:1] in (["down"], ["broken"]) and state[1:2] in _WAS:  # not "I sat down for an hour"
        return not spoken.tokens[quantity.first].before
    units = form_of(quantity, spoken).units
    near = {*units, *before[:_NEAR], *words_after(quantity, spoken)[:_NEAR]}
    return bool(units & _SHORT_TIMES) and not words.OUTAGE.isdisjoint(near)  # not "two years of outages"


def _of_people(quantity: Quantity, spoken: Passage) -> NumberKind:
    beside = words_beside(quantity, spoken)
    if not words.COMPANY.isdisjoint(beside):
        return NumberKind.PEOPLE
    return NumberKind.PEOPLE if words.USE.isdisjoint(beside) else NumberKind.USERS


def _is_no_fault(quantity: Quantity, form: Form) -> bool:
    """Whether no errors are counted: "a priority 12 bug", "two failure modes"."""
    named = quantity.values[-1] > 1 and not any(word.endswith("s") for word in form.units & words.ERRORS)
    return named or not form.units.isdisjoint(words.NO_FAULT)


def _of_share(quantity: Quantity, spoken: Passage, form: Form) -> NumberKind:
    """Return what a percentage is of; "one of the four failed" may be people, and is no rate of errors."""
    percent = not form.units.isdisjoint(words.SHARE) or spoken.word(quantity.first) in _WAY
    before = clause_before(quantity, spoken)[: BEHIND if len(quantity.values) > 1 else _CLOSE]
    behind = words_after(quantity, spoken)
    if not percent or not _THEM.isdisjoint(behind):
        return NumberKind.RATE
    failed = NumberKind.ERRORS if behind[:1] == ["of"] and not words.FAILED.isdisjoint(behind) else None
    return nearest(before, [], words.CUES_OF_A_SHARE) or _uptime(behind) or failed or NumberKind.RATE


def _uptime(behind: Sequence[str]) -> NumberKind | None:
    """Return availability where a percentage is at once said to be of it: "98 percent uptime"."""
    up = not words.CUES_OF_A_SHARE[NumberKind.AVAILABILITY].isdisjoint(behind[:2])
    return NumberKind.AVAILABILITY if up else None


def _of_bare(quantity: Quantity, spoken: Passage) -> NumberKind | None:
    """Return what a number without a unit is of, if it is close to the word that tells, or a way from it: "fell by"."""
    before = clause_before(quantity, spoken)
    if before[:2] in (["of", "team"], ["of", "group"]):
        return NumberKind.PEOPLE
    way = len(quantity.values) > 1 or spoken.word(quantity.first) in _WAY or before[:1] in ([w] for w in _WAY)
    near = [] if before[:1] == ["at"] else before[:_NEAR]  # "no errors at seven"
    told = nearest(before if way else near, [], words.CUES)
    if told is not NumberKind.LATENCY and not way:  # "patients give it 4.7", "a bug in iOS 14.6"
        told = None
    return told or _money_beside(quantity, spoken)


def _money_beside(quantity: Quantity, spoken: Passage) -> NumberKind | None:
    behind = list(itertools.takewhile(lambda word: word not in _JOINS, words_after(quantity, spoken)))
    before = words_before(quantity, spoken)
    return nearest(before, behind, {NumberKind.MONEY: words.CUES[NumberKind.MONEY]})
