"""Quantities as people say them: "from 19 hours to just under 11", "three nines", "a couple hundred thousand".

A small grammar over tokens, because spoken quantities mix digits, words, hedges and units
("300K a year", "a minute ten", "some eight hundred per second") and each must keep its place in
the text, which the number parsers on offer do not return.
"""

__all__ = ["Quantity", "find_quantities", "is_number"]

import re

import msgspec

from voicemock.reading.text import Passage, word_set

_DIGITS = re.compile(r"([$£€]?)(\d+(?:[.,:]\d+)*)(%|[a-z]+)?")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")
_ONES_IN_ORDER = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
)
_ONES = {word: float(value) for value, word in enumerate(_ONES_IN_ORDER.split())}
_TENS_IN_ORDER = "twenty thirty forty fifty sixty seventy eighty ninety"
_TENS = {word: 10.0 * value for value, word in enumerate(_TENS_IN_ORDER.split(), start=2)}
_SCALES = {
    "hundred": 100.0,
    "hundreds": 100.0,
    "dozen": 12.0,
    "dozens": 12.0,
    "grand": 1e3,
    "thousand": 1e3,
    "thousands": 1e3,
    "k": 1e3,
    "lakh": 1e5,
    "lakhs": 1e5,
    "million": 1e6,
    "millions": 1e6,
    "m": 1e6,
    "crore": 1e7,
    "crores": 1e7,
    "billion": 1e9,
    "billions": 1e9,
    "bn": 1e9,
}
_PARTS = {2: "half halves", 3: "third thirds", 4: "quarter quarters", 5: "fifth fifths", 6: "sixth", 8: "eighth"}
_FRACTIONS = {name: 1 / n for n, names in {**_PARTS, 10: "tenth"}.items() for name in names.split()}
_WHOLES = word_set("dozen hundred thousand million billion lakh crore grand")
_ALONE = {"zero": 0.0, "twice": 2.0, "double": 2.0, "triple": 3.0, "halved": 0.5, "doubled": 2.0, "tripled": 3.0}
_BEGINNINGS = frozenset({*_ONES, *_TENS, *_SCALES, *_FRACTIONS, *_ALONE})
"""What a number in words begins with; so it does with "a" and "the", before few words."""
_ARTICLES = frozenset({"a", "an", "the"})
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")
_PER_ONE = word_set(
    "second minute hour day week month year percent point dollar pound euro million billion dozen grand hundred "
    "thousand"
)
_AFTER_ARTICLE = frozenset({*_FRACTIONS, *_PER_ONE, "couple", "few"})
_HEDGES = word_set(
    "about around roughly maybe almost nearly over under just than more less up close by some only least most "
    "approximately perhaps probably well north south barely below above within fewer another past"
)
_HEDGE_TAILS = word_set("something some odd plus ish so")
_NOT_UNIT = word_set(
    "a an the and or but so to of in on at for with by from as than that this it is was were are be had has have "
    "i we he she they you there then when because if which who what where not no per each every out into over up "
    "down ago before after until my our his her their its been can could would will did do just like about um uh "
    "er now if while since also all both inside outside against later earlier instead either still yet only those "
    "these don't didn't really basically"
)
_OWNERS = word_set("his her their our my the last its every")
_RATES = word_set("a an per each every")
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


def is_number(word: str) -> bool:
    """Whether a word is a number or begins with one: 40, $5m, 12th, twenty."""
    return word in _ONES or word in _TENS or word in _SCALES or bool(_DIGITS.match(word))


def find_quantities(spoken: Passage) -> list[Quantity]:
    """Return every quantity in order; ranges ("from 98 percent to zero") are one."""
    found: list[Quantity] = []
    reached = 0
    for i in _beginnings(spoken):
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


