"""An answer as the encoder takes it in: words alone, however they were written down.

Capitals, punctuation and hesitations are left out, and a number is one thing in digits or words, so that a recogniser's
habits cannot change what is heard.
"""

__all__ = ["UNREAD", "Piece", "pieces"]

import re
from collections.abc import Iterator
from typing import NamedTuple

from voicemock.reading.text import HESITATIONS, Passage, word_set

UNREAD = HESITATIONS | word_set("ah eh")
_ONES_IN_ORDER = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
)
_ONES = {word: value for value, word in enumerate(_ONES_IN_ORDER.split())}
_TENS = {
    word: 10 * n
    for n, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2)
}
_LARGE = {"thousand": 1e3, "million": 1e6, "billion": 1e9}
_SMALL = {float(value): word for word, value in _ONES.items() if value <= 12}
"""Written as words: that is how a language model knows them best."""
_DIGITS = re.compile(r"([$£€]?)(\d[\d,]*(?:\.\d+)?)(%|[a-z]+)?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_LETTER_AND_NUMBER = re.compile(r"([a-z])(\d+)")  # p99
_ORDINAL = ("st", "nd", "rd", "th")
_MONEY = {"$": "dollars", "£": "pounds", "€": "euros"}
_TIMES = {"k": 1e3, "m": 1e6, "b": 1e9, "bn": 1e9}
_UNITS = {
    "%": "percent",
    "x": "times",
    "ms": "milliseconds",
    "s": "seconds",
    "min": "minutes",
    "mins": "minutes",
    "h": "hours",
    "hrs": "hours",
    "kb": "kilobytes",
    "mb": "megabytes",
    "gb": "gigabytes",
    "tb": "terabytes",
}


class Piece(NamedTuple):
    """A word or a number as it is read, and the tokens it stands for: from first up to end."""

    read: str
    first: int
    end: int


def pieces(spoken: Passage) -> list[Piece]:
    """Return what is read of a passage, in order."""
    places = [i for i, token in enumerate(spoken.tokens) if token.word not in UNREAD]
    found = _numbers([spoken.tokens[i].word for i in places])
    return [Piece(read, places[first], places[end - 1] + 1) for read, first, end in found]


def _numbers(words: list[str]) -> Iterator[tuple[str, int, int]]:
    """Yield each word or number as (read, first, end)."""
    at = 0
    while at < len(words):
        word = words[at]
        digits = _DIGITS.fullmatch(word)
        if digits and not _YEAR.fullmatch(word) and digits[3] not in _ORDINAL:
            read, end = _in_digits(words, at, digits)
        elif word in _ONES or word in _TENS or (word == "a" and words[at + 1 : at + 2] in (["hundred"], *_SOLE)):
            value, end = _in_words(words, at)
            read = _shown(value)
        else:
            read, end = _LETTER_AND_NUMBER.sub(r"\1 \2", word), at + 1
        yield read, at, end
        at = end


_SOLE = tuple([word] for word in _LARGE)


def _in_digits(words: list[str], at: int, found: re.Match[str]) -> tuple[str, int]:
    value, unit, end = float(found[2].replace(",", "")), "", at + 1
    if found[3] in _TIMES:
        value *= _TIMES[found[3]]
    elif found[3]:
        unit = _UNITS.get(found[3], found[3])
    while not unit and end < len(words) and words[end] in {"hundred", *_LARGE}:
        value *= _LARGE.get(words[end], 100.0)
        end += 1
    if found[1]:
        unit = _MONEY[found[1]]
        end += words[end : end + 1] == [unit]
    return f"{_shown(value)} {unit}".rstrip(), end


def _in_words(words: list[str], at: int) -> tuple[float, int]:
    """Return the value of the longest number in words from here on: "two hundred and five point three"."""
    total, part, last, end = 0.0, float(words[at] == "a"), "", at + (words[at] == "a")
    while end < len(words):
        word = words[end]
        if word in _ONES and (last in ("", "hundred", "large", "and") or (last == "ten" and 0 < _ONES[word] < 10)):
            part, last = part + _ONES[word], "one"
        elif word in _TENS and last in ("", "hundred", "large", "and"):
            part, last = part + _TENS[word], "ten"
        elif word == "hundred" and part and last in ("", "one", "ten"):
            part, last = part * 100, "hundred"
        elif word in _LARGE and part and last != "large":
            total, part, last = total + part * _LARGE[word], 0.0, "large"
        elif word == "and" and last in ("hundred", "large") and set(words[end + 1 : end + 2]) & {*_ONES, *_TENS}:
            last = "and"
        else:
            break
        end += 1
    value, behind = total + part, end + 1
    while words[end : end + 1] == ["point"] and behind < len(words) and _ONES.get(words[behind], 10) < 10:
        behind += 1
    if behind > end + 1:
        tail = "".join(str(_ONES[word]) for word in words[end + 1 : behind])
        return float(f"{value:.0f}.{tail}"), behind
    return value, max(end, at + 1)


def _shown(value: float) -> str:
    if value in _SMALL:
        return _SMALL[value]
    for name, size in reversed(_LARGE.items()):
        if value >= size and round(value / size, 3) == value / size:
            return f"{_SMALL.get(value / size) or format(value / size, 'g')} {name}"
    return format(value, ".10g")
