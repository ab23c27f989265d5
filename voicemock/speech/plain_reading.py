"""The reading that gives the words: with time stamps if that goes well.

Whisper mostly learned to read with time stamps between phrases, and faster-whisper does. So read, it is better at the
words, but may stop in the middle, to be asked again from there: another pass of the encoder. Without time stamps it
reads on to the end.
"""

from __future__ import annotations

__all__ = ["read_each_plain", "read_plain"]

from collections.abc import Sequence

from voicemock.speech.encoded import Encoded
from voicemock.speech.recognise import Decoded, Recogniser
from voicemock.speech.unread import UNREAD_S, Spans

LEAST_TIMED_S = 8.0
"""In less sound there is little to divide: base made "I'll see you all next time" of "that should be all" in 3 s.
voicemock default, unvalidated."""


def read_plain(recogniser: Recogniser, encoded: Encoded, speech: Spans) -> Decoded:
    """Return the words of a piece; speech: where it is in the piece, in seconds."""
    if _is_long(speech):
        timed = recogniser.decode(encoded, timed=True)
        if _went_well(timed, speech):
            return timed
    return recogniser.decode(encoded)


def read_each_plain(recogniser: Recogniser, sounds: Sequence[tuple[Encoded, Spans]]) -> list[Decoded]:
    """Return the words of several pieces, each with where its speech is, as ``read_plain`` would, together."""
    long = [at for at, (_, speech) in enumerate(sounds) if _is_long(speech)]
    timed = recogniser.decode_each([sounds[at][0] for at in long], timed=True)
    found = {at: read for at, read in zip(long, timed, strict=True) if _went_well(read, sounds[at][1])}
    rest = [at for at in range(len(sounds)) if at not in found]
    found |= dict(zip(rest, recogniser.decode_each([sounds[at][0] for at in rest]), strict=True))
    return [found[at] for at in range(len(sounds))]


def _is_long(speech: Spans) -> bool:
    return bool(speech) and speech[-1][1] >= LEAST_TIMED_S


def _went_well(timed: Decoded, speech: Spans) -> bool:
    return timed.until_s > speech[-1][1] - UNREAD_S and not (timed.loops or timed.guessed)
