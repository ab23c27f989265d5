"""What can be seen of each sentence of an answer, as named features for the learned weights."""

__all__ = ["Sentence", "cut", "features"]

import itertools
from collections.abc import Iterator, Sequence

import msgspec

from voicemock.reading.cues import Cue, sentence_line
from voicemock.reading.text import Passage

_QUARTERS = 4
_LONG, _SHORT = 18, 6
_TURNS = ("but", "or", "so", "and", "because", "if", "now", "then")
# Cues of neighbouring sentences count too: a trade-off or a blow to a customer takes several.
_REACH = (1, -1, 2, -2)


class Sentence(msgspec.Struct, frozen=True):
    """One sentence: its token span, and its words as cues see them."""

    first: int
    end: int
    line: str


def cut(spoken: Passage) -> list[Sentence]:
    """Return the sentences of a passage."""
    return [Sentence(first, end, sentence_line(spoken, first, end)) for first, end in spoken.sentences]


def features(sentences: Sequence[Sentence], cues: Sequence[Cue]) -> list[list[str]]:
    """Return the names of everything seen in and around each sentence."""
    fired = [[cue.name for cue in cues if cue.match.search(sentence.line)] for sentence in sentences]
    return [list(_of_one(sentences, fired, i)) for i in range(len(sentences))]


def _of_one(sentences: Sequence[Sentence], fired: Sequence[Sequence[str]], i: int) -> Iterator[str]:
    yield from (f"cue:{name}" for name in fired[i])
    for step in _REACH:
        if 0 <= i + step < len(sentences):
            yield from (f"cue{step:+d}:{name}" for name in fired[i + step])
    words = sentences[i].line.split()
    yield from (f"word:{word}" for word in words)
    yield from (f"word:{one} {two}" for one, two in itertools.pairwise(words))
    yield f"quarter:{min(_QUARTERS - 1, _QUARTERS * i // len(sentences))}"
    if words and words[0] in _TURNS:
        yield f"opens:{words[0]}"
    if len(words) > _LONG:
        yield "long"
    elif len(words) < _SHORT:
        yield "short"
