"""Why, not only what: the sentences of an answer that give a reason.

A plain matcher of the words that people give reasons with, beside the passages that were read as reasons. "Since" and
"as" are left out: as often as not, they tell when.
"""

__all__ = ["Reasons", "find_reasons"]

import re
from collections.abc import Sequence

import msgspec

from voicemock.reading.text import passage
from voicemock.schema import Evidence, Transcript

_GIVEN = re.compile(
    r"\b(?:because|so that(?!'| day| week| evening| night)|so (?:i|we|they|he|she) could|in order to"
    r"|given (?:that|our|the)|due to|that's why|(?:the|my) reason (?:is|was|i|we|for|why|that)|to avoid|to make sure"
    r"|otherwise|instead of|rather than|would have meant|the risk (?:was|is|of)|trade-?offs?|gave up|give up"
    r"|in exchange|the price of|worth (?:it|the)|primary driver)\b"
)


class Reasons(msgspec.Struct, frozen=True, kw_only=True):
    """Sentences that give a reason, of all; share: their words over all words, 0 to 1."""

    sentences: int
    of: int
    share: float


def find_reasons(transcript: Transcript, proofs: Sequence[Evidence]) -> Reasons:
    """Count the sentences that give a reason; proofs: what else was read as one."""
    spoken = passage(transcript.text)
    places = [(one.char_start, one.char_end) for one in proofs if one.char_start is not None]
    lengths = []
    for first, end in spoken.sentences:
        start, stop = spoken.chars(first, end)
        words = " ".join(token.word for token in spoken.tokens[first:end])
        if _GIVEN.search(words) or any(at < stop and (until or at) > start for at, until in places):
            lengths.append(end - first)
    share = sum(lengths) / len(spoken.tokens) if spoken.tokens else 0.0
    return Reasons(sentences=len(lengths), of=len(spoken.sentences), share=share)
