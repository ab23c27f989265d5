"""The reading that gives the words: with time stamps if that goes well.

Whisper mostly learned to read with time stamps between phrases, and faster-whisper does. So read, it is better at the
words, but may stop in the middle, to be asked again from there: another pass of the encoder. Without time stamps it
reads on to the end.
"""

from __future__ import annotations

__all__ = ["read_plain"]

from voicemock.speech.encoded import Encoded
from voicemock.speech.recognise import Decoded, Recogniser
from voicemock.speech.unread import UNREAD_S, Spans

LEAST_TIMED_S = 8.0
"""In less sound there is little to divide: base made "I'll see you all next time" of "that should be all" in 3 s.
voicemock default, unvalidated."""


def read_plain(recogniser: Recogniser, encoded: Encoded, speech: Spans) -> Decoded:
    """Return the words of a piece; speech: where it is in the piece, in seconds."""
    if speech and speech[-1][1] >= LEAST_TIMED_S:
        timed = recogniser.decode(encoded, timed=True)
        if timed.until_s > speech[-1][1] - UNREAD_S and not (timed.loops or timed.guessed):
            return timed
    return recogniser.decode(encoded)
