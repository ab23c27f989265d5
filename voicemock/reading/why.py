"""In which sentences a reason or a price is put in words: "because", "instead of", "it cost us".

A plain list of words, so that anybody can see why a sentence counts. A reason given without any of them is not found.
"""

__all__ = ["Why", "find_why"]

import re

import msgspec

from voicemock.reading.text import passage
from voicemock.schema import Evidence, Transcript

_SAYS_WHY = re.compile(
    r"\b(?:because|so that|so (?:we|i|they|nobody|customers) (?:could|would|can)|in order to|in order not to"
    r"|(?:the|my|our|one|main|another|first|second) reasons?|that is why|that's why|which is why|otherwise"
    r"|to (?:avoid|make sure|protect|keep)|driven by|my thinking was|what (?:decided|settled) it"
    r"|instead of|rather than|trade[- ]?offs?|traded|gave up|give up|giving up|at the (?:cost|expense|price) of"
    r"|the (?:cost|price|downside|catch|risk) (?:was|of|is)|(?:it|that|which) cost (?:us|me|them)|in exchange|in return"
    r"|the alternative|alternatives|could have|(?:weighed|chose|picked|decided) .{1,60}? (?:over|against)"
    r"|even (?:though|if) (?:it|that|we|this)|accepted that|we accepted|i accepted|sacrificed?|compromise)\b",
    re.IGNORECASE,
)


class Why(msgspec.Struct, frozen=True, kw_only=True):
    """The sentences in which words say why, and how many sentences there are."""

    found: tuple[Evidence, ...]
    sentences: int

    @property
    def share(self) -> float:
        """Return which share of the sentences says why."""
        return len(self.found) / self.sentences if self.sentences else 0.0


def find_why(transcript: Transcript) -> Why:
    """Return the sentences in which a reason or a price is put in words."""
    spoken = passage(transcript.text)
    places = [spoken.chars(*place) for place in spoken.sentences]
    found = tuple(transcript.evidence(*place) for place in places if _SAYS_WHY.search(transcript.text[slice(*place)]))
    return Why(found=found, sentences=len(places))
