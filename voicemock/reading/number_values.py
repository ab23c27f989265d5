"""The value of one number as people say it: "two thirds", "three point five million", "a couple hundred", "1.2k"."""

__all__ = ["NOT_UNIT", "PER_ONE", "WHOLES", "and_a_half", "beginnings", "is_number", "is_plain_number", "number_at"]

import re

from voicemock.reading.text import Passage, word_set

_DIGITS = re.compile(r"([$£€]?)(\d+(?:[.,:]\d+)*)(%|[a-z]+)?")
_ORDINAL = re.compile(r"\d+(?:\.\d+)?(?:st|nd|rd|th)")
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
WHOLES = word_set("dozen hundred thousand million billion lakh crore grand")
_ALONE = {"zero": 0.0, "twice": 2.0, "double": 2.0, "triple": 3.0, "halved": 0.5, "doubled": 2.0, "tripled": 3.0}
_BEGINNINGS = frozenset({*_ONES, *_TENS, *_SCALES, *_FRACTIONS, *_ALONE})
"""What a number in words begins with; so it does with "a" and "the", before few words."""
_ARTICLES = frozenset({"a", "an", "the"})
_FORMATS = word_set("2k 4k 8k 3d 2d")
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")
PER_ONE = word_set(
    "second minute hour day week month year percent point dollar pound euro million billion dozen grand hundred "
    "thousand"
)
_AFTER_ARTICLE = frozenset({*_FRACTIONS, *PER_ONE, "couple", "few"})
NOT_UNIT = word_set(
    "a an the and or but so to of in on at for with by from as than that this it is was were are be had has have "
    "i we he she they you there then when because if which who what where not no per each every out into over up "
    "down ago before after until my our his her their its been can could would will did do just like about um uh "
    "er now if while since also all both inside outside against later earlier instead either still yet only those "
    "these don't didn't really basically most very"
)


def is_number(word: str) -> bool:
    """Whether a word is a number or begins with one: 40, $5m, 12th, twenty."""
    return word in _ONES or word in _TENS or word in _SCALES or bool(_DIGITS.match(word))


def is_plain_number(word: str) -> bool:
    """Whether a word is the whole of a number or its first part, and no size such as "thousand": 40, twenty."""
    return word in _ONES or word in _TENS or word[:1].isdigit()


def beginnings(spoken: Passage) -> list[int]:
    """Tell at a glance where, at few words of many, a number may begin."""
    words = [*(token.word for token in spoken.tokens), ""]
    return [
        i
        for i, word in enumerate(words[:-1])
        if word in _BEGINNINGS or word[0] not in _LETTERS or (word in _ARTICLES and words[i + 1] in _AFTER_ARTICLE)
    ]


def number_at(spoken: Passage, i: int) -> tuple[int, float] | None:
    """Return where the number at a token ends, and its value; None where none begins."""
    return _idiom(spoken, i) or _in_words(spoken, i) or _in_figures(spoken, i)


def _idiom(spoken: Passage, i: int) -> tuple[int, float] | None:
    """Read "a third", "half an hour", "half a million", "a couple of", "a few hundred", "a minute"."""
    word, following = spoken.word(i), spoken.word(i + 1)
    if word in ("a", "an", "one", "the") and following in _FRACTIONS and (word != "the" or following == "half"):
        return _part(spoken, i + 2, _FRACTIONS[following])
    if word in ("half", "quarter") and following in PER_ONE | {"a", "an", "of", "the"}:
        return _part(spoken, i + 1, _FRACTIONS[word])
    if word in ("half", "halves") and spoken.word(i - 1) not in ("and", "the", "other", "first", "second"):
        return i + 1, 0.5
    if word == "a" and following == "couple":
        end = i + 3 if spoken.word(i + 2) == "of" else i + 2
        return _scaled(spoken, end, 2.0)
    if word == "a" and following == "few" and spoken.word(i + 2) in _SCALES:
        return _scaled(spoken, i + 2, 3.0)
    if word in ("a", "an") and following in PER_ONE:
        more = spoken.word(i + 2) not in NOT_UNIT and not spoken.tokens[i + 1].after
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
    if year := _year(spoken, i):
        return year
    value, end = _below_hundred(spoken, i)
    if spoken.word(end) in _FRACTIONS:
        return _part(spoken, end + 1, value * _FRACTIONS[spoken.word(end)])
    if and_a_half(spoken, end):
        return _scaled(spoken, end + 3, value + 0.5)
    if spoken.word(end) == "point" and spoken.word(end + 1) in _ONES:
        value, end = _with_decimals(spoken, end + 1, value)
    return _scaled(spoken, end, value)


