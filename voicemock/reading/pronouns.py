"""Ownership: where the speaker acts or owns, alone (I, my) or with others (we, our)."""

__all__ = ["find_pronouns"]

from voicemock.reading.text import Passage, words
from voicemock.schema import Pronouns, Span

_ENDINGS = ("", "'d", "'m", "'ve", "'ll", "'re")
_I = frozenset(f"i{ending}" for ending in _ENDINGS)
_WE = frozenset(f"we{ending}" for ending in _ENDINGS)
# Said to the speaker, not done by them: "I was asked".
_PASSIVE = words(
    """
    asked told given hired promoted moved assigned tasked appointed handed offered invited expected
    supposed paged called brought recruited paid taught trained blamed woken acquired bought merged
    """
)
_BE = words(
    """
    was were am are is been got get being
    """
)
# Not what the speaker made, decided or leads.
_NOT_OWNED = words(
    """
    company boss bosses manager director vp cto ceo cfo coo mom mum mother dad father wife husband
    partner kids kid son daughter brother sister family parents friend friends peer peers customers
    customer clients client life opinion mind head career experience background place name
    """
)
_PARENTHESES = (("i'd", "say"), ("i", "say"), ("i", "mean"), ("i", "guess"), ("i", "suppose"))
_PEOPLE_IN_GENERAL = words(
    """
    all live get
    """
)


def find_pronouns(spoken: Passage) -> Pronouns:
    """Return each I and we that acts or owns, and the share of I."""
    alone: list[Span] = []
    together: list[Span] = []
    for i, token in enumerate(spoken.tokens):
        if token.word in _I and _acts(spoken, i) and (token.word, spoken.word(i + 1)) not in _PARENTHESES:
            alone.append(Span(char_start=token.start, char_end=token.end))
        elif token.word in _WE and _acts(spoken, i) and spoken.word(i + 1) not in _PEOPLE_IN_GENERAL:
            together.append(Span(char_start=token.start, char_end=token.end))
        elif (token.word == "my" and _owns(spoken, i)) or token.word == "mine":
            alone.append(Span(char_start=token.start, char_end=token.end))
        elif (token.word == "our" and _owns(spoken, i)) or token.word == "ours":
            together.append(Span(char_start=token.start, char_end=token.end))
    said = len(alone) + len(together)
    return Pronouns(i=tuple(alone), we=tuple(together), i_share=len(alone) / said if said else None)


def _acts(spoken: Passage, i: int) -> bool:
    return not (spoken.word(i + 1) in _BE and spoken.word(i + 2) in _PASSIVE)


def _owns(spoken: Passage, i: int) -> bool:
    near = {spoken.word(i + 1), spoken.word(i + 2)}
    return not near & _NOT_OWNED
