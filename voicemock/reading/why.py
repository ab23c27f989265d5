"""Why, not only what: the sentences of an answer that put a reason or a price in words.

A plain list of words, so that anybody can see why a sentence counts; a reason given without any of them is not found.
"Since" and "as" are left out: as often as not, they tell when.
"""

__all__ = ["Why", "find_why", "says_why"]

import re
from collections.abc import Sequence

import msgspec

from voicemock.reading.text import passage
from voicemock.schema import Evidence, Transcript

_SAYS_WHY = re.compile(
    r"\b(?:because|so that(?!'| day| week| evening| night)|so (?:we|i|they|he|she|nobody|customers) (?:could|would|can)"
    r"|in order (?:not )?to|given (?:that|our|the)|due to|that is why|that's why|which is why|otherwise"
    r"|(?:the|my|our|one|main|another|first|second) reasons? (?:is|was|are|were|i|we|for|why|that)"
    r"|to (?:avoid|make sure|protect|keep)|driven by|primary driver|my thinking was|what (?:decided|settled) it"
    r"|instead of|rather than|would have meant|trade-? ?offs?|traded|gave up|give up|giving up"
    r"|at the (?:cost|expense|price) of|the (?:cost|price|downside|catch|risk) (?:was|of|is)"
    r"|(?:it|that|which) cost (?:us|me|them)|in exchange|in return|worth (?:it|the)|the alternative|alternatives"
    r"|could have|(?:weighed|chose|picked|decided) .{1,60}? (?:over|against)|even (?:though|if) (?:it|that|we|this)"
    r"|accepted that|we accepted|i accepted|sacrificed?|compromise)\b"
)


class Why(msgspec.Struct, frozen=True, kw_only=True):
    """The sentences that say why, how many sentences there are, and the share of those words in all, 0 to 1."""

    found: tuple[Evidence, ...]
    sentences: int
    of_words: float

    @property
    def of_sentences(self) -> float:
        """Return which share of the sentences says why, 0 to 1."""
        return len(self.found) / self.sentences if self.sentences else 0.0


def says_why(said: str) -> bool:
    """Return whether words put a reason or a price."""
    return bool(_SAYS_WHY.search(" ".join(token.word for token in passage(said).tokens)))


def find_why(transcript: Transcript, proofs: Sequence[Evidence] = ()) -> Why:
    """Return the sentences in which a reason or a price is put in words; proofs: what else was read as one."""
    spoken = passage(transcript.text)
    places = [(one.char_start, one.char_end) for one in proofs if one.char_start is not None]
    found, words = [], 0
    for first, end in spoken.sentences:
        start, stop = spoken.chars(first, end)
        if says_why(spoken.text[start:stop]) or any(at < stop and (until or at) > start for at, until in places):
            found.append(transcript.evidence(start, stop))
            words += end - first
    share = words / len(spoken.tokens) if spoken.tokens else 0.0
    return Why(found=tuple(found), sentences=len(spoken.sentences), of_words=share)
