"""Both readings of a piece: one piece as it comes while somebody speaks, several at once from a recording."""

__all__ = ["Readings", "read_each", "read_one"]

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial

from voicemock.speech.encoded import Encoded
from voicemock.speech.plain_reading import read_each_plain, read_plain
from voicemock.speech.recognise import Decoded, Recogniser
from voicemock.speech.unread import Spans
from voicemock.speech.verbatim import PRIMER


@dataclass(frozen=True, slots=True)
class Readings:
    """A piece as it was read.

    plain: for the words. primed: for the hesitations; read at the latest when it is asked for.
    """

    encoded: Encoded
    plain: Decoded
    primed: Callable[[], Decoded]


def read_one(recogniser: Recogniser, encoded: Encoded, speech: Spans, *, whole: bool) -> Readings:
    """Read a piece; whole: not a part of one that is read again, so that both readings are surely needed."""
    read_primed = partial(recogniser.decode, encoded, primer=PRIMER)
    primed = cache(recogniser.beside(read_primed) if whole and recogniser.verbatim else read_primed)
    return Readings(encoded, read_plain(recogniser, encoded, speech), primed)


def read_each(recogniser: Recogniser, sounds: Sequence[tuple[Encoded, Spans]]) -> list[Readings]:
    """Read several whole pieces at once, each with where its speech is in it; every reading is as ``read_one``'s."""
    if len(sounds) == 1:
        return [read_one(recogniser, *sounds[0], whole=True)]
    encoded = [one for one, _ in sounds]
    primed: list[Callable[[], Decoded]]
    if not recogniser.verbatim:
        primed = [cache(partial(recogniser.decode, one, primer=PRIMER)) for one in encoded]
    else:
        read = cache(recogniser.beside(recogniser.decode_each, encoded, primer=PRIMER))
        primed = [partial(_nth, read, at) for at in range(len(sounds))]
    plain = read_each_plain(recogniser, sounds)
    return [Readings(*found) for found in zip(encoded, plain, primed, strict=True)]


def _nth(read: Callable[[], list[Decoded]], at: int) -> Decoded:
    return read()[at]
