"""Ownership: where the speaker acts or owns, alone (I, my) or with others (we, our)."""

__all__ = ["find_pronouns"]

from voicemock.reading.encoder import SPANS, Encoded, load_bars
from voicemock.reading.text import Passage, word_set
from voicemock.schema import Pronouns, Span

_ALONE = word_set("i i'd i'm i've i'll my mine")
_TOGETHER = word_set("we we'd we're we've we'll our ours")


def find_pronouns(spoken: Passage, found: Encoded) -> Pronouns:
    """Return each I and we that acts or owns, as the encoder reads them in context, and the share of I."""
    alone = _counted(spoken, found, "i", _ALONE)
    together = _counted(spoken, found, "we", _TOGETHER)
    said = len(alone) + len(together)
    return Pronouns(i=alone, we=together, i_share=len(alone) / said if said else None)


def _counted(spoken: Passage, found: Encoded, kind: str, words: frozenset[str]) -> tuple[Span, ...]:
    odds, bar = found.spans[:, SPANS.index(kind)], load_bars().spans[kind]
    places = (t for t, score in zip(spoken.tokens, odds.tolist(), strict=True) if t.word in words and score >= bar)
    return tuple(Span(char_start=token.start, char_end=token.end) for token in places)