def _beginnings(spoken: Passage) -> list[int]:
    """Tell at a glance where, at few words of many, a number may begin."""
    words = [*(token.word for token in spoken.tokens), ""]
    return [
        i
        for i, word in enumerate(words[:-1])
        if word in _BEGINNINGS or word[0] not in _LETTERS or (word in _ARTICLES and words[i + 1] in _AFTER_ARTICLE)
    ]


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
            if word == "and" and not (more and more.unit == quantity.unit):
                return None
            return more
    listed = spoken.tokens[i].before in (",", "-", "–") and not quantity.unit
    return _quantity(spoken, i) if listed else None


def _whole(spoken: Passage, quantity: Quantity, i: int) -> Quantity | None:
    """Return what a part is a part of: "one in sixty", "six of his last seven", "ten out of eleven"."""
    if spoken.word(i) == "out":
        i += 1
    link = spoken.word(i)
    if link not in ("of", "in"):
        return None
    while spoken.word(i + 1) in _OWNERS:
        i += 1
    more = _quantity(spoken, i + 1)
    if more is None or more.head != i + 1 or more.values[0] <= max(1.0, quantity.values[0]):
        return None
    return more if link == "of" or more.unit in ("", "of") else None


def _quantity(spoken: Passage, i: int) -> Quantity | None:
    parsed = _number(spoken, i)
    if parsed is None:
        return None
    end, value = parsed
    while end < len(spoken.tokens) and spoken.word(end) in _HEDGE_TAILS and not spoken.tokens[end].before.strip("-"):
        end += 1
    if spoken.word(end) == "and" and spoken.word(end + 1) in _HEDGE_TAILS:
        end += 2
    unit, end = _unit(spoken, end)
    first = i
    while first > 0 and spoken.word(first - 1) in _HEDGES and "." not in spoken.tokens[first].before:
        first -= 1
    if first > 0 and spoken.word(first - 1) == "from":
        first -= 1
    return Quantity(first=first, head=i, end=end, unit=unit, values=(value,))


def _number(spoken: Passage, i: int) -> tuple[int, float] | None:
    """Return where the number at a token ends, and its value; None where none begins."""
    return _idiom(spoken, i) or _in_words(spoken, i) or _in_figures(spoken, i)


def _idiom(spoken: Passage, i: int) -> tuple[int, float] | None:
    """Read "a third", "half an hour", "half a million", "a couple of", "a few hundred", "a minute"."""
    word, following = spoken.word(i), spoken.word(i + 1)
    if word in ("a", "an", "one", "the") and following in _FRACTIONS and (word != "the" or following == "half"):
        return _part(spoken, i + 2, _FRACTIONS[following])
    if word in ("half", "quarter") and following in _PER_ONE | {"a", "an", "of", "the"}:
        return _part(spoken, i + 1, _FRACTIONS[word])
    if word in ("half", "halves") and spoken.word(i - 1) not in ("and", "the", "other", "first", "second"):
        return i + 1, 0.5
    if word == "a" and following == "couple":
        end = i + 3 if spoken.word(i + 2) == "of" else i + 2
        return _scaled(spoken, end, 2.0)
    if word == "a" and following == "few" and spoken.word(i + 2) in _SCALES:
        return _scaled(spoken, i + 2, 3.0)
    if word in ("a", "an") and following in _PER_ONE:
        more = spoken.word(i + 2) not in _NOT_UNIT and not spoken.tokens[i + 1].after
        an_ordinal = following in ("second", "quarter") and more  # "a second bank"
        return None if an_ordinal else _scaled(spoken, i + 1, 1.0)
    return None


def _in_words(spoken: Passage, i: int) -> tuple[int, float] | None:
    """Read "twice", "twenty-two", "two thirds", "one and a half", "three point five million", "hundreds of"."""
    word = spoken.word(i)
    if word in _ALONE:
        return i + 1, _ALONE[word]
    if word in _SCALES and word.endswith("s") and spoken.word(i + 1) == "of":
        return i + 1, _SCALES[word]
    if word not in _ONES and word not in _TENS:
        return None
    value = 0.0
    end = i
    while spoken.word(end) in _ONES or spoken.word(end) in _TENS:
        value += _ONES.get(spoken.word(end), 0) + _TENS.get(spoken.word(end), 0)
        end += 1
        if spoken.word(end - 1) in _ONES or spoken.tokens[min(end, len(spoken.tokens) - 1)].before == ",":
            break
    if spoken.word(end) in _FRACTIONS:
        return _part(spoken, end + 1, value * _FRACTIONS[spoken.word(end)])
    if _and_a_half(spoken, end):
        return _scaled(spoken, end + 3, value + 0.5)
    if spoken.word(end) == "point" and spoken.word(end + 1) in _ONES:
        value += _ONES[spoken.word(end + 1)] / 10
        end += 2
    return _scaled(spoken, end, value)


