"""Proper nouns in what was said: what has a capital where a sentence gives it none."""

__all__ = ["Nouns", "bare", "proper_nouns", "words_of"]

import re
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from voicemock.report.known_words import COMMON, KNOWN

_WORD = re.compile(r"[^\W\d_]\w*(?:['’&-]\w+|\.[a-z0-9]\w*)*")
_OPENS = re.compile(r"(?:^|[.?!…:\n\r\"“”(\[])[\s\"“”'‘(\[]*$")
"""What stands before a word that has its capital from its place."""
_POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)


class Nouns(NamedTuple):
    """found: the names, as they are written. left: words with a capital that are none, or may be."""

    found: frozenset[str]
    left: tuple[str, ...]


def proper_nouns(texts: Iterable[str], *, keep: Collection[str] = ()) -> Nouns:
    """Find names by their capitals. keep: words to leave, in any case.

    A word that only ever begins sentences is left: nothing tells it from others.
    """
    kept = {bare(word).lower() for word in keep}
    found: set[str] = set()
    left: dict[str, None] = {}
    for text in texts:
        for word, opens in words_of(text):
            plain = bare(word)
            known = len(plain) == 1 or plain.lower() in KNOWN | kept or any(map(str.isdigit, plain))
            if known or opens:
                left[plain] = None
            else:
                found.add(plain)
    return Nouns(frozenset(found), tuple(sorted((word for word in left if word not in found), key=str.lower)))


def words_of(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the words with a capital that are not everybody's, and whether their place may have given it to them."""
    for match in _WORD.finditer(text):
        word = match[0]
        plain = word.replace("’", "'").lower()
        if any(map(str.isupper, word)) and not {plain, _POSSESSIVE.sub("", plain)} & COMMON:
            yield word, bool(_OPENS.search(text[max(0, match.start() - 9) : match.start()]))


def bare(word: str) -> str:
    """Return a word without a possessive ending."""
    return _POSSESSIVE.sub("", word)
