"""Finding names in a text, however they are written: in any case, without accents, in parts, around a filler."""

__all__ = ["Found", "Names"]

import bisect
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from voicemock.errors import UsageError
from voicemock.reading.text import HESITATIONS
from voicemock.report.known_words import COMMON, word_set

PLACEHOLDER = "name"
_NOT_ALONE = COMMON | word_set("de la le van von der den del di da al bin co inc ltd llc gmbh ag plc sir dr")
"""Parts of names that are no names by themselves."""
_GLUED = 5
"""Letters a name needs to be looked for inside other words, as in the name of a file (voicemock default,
unvalidated)."""

_FILLERS = "|".join(sorted({*HESITATIONS, "ah", "like", r"you\W+know", r"i\W+mean"}, key=len, reverse=True))
_BETWEEN = rf"[\W_]*(?:(?<![^\W_])(?:{_FILLERS})(?![^\W_])[\W_]*)*"
"""What may stand between the parts of a name: nothing, a space, a comma, "um"."""
_ALIKE = {"’": "'", "‘": "'", "ʼ": "'", "‐": "-", "‑": "-", "ß": "ss", "ø": "o", "ł": "l", "đ": "d"}


class Found(NamedTuple):
    """A stretch of a text that is a name, or a part of one; number: which one, from 1."""

    start: int
    end: int
    number: int


class Names:
    """Some names to be found; those that say the same are one."""

    def __init__(self, listed: Sequence[str]) -> None:
        once: dict[tuple[str, ...], str] = {}
        for name in listed:
            if name.strip():
                once.setdefault(tuple(_parts(name)), name.strip())
        self.listed = tuple(once.values())
        for name in self.listed:
            _check(name)
        parts = [_parts(name) for name in self.listed]
        longest_first = sorted(range(len(parts)), key=lambda n: -sum(map(len, parts[n])))
        self._whole = [(n + 1, _whole(parts[n])) for n in longest_first if parts[n]]
        self._alone = {part: n + 1 for n in reversed(range(len(parts))) for part in parts[n] if _stands_alone(part)}
        self._glued = [(n + 1, re.compile(r"[\W_]*".join(parts[n]))) for n in longest_first if _is_long(parts[n])]

    def in_text(self, text: str) -> list[Found]:
        """Return where names stand in a text, in order; a filler inside a name is not part of what is found."""
        folded, places = _folded(text)
        found: list[Found] = []
        for number, pattern in self._whole:
            for match in pattern.finditer(folded):
                found += (Found(*_original(places, text, span), number) for span in _chunks(match))
        for match in re.finditer(r"[^\W_]+", folded):
            start, end = _original(places, text, match.span())
            number = self._alone.get(match[0], 0) or self._alone.get(match[0].removesuffix("s"), 0)
            if number and text[start].isupper():
                end -= match[0] not in self._alone
                found.append(Found(start, end, number))
        return _apart(found)

    def in_id(self, text: str) -> list[Found]:
        """Return where names stand in an id or a path, longer ones also inside other words."""
        folded, places = _folded(text)
        inside = [
            Found(*_original(places, text, match.span()), number)
            for number, pattern in self._glued
            for match in pattern.finditer(folded)
        ]
        return _apart([*inside, *self.in_text(text)])


def _chunks(match: "re.Match[str]") -> Iterator[tuple[int, int]]:
    """Yield the stretches of a whole name: one, or one on each side of a filler."""
    start, end = match.span(1)
    for group in range(2, (match.lastindex or 1) + 1):
        if re.search(r"[^\W_]", match.string[end : match.start(group)]):
            yield start, end
            start = match.start(group)
        end = match.end(group)
    yield start, end


def _apart(found: Sequence[Found]) -> list[Found]:
    """Return what was found in the order of the text; of two that overlap the first found stands."""
    kept: list[Found] = []
    for one in found:
        at = bisect.bisect(kept, one)
        if not any(one.start < other.end and other.start < one.end for other in kept[max(at - 1, 0) : at + 1]):
            kept.insert(at, one)
    return kept


def _parts(name: str) -> list[str]:
    return re.findall(r"[^\W_]+", _bare(name))


def _bare(name: str) -> str:
    return _folded(name.strip())[0]


def _check(name: str) -> None:
    parts = _parts(name)
    if not parts or all(part.isdecimal() for part in parts):
        raise UsageError(f"'{name}' holds no letter.", hint="Give names; numbers stay as they are.")
    if all(part == PLACEHOLDER or part.isdecimal() for part in parts):
        raise UsageError(f"'{name}' cannot be replaced.", hint="It looks like what stands in for names.")


def _whole(parts: Sequence[str]) -> "re.Pattern[str]":
    """Return a pattern for a whole name, with a group for each part; a plural's s may follow."""
    return re.compile(rf"(?<![^\W_]){_BETWEEN.join(f'({re.escape(part)})' for part in parts)}(?=s?(?![^\W_]))")


def _stands_alone(part: str) -> bool:
    return len(part) > 1 and not part.isdecimal() and part not in _NOT_ALONE and part != PLACEHOLDER


def _is_long(parts: Sequence[str]) -> bool:
    return sum(map(len, parts)) >= _GLUED


def _folded(text: str) -> tuple[str, list[int]]:
    """Return a text in lower case without accents and invisible characters, and the place each character had."""
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        alike = _ALIKE.get(character.lower(), character)
        for part in unicodedata.normalize("NFKD", alike).casefold():
            if not unicodedata.combining(part) and unicodedata.category(part) not in ("Cf", "Mn"):
                letters.append(part)
                places.append(place)
    return "".join(letters), places


def _original(places: Sequence[int], text: str, span: tuple[int, int]) -> tuple[int, int]:
    """Return where a stretch of the folded text stands in the text, with the accents that follow it."""
    end = places[span[1] - 1] + 1
    while end < len(text) and (unicodedata.combining(text[end]) or unicodedata.category(text[end]) in ("Cf", "Mn")):
        end += 1
    return places[span[0]], end
