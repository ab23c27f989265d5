"""Fillers: hesitation sounds always, discourse words only where the encoder reads them as such."""

__all__ = ["find_fillers"]

from collections.abc import Iterator

import numpy as np

from voicemock.reading.encoder import SPANS, Encoded, load_bars
from voicemock.reading.text import HESITATIONS, Passage, word_set
from voicemock.schema import Certainty, Filler, FillerKind, Transcript

_DISCOURSE = (("you", "know"), ("i", "mean"), ("kind", "of"), ("sort", "of"), ("so", "yeah"))
_DISCOURSE_WORDS = word_set("like basically actually right")


def find_fillers(
    spoken: Passage, transcript: Transcript, found: Encoded, *, filled_pauses: tuple[Filler, ...] | None
) -> tuple[Filler, ...]:
    """Return all fillers in the order they were said."""
    fillers = list(filled_pauses or ())
    taken = {at for f in fillers for at in range(f.char_start, f.char_end)}
    for first, end, kind in _candidates(spoken, found):
        start, stop = spoken.chars(first, end)
        heard_elsewhere = kind is FillerKind.FILLED_PAUSE and filled_pauses is not None
        if heard_elsewhere or not taken.isdisjoint(range(start, stop)):
            continue
        quote = transcript.evidence(start, stop)
        fillers.append(
            Filler(
                text=quote.quote,
                kind=kind,
                char_start=start,
                char_end=stop,
                certainty=Certainty.CONFIRMED,
                start_s=quote.start_s,
                end_s=quote.end_s,
            )
        )
    return tuple(sorted(fillers, key=lambda f: f.char_start))


def _candidates(spoken: Passage, found: Encoded) -> Iterator[tuple[int, int, FillerKind]]:
    """Yield fillers as (first, end) token indices, left to right without overlaps."""
    odds, bar = found.spans[:, SPANS.index("filler")], load_bars().spans["filler"]
    i = 0
    while i < len(spoken.tokens):
        end = i + 1
        if spoken.word(i) in HESITATIONS:
            if not _is_acronym(spoken, i):
                yield i, end, FillerKind.FILLED_PAUSE
        elif (spoken.word(i), spoken.word(i + 1)) in _DISCOURSE:
            if np.mean(odds[i : i + 2]) >= bar:
                end = i + 2
                yield i, end, FillerKind.DISCOURSE
        elif spoken.word(i) in _DISCOURSE_WORDS and odds[i] >= bar:
            yield i, end, FillerKind.DISCOURSE
        i = end


def _is_acronym(spoken: Passage, i: int) -> bool:
    """Whether a hesitation's letters are an abbreviation: "the ER", in a text that is not all capitals."""
    written = spoken.text[spoken.tokens[i].start : spoken.tokens[i].end]
    return written in ("ER", "MM") and not spoken.text.isupper()
