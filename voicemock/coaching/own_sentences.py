"""The candidate's own sentences, as far as they can be said again word for word."""

__all__ = ["OwnSentence", "OwnSentences"]

import bisect
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from voicemock.reading.text import passage
from voicemock.schema import AnswerReport, Evidence, FillerKind, SignalName, Word

FEWEST, MOST = 5, 28
"""Words of a sentence that can be said again: fewer say nothing, more are lost on the way (voicemock defaults,
unvalidated)."""

SURE = 0.6
"""A sentence whose words were recognised with less certainty on average may be another one (voicemock default,
unvalidated)."""

_JOINS = r"(?:and|so|but|then|well|okay|yeah|now)\b"
_GOES_ON = r"(?:and|so|but|then|I|we|he|she|they|it|the|my|our|in|at|on|after|when)\b"
_LEAD = re.compile(rf"^(?:{_JOINS}(?:, | (?={_GOES_ON})))+", re.IGNORECASE)
"""Words before the sentence proper: not in "but for her", "so far", "now that", "well before"."""
_WORD = re.compile(r"[\w'’]+")


class OwnSentence(msgspec.Struct, frozen=True):
    """said: as it stands in the transcript. plain: without its ums, the "so" it begins with, and its full stop.

    halting: it has an um.
    """

    said: Evidence
    plain: str
    halting: bool


class OwnSentences:
    """Looks for sentences of an answer; what is too long, too short, unsure or not whole is none."""

    def __init__(self, answer: AnswerReport) -> None:
        self._answer = answer
        self._text = answer.transcript.text
        spoken = passage(self._text)
        whole = (s for s in spoken.sentences if spoken.tokens[s[0]].opens and spoken.tokens[s[1] - 1].closes)
        self._spans = [spoken.chars(first, end) for first, end in whole if FEWEST <= end - first <= MOST]
        self._ums = {f.char_start for f in answer.fillers if f.kind is FillerKind.FILLED_PAUSE}
        self._other = [f.char_start for f in answer.fillers if f.kind is not FillerKind.FILLED_PAUSE]

    def holding(self, claim: str) -> Iterator[OwnSentence]:
        """Yield the last sentence that holds all words of a claim."""
        wanted = set(_WORD.findall(claim.lower())) - {"the"}
        for start, end in reversed(self._spans):
            if wanted and wanted <= set(_WORD.findall(self._text[start:end].lower())):
                yield from self._good([(start, end)])
                return

    def proving(self, names: Sequence[SignalName]) -> Iterator[OwnSentence]:
        """Yield the sentences in which signals were heard, the last first."""
        for name in names:
            signal = self._answer.signals.get(name)
            if signal and signal.present:
                yield from self.around(tuple(reversed(signal.evidence)))

    def around(self, quotes: Sequence[Evidence]) -> Iterator[OwnSentence]:
        """Yield the sentences that quotes are taken from."""
        for quote in quotes:
            if quote.char_start is not None:
                at = bisect.bisect_right(self._spans, quote.char_start, key=lambda span: span[0]) - 1
                if at >= 0 and quote.char_start < self._spans[at][1]:
                    yield from self._good([self._spans[at]])

    def _good(self, spans: Iterable[tuple[int, int]]) -> Iterator[OwnSentence]:
        for start, end in spans:
            words = [w for w in self._answer.transcript.words if w.char_start < end and w.char_end > start]
            sure = [w.probability for w in words if w.probability is not None]
            kept = self._without_ums(words)
            bare = [word.lower().strip(",.?!…\"'-–—") for word in kept]
            whole = "" not in bare and "…" not in self._text[start:end] and self._text[end : end + 1] != "?"
            like = any(start <= at < end for at in self._other)  # without its "like" a sentence may not stand
            if not whole or like or any(one == other for one, other in itertools.pairwise(bare)):  # nor a restart
                continue
            plain = _LEAD.sub("", " ".join(kept).rstrip(".?!,;: "))
            if len(plain.split()) >= FEWEST and (not sure or sum(sure) / len(sure) >= SURE):
                said = self._answer.transcript.evidence(start, end)
                yield OwnSentence(said, plain[:1].upper() + plain[1:], len(kept) < len(words))

    def _without_ums(self, words: Sequence[Word]) -> list[str]:
        """Return words as they are written but the ums, and no comma that stood only beside one."""
        kept: list[str] = []
        for word in words:
            if word.char_start in self._ums:
                if kept:
                    kept[-1] = kept[-1].rstrip(",")
            else:
                kept.append(word.text)
        return kept
