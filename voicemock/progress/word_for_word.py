"""What one take has word for word as another: runs of words too long to be shared by chance."""

__all__ = ["RUN", "Repeated", "repeated", "share"]

from collections.abc import Sequence
from typing import NamedTuple

from voicemock.reading.amounts import SENTENCE_END
from voicemock.reading.text import HESITATIONS, Token, passage

RUN = 5
"""Words in a run: long enough that two tellings of one story seldom share one by chance (voicemock default,
unvalidated)."""


class Repeated(NamedTuple):
    """A stretch of the later text, by its characters; before: where in the earlier one it begins."""

    start: int
    end: int
    before: int


def share(earlier: str, later: str) -> float | None:
    """Return the share of the later words' runs that the earlier have, None without a run; both as a row's ``said``."""
    old, new = set(_runs(_words(earlier))), _runs(_words(later))
    return sum(run in old for run in new) / len(new) if new else None


def repeated(earlier: str, later: str) -> tuple[Repeated, ...]:
    """Return the stretches of a later text that are made of an earlier one's runs, in order."""
    before, now = _tokens(earlier), _tokens(later)
    places: dict[tuple[str, ...], int] = {}
    for at, run in enumerate(_runs([token.word for token in before])):
        places.setdefault(run, at)
    found: list[Repeated] = []
    last = -1  # the token the stretch found last ends with
    for at, run in enumerate(_runs([token.word for token in now])):
        if run not in places:
            continue
        end = at + RUN - 1
        if found and at <= last:
            found[-1] = found[-1]._replace(end=now[end].end)
        else:
            found.append(Repeated(now[at].start, now[end].end, before[places[run]].start))
        last = end
    return tuple(found)


def _words(said: str) -> list[str]:
    return [word for word in said.split() if word != SENTENCE_END]


def _tokens(text: str) -> list[Token]:
    return [token for token in passage(text).tokens if token.word not in HESITATIONS]


def _runs(words: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)]
