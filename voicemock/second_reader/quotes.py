"""Find a quote in a text, word for word; nothing but letters and digits is compared."""

__all__ = ["LEAST_WORDS", "MOST_WORDS", "find_quote"]

import re

LEAST_WORDS = 4
"""Fewer stand in nearly every answer, and prove nothing. voicemock default, unvalidated."""

MOST_WORDS = 60
"""More are no quote but half an answer. voicemock default, unvalidated."""

_RUN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def find_quote(quote: str, text: str) -> tuple[int, int] | None:
    """Return where the quote first stands in the text, as char_start and char_end.

    None if it does not stand there, or is shorter or longer than a quote may be. Whole words only.
    """
    sought = [_bare(match) for match in _RUN.finditer(quote)]
    if len(sought) > 2 * MOST_WORDS:  # "don't" may count as two
        return None
    places = list(_RUN.finditer(text))
    runs = [_bare(match) for match in places]
    for first in range(len(runs) - len(sought) + 1):
        if sought and runs[first] == sought[0] and runs[first : first + len(sought)] == sought:
            start, end = places[first].start(), places[first + len(sought) - 1].end()
            words = sum(bool(_RUN.search(word)) for word in text[start:end].split())
            return (start, end) if LEAST_WORDS <= words <= MOST_WORDS else None
    return None


def _bare(match: re.Match[str]) -> str:
    return re.sub("['’]", "", match.group()).casefold()