def _in_figures(spoken: Passage, i: int) -> tuple[int, float] | None:
    """Read "40", "$5m", "31,000", "1.2,000"; not "12th", "4k" of a screen, or a version's "1.2.3"."""
    word, following = spoken.word(i), spoken.word(i + 1)
    match = _DIGITS.fullmatch(word)
    if not match or _ORDINAL.fullmatch(word) or word in ("2k", "4k", "8k", "3d", "2d"):
        return None
    thousands = match[2].count(",000") if "." in match[2] else 0  # as Whisper writes "one point two thousand"
    figures = match[2].replace(",000" if thousands else ",", "").replace(":", ".")
    if figures.count(".") > 1:
        return None
    value = float(figures) * _SCALES.get(match[3] or "", 1.0) * 1000.0**thousands
    if following in _FRACTIONS and not spoken.tokens[i + 1].before:
        return _part(spoken, i + 2, value * _FRACTIONS[following])
    if _and_a_half(spoken, i + 1):
        return _scaled(spoken, i + 4, value + 0.5)
    return _scaled(spoken, i + 1, value)


def _part(spoken: Passage, end: int, value: float) -> tuple[int, float]:
    """Take in the number that a part is of: "half a million", "three quarters of a million"."""
    whole = end + (spoken.word(end) == "of")
    whole += spoken.word(whole) == "a"
    return _scaled(spoken, whole, value) if spoken.word(whole) in _WHOLES else (end, value)


def _and_a_half(spoken: Passage, end: int) -> bool:
    return [spoken.word(end + k) for k in range(3)] == ["and", "a", "half"]


def _scaled(spoken: Passage, end: int, value: float) -> tuple[int, float]:
    """Take in "hundred", "thousand", "million" and what they add: "three hundred and twelve thousand"."""
    while spoken.word(end) in _SCALES and spoken.word(end) not in ("k", "m"):
        value *= _SCALES[spoken.word(end)]
        end += 1
        j = end + 1 if spoken.word(end) == "and" else end
        small = _ONES.get(spoken.word(j), 0) + _TENS.get(spoken.word(j), 0)
        if small and spoken.tokens[j].before in ("", "-"):
            value += small
            end = j + 1
            if spoken.word(end) in _ONES:
                value += _ONES[spoken.word(end)]
                end += 1
    return end, value


def _unit(spoken: Passage, end: int) -> tuple[str, int]:
    """Return the unit that follows a number, and where the quantity then ends."""
    tokens = spoken.tokens
    unit = ""
    if spoken.word(end) == "of" and end < len(tokens):
        timed = end + 2 if spoken.word(end + 1) in ("a", "an") else end + 1
        return (spoken.word(timed), timed + 1) if spoken.word(timed) in _PER_ONE else ("of", end)
    for _ in range(3):
        if end >= len(tokens) or tokens[end].before.strip("-") or spoken.word(end) in _NOT_UNIT:
            break
        unit = spoken.word(end)
        end += 1
        if unit not in _MODIFIERS and unit != "percentage" and unit != "per":
            break
    if _and_a_half(spoken, end):
        end += 3
    rated = end + 1 < len(tokens) and spoken.word(end) in _RATES and spoken.word(end + 1) not in _NOT_UNIT
    if rated and not tokens[end].before and not tokens[end + 1].before and not is_number(spoken.word(end + 1)):
        end += 2
    return unit, end