def _below_hundred(spoken: Passage, i: int) -> tuple[float, int]:
    """Read "seven", "nineteen" or "twenty-two"; in "twenty thirty" there are two numbers."""
    value, end = _ONES.get(spoken.word(i), 0.0) + _TENS.get(spoken.word(i), 0.0), i + 1
    one = _ONES.get(spoken.word(end), 0.0) if spoken.word(i) in _TENS else 0.0
    joined = 1 <= one < 10 and spoken.tokens[end].before != ","
    return (value + one, end + 1) if joined else (value, end)


def _with_decimals(spoken: Passage, end: int, value: float) -> tuple[float, int]:
    """Take in what follows "point": "nine five" of "ninety-nine point nine five"."""
    place = 0.1
    while 0 <= _ONES.get(spoken.word(end), 10) < 10:
        value += place * _ONES[spoken.word(end)]
        place /= 10
        end += 1
    return round(value, 9), end


def _year(spoken: Passage, i: int) -> tuple[int, float] | None:
    """Read "twenty nineteen", "twenty twenty-one" and "nineteen eighty-four"; not "twenty fifteen minute slots"."""
    century, tens = spoken.word(i), spoken.word(i + 1)
    early = _ONES.get(tens, 0) >= 10 or tens == "twenty"
    if century not in ("nineteen", "twenty") or not (early or (tens in _TENS and century == "nineteen")):
        return None
    if spoken.tokens[i + 1].before.strip("-"):
        return None
    rest, end = _below_hundred(spoken, i + 1)
    if spoken.word(end).removesuffix("s") in PER_ONE:
        return None
    return end, (1900 if century == "nineteen" else 2000) + rest


def _in_figures(spoken: Passage, i: int) -> tuple[int, float] | None:
    """Read "40", "$5m", "31,000", "1.2,000"; not "12th", "4k" of a screen, or a version's "1.2.3"."""
    word, following = spoken.word(i), spoken.word(i + 1)
    match = _DIGITS.fullmatch(word)
    named = word in _FORMATS and following not in ("a", "an", "per", "each")
    if not match or _ORDINAL.fullmatch(word) or named:
        return None
    thousands = match[2].count(",000") if "." in match[2] else 0  # as Whisper writes "one point two thousand"
    figures = match[2].replace(",000" if thousands else ",", "").replace(":", ".")
    if figures.count(".") > 1:
        return None
    value = float(figures) * _SCALES.get(match[3] or "", 1.0) * 1000.0**thousands
    if following in _FRACTIONS and not spoken.tokens[i + 1].before:
        return _part(spoken, i + 2, value * _FRACTIONS[following])
    if and_a_half(spoken, i + 1):
        return _scaled(spoken, i + 4, value + 0.5)
    return _scaled(spoken, i + 1, value)


def _part(spoken: Passage, end: int, value: float) -> tuple[int, float]:
    """Take in the number that a part is of: "half a million", "three quarters of a million"."""
    whole = end + (spoken.word(end) == "of")
    whole += spoken.word(whole) == "a"
    return _scaled(spoken, whole, value) if spoken.word(whole) in WHOLES else (end, value)


def and_a_half(spoken: Passage, end: int) -> bool:
    """Whether "and a half" follows."""
    return [spoken.word(end + k) for k in range(3)] == ["and", "a", "half"]


def _scaled(spoken: Passage, end: int, value: float) -> tuple[int, float]:
    """Take in "hundred", "thousand", "million" and what they add: "three hundred and twelve thousand"."""
    while (scale := _scale(spoken, end)) > 1:
        end, value = _added(spoken, end + 1, value * scale, scale)
    return end, value


def _scale(spoken: Passage, i: int) -> float:
    word = spoken.word(i)
    return 1.0 if word in ("k", "m") else _SCALES.get(word, 1.0)


def _added(spoken: Passage, end: int, value: float, scale: float) -> tuple[int, float]:
    """Take in what is said after "hundred" or "thousand"; in "five hundred and six hundred" there are two numbers."""
    j = end + 1 if spoken.word(end) == "and" else end
    small, until = _below_hundred(spoken, j)
    if not small or spoken.tokens[j].before not in ("", "-"):
        return end, value
    whole_end, whole = _scaled(spoken, until, small)
    if whole < scale:  # "two thousand five hundred"
        return whole_end, value + whole
    return (until, value + small) if _scale(spoken, until) > scale else (end, value)  # "three hundred twelve thousand"
