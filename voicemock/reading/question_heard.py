"""Whether a recording begins with its own question: read out by a friend, or by a machine.

By the words alone. Whisper errs, people say "so, next one" first and leave words out, so the question is looked for
as the stretch of the first words that needs the fewest changes to become it (Sellers 1980).
"""

__all__ = ["Match", "asked_at", "find_question"]

import difflib
import math
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

import msgspec

from voicemock.reading.text import word_set
from voicemock.schema import Transcript, Word
from voicemock.speech.verbatim import is_filled_pause

LEAD_IN = 12
"""Words that may stand before the question: "Okay, thank you. The next question is". voicemock default, unvalidated."""

FEWEST = 5
"""A question of fewer words may be said by chance. voicemock default, unvalidated."""

ALIKE = 0.75
"""The share of letters two words must share to be taken for one that was misheard (difflib's ratio)."""

MISHEARD = 0.3
"""What a misheard word costs, where another word, a missing or an added one costs 1."""

ASKED = 0.7
"""Whoever says this share of a question asks it, wherever in a recording. voicemock default, unvalidated."""

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SENTENCE = re.compile(r"[^.?!]+[.?!]*")
_ASKED = word_set("you your yours yourself you've you'd you're you'll")
_ASKING = word_set("i my mine me myself i've i'd i'm i'll we our us we've we'd we're")
_SHORT = {"don't": "do not", "didn't": "did not", "wasn't": "was not", "weren't": "were not", "what's": "what is"}


class Match(msgspec.Struct, frozen=True):
    """The question as it was heard.

    words: how many words of the transcript come before the answer: a lead-in and the question.
    likeness: 1 if it was heard word for word; each wrong word takes its share.
    addressed: it speaks to somebody ("you", "tell me"), so whoever says it word for word is asking, not answering.
    """

    words: int
    likeness: float
    addressed: bool


def find_question(heard: Sequence[Word], question: str) -> Match | None:
    """Return how the question, or its first sentences, was heard at the start; None if it was not.

    Where a "you" of the question is heard as "I" somebody repeats it to answer it: that is not the question.
    """
    best: tuple[float, Match] | None = None
    for wanted in _beginnings(question):
        tokens = list(_heard_tokens(heard, LEAD_IN + 2 * len(wanted)))
        path = _align([token for token, _ in tokens], wanted) if tokens else None
        if path is None or any(_turned(wanted[i], tokens[j][0]) for i, j in path.pairs):
            continue
        likeness = 1 - path.cost / len(wanted)
        said = likeness * len(wanted)
        if best is None or said > best[0]:
            addressed = bool(_ASKED.intersection(wanted)) or "me" in wanted[:4]
            best = said, Match(tokens[path.end - 1][1] + 1, round(likeness, 3), addressed)
    return best[1] if best else None


def asked_at(transcript: Transcript, question: str) -> float | None:
    """Return when somebody asks a question in nearly its own words, anywhere, in seconds; None if nobody does."""
    tokens = list(_heard_tokens(transcript.words, len(transcript.words)))
    for wanted in _beginnings(question):
        path = _align([token for token, _ in tokens], wanted, lead_in=math.inf) if tokens else None
        turned = path and any(_turned(wanted[i], tokens[j][0]) for i, j in path.pairs)
        if path and not turned and 1 - path.cost / len(wanted) >= ASKED:
            return transcript.words[tokens[min(j for _, j in path.pairs)][1]].start_s
    return None


class _Path(msgspec.Struct, frozen=True):
    """The cheapest way through: its cost, the token of the transcript it ends before, and which tokens meet."""

    cost: float
    end: int
    pairs: tuple[tuple[int, int], ...]


def _align(heard: Sequence[str], wanted: Sequence[str], *, lead_in: float = LEAD_IN) -> _Path | None:
    """Fit all wanted words to a stretch of the heard ones that begins within the lead-in."""
    rows = [[0.0 if j <= lead_in else math.inf for j in range(len(heard) + 1)]]
    for i, word in enumerate(wanted, 1):
        row = [float(i)]
        for j, other in enumerate(heard, 1):
            row.append(min(rows[-1][j - 1] + _cost(word, other), rows[-1][j] + 1, row[-1] + 1))
        rows.append(row)
    end = min(range(len(heard) + 1), key=lambda j: (rows[-1][j], j))
    if end == 0:
        return None
    pairs, i, j = [], len(wanted), end
    while i and j:
        if rows[i][j] == rows[i - 1][j - 1] + _cost(wanted[i - 1], heard[j - 1]):
            i, j = i - 1, j - 1
            pairs.append((i, j))
        elif rows[i][j] == rows[i - 1][j] + 1:
            i -= 1
        else:
            j -= 1
    return _Path(rows[-1][end], end, tuple(pairs))


@lru_cache(4096)
def _cost(word: str, other: str) -> float:
    if word == other:
        return 0.0
    if 2 * min(len(word), len(other)) < ALIKE * (len(word) + len(other)) or not set(word) & set(other):
        return 1.0  # as the ratio would come out, at a tenth of the time
    return MISHEARD if difflib.SequenceMatcher(None, word, other).ratio() >= ALIKE else 1.0


def _turned(asked: str, heard: str) -> bool:
    """Tell whether somebody asked ("your team") speaks of themselves ("my team")."""
    return asked in _ASKED and heard in _ASKING


def _beginnings(question: str) -> Iterator[list[str]]:
    """Yield the words of the question's first sentence, first two sentences and so on."""
    wanted: list[str] = []
    for sentence in _SENTENCE.findall(question):
        wanted = wanted + _tokens(sentence)
        if len(wanted) >= FEWEST:
            yield wanted


def _heard_tokens(heard: Sequence[Word], most: int) -> Iterator[tuple[str, int]]:
    """Yield the first words as they are compared, each with its place; filled pauses are left out."""
    given = 0
    for place, word in enumerate(heard):
        for token in () if is_filled_pause(word.text) else _tokens(word.text):
            yield token, place
            given += 1
        if given >= most:
            return


def _tokens(text: str) -> list[str]:
    found = [token.lower().replace("’", "'") for token in _TOKEN.findall(text)]
    return [part for token in found for part in _SHORT.get(token, token).split()]
