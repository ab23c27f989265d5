"""Quantities as people say them: "from 19 hours to just under 11", "three nines", "a couple hundred thousand".

A small grammar over tokens, because spoken quantities mix digits, words, hedges and units
("300K a year", "a minute ten", "some eight hundred per second") and each must keep its place in
the text, which the number parsers on offer do not return.
"""

__all__ = ["Quantity", "find_quantities", "is_number"]

import msgspec

from voicemock.reading.number_values import (
    NOT_UNIT,
    PER_ONE,
    WHOLES,
    and_a_half,
    beginnings,
    is_number,
    is_plain_number,
    number_at,
)
from voicemock.reading.text import Passage, word_set

_HEDGES = word_set(
    "about around roughly maybe almost nearly over under just than more less up close by some only least most "
    "approximately perhaps probably well north south barely below above within fewer another past"
)
_HEDGE_TAILS = word_set("something some odd plus ish")
_OWNERS = word_set("his her their our my the last its every")
_YEARS = range(1900, 2100)
_POINTED_AT = word_set("the this that number")
"""Before a "one" that counts nothing: "the one in two regions"."""
_RATES = word_set("a an per each every")
_PERIODS = word_set("s sec second min minute h hour day week month year")
_LONGEST_RANGE = 20  # numbers; a text that only counts would cost the square of its length
_MODIFIERS = word_set(
    "more fewer extra bad new different other full solid straight whole hundred odd extra paying active"
)


class Quantity(msgspec.Struct, frozen=True, gc=False):
    """A number with its hedge and unit, as (first, end) token indices.

    head: the token the number itself begins at.
    unit: the word that follows the number, empty if none does.
    values: the number, or the numbers of a range from first to last.
    """

    first: int
    head: int
    end: int
    unit: str
    values: tuple[float, ...]


def find_quantities(spoken: Passage) -> list[Quantity]:
    """Return every quantity in order; ranges ("from 98 percent to zero") are one."""
    found: list[Quantity] = []
    reached = 0
    for i in beginnings(spoken):
        if i < reached or (quantity := _quantity(spoken, i)) is None:
            continue
        while len(quantity.values) < _LONGEST_RANGE and (more := _range_goes_on(spoken, quantity)) is not None:
            quantity = Quantity(
                first=quantity.first,
                head=quantity.head,
                end=more.end,
                unit=more.unit or quantity.unit,
                values=quantity.values + more.values,
            )
        found.append(quantity)
        reached = quantity.end
    return found


def _range_goes_on(spoken: Passage, quantity: Quantity) -> Quantity | None:
    """Return the quantity that continues a range: "2 to 3", "20, 30 seconds", "from 8 ... to 19"."""
    i = quantity.end
    if len(quantity.values) == 1 and (more := _whole(spoken, quantity, i)):
        return more
    if i >= len(spoken.tokens) or "." in spoken.tokens[i].before or "?" in spoken.tokens[i].before:
        return None
    opened = spoken.word(quantity.first) == "from"
    links = ("to",) if opened else ("to", "or", "and")
    for ahead in range(5 if opened else 1):
        word = spoken.word(i + ahead)
        if word in links:
            j = i + ahead + 1
            while spoken.word(j) in _HEDGES:
                j += 1
            more = _quantity(spoken, j)
            if word == "and" and not (more and more.unit == quantity.unit and more.values != (1.0,)):
                return None
            return _with_whole(spoken, more)
    listed = spoken.tokens[i].before in (",", "-", "–") or _goes_up(spoken, quantity)
    return _quantity(spoken, i) if listed and not quantity.unit else None


def _goes_up(spoken: Passage, quantity: Quantity) -> bool:
    """Whether two round numbers stand side by side, the smaller first: "twenty thirty people"."""
    following = number_at(spoken, quantity.end)
    return bool(following and quantity.values[0] < following[1] < 100 and not following[1] % 10)


def _with_whole(spoken: Passage, quantity: Quantity | None) -> Quantity | None:
    """Return a number with what it is a part of, if that is said: the end of "from eleven in ten to four in ten"."""
    if quantity is None or (whole := _whole(spoken, quantity, quantity.end)) is None:
        return quantity
    return msgspec.structs.replace(
        whole, first=quantity.first, head=quantity.head, values=quantity.values + whole.values
    )


def _whole(spoken: Passage, quantity: Quantity, i: int) -> Quantity | None:
    """Return what a part is a part of: "one in sixty", "six of his last seven", "ten out of eleven"."""
    if spoken.word(i) == "out":
        i += 1
    link = spoken.word(i)
    if link not in ("of", "in") or (link == "in" and spoken.word(quantity.head - 1) in _POINTED_AT):
        return None
    while spoken.word(i + 1) in _OWNERS:
        i += 1
    more = _quantity(spoken, i + 1)
    if more is None or more.head != i + 1 or more.values[0] <= max(1.0, quantity.values[0]):
        return None
    if link == "in" and not more.unit and more.values[0] in _YEARS:
        return None
    one_in = quantity.values == (1.0,) and not quantity.unit and more.unit.removesuffix("s") not in PER_ONE
    return more if link == "of" or one_in or more.unit in ("", "of") else None


def _quantity(spoken: Passage, i: int) -> Quantity | None:
    parsed = number_at(spoken, i)
    if parsed is None:
        return None
    end, value = parsed
    while end < len(spoken.tokens) and spoken.word(end) in _HEDGE_TAILS and not spoken.tokens[end].before.strip("-"):
        end += 1
    if spoken.word(end) == "and" and spoken.word(end + 1) in _HEDGE_TAILS and not spoken.tokens[end].before:
        end += 2
    unit, end = _unit(spoken, end)
    first = i
    while first > 0 and spoken.word(first - 1) in _HEDGES and "." not in spoken.tokens[first].before:
        first -= 1
    if first > 0 and spoken.word(first - 1) == "from":
        first -= 1
    return Quantity(first=first, head=i, end=end, unit=unit, values=(value,))


def _unit(spoken: Passage, end: int) -> tuple[str, int]:
    """Return the unit that follows a number, and where the quantity then ends."""
    tokens = spoken.tokens
    unit = ""
    if spoken.word(end) == "of" and end < len(tokens):
        timed = end + 2 if spoken.word(end + 1) in ("a", "an") else end + 1
        return (spoken.word(timed), timed + 1) if spoken.word(timed) in PER_ONE - WHOLES else ("of", end)
    for _ in range(3):
        if end >= len(tokens) or tokens[end].before.strip("-") or spoken.word(end) in NOT_UNIT:
            break
        if is_plain_number(spoken.word(end)):
            break
        unit = spoken.word(end)
        end += 1
        if unit not in _MODIFIERS and unit != "percentage" and unit != "per":
            break
    if and_a_half(spoken, end):
        end += 3
    rated = end + 1 < len(tokens) and spoken.word(end) in _RATES and spoken.word(end + 1) not in NOT_UNIT
    if rated and not tokens[end].before and not tokens[end + 1].before and not is_number(spoken.word(end + 1)):
        end += 2
    elif end < len(tokens) and tokens[end].before == "/" and spoken.word(end) in _PERIODS:
        end += 1
    return unit, end
