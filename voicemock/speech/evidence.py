"""Whether a reading may stand: what the two readings, the speech detector and plain arithmetic together say about it.

No witness suffices alone. The plain reading's own doubt threw away seconds of clear speech by speakers with an accent,
of which the primed reading was sure; a repetition that compresses well may be a loop of the decoder, or twelve times
"yes".
"""

__all__ = ["CLEAR_S", "best_cut_s", "repeats_as_said", "repeats_itself", "somebody_spoke"]

from collections.abc import Callable, Sequence
from itertools import pairwise

from voicemock.speech.recognise import Decoded

LEAST_SPEECH_S = 0.1
"""Shorter sounds that the detector takes for speech are clicks and tones, no words. The shortest single words of
annotated speech last about this long. voicemock default, unvalidated."""

CLEAR_S = 1.0
"""With this much detected speech a piece is not dropped on one reading's doubt. Noises, tones and chords of 0.05 to
20 s had at most 0.35 s. voicemock default, unvalidated."""

SURELY_SPEECH = 0.3
"""The primed reading is sure that somebody speaks if it gives silence less than this: tones and chords had at least
0.5, speech at most 0.1. voicemock default, unvalidated."""

MOST_WORDS_PER_S = 8.0
"""Nobody says more words, rounded, in a second of speech; repeating them, not half as many. Conversations reach 4.5
(260 words a minute) in Tauroza & Allison 1990, a burst of short words more."""

LEAST_PAUSE_S = 0.1
"""A gap in speech at which it can be cut without cutting a word: longer than the closure of most stops. voicemock
default, unvalidated."""


def somebody_spoke(plain: Decoded, primed: Callable[[], Decoded], speech_s: float) -> bool:
    """Tell whether a piece holds words.

    primed: gives the primed reading; asked only in doubt. speech_s: how much the detector took for speech.
    """
    if speech_s < LEAST_SPEECH_S:
        return False
    if speech_s < CLEAR_S and _words(plain) > 0.5 + MOST_WORDS_PER_S * speech_s:
        return False
    if not plain.invented:
        return True
    return speech_s >= CLEAR_S and primed().no_speech < SURELY_SPEECH


def repeats_as_said(reading: Decoded, speech_s: float) -> bool:
    """Tell whether a text that repeats itself may have been said: it ends by itself and fits into the speech."""
    return not reading.cut_off and _words(reading) <= 0.5 + MOST_WORDS_PER_S / 2 * speech_s


def repeats_itself(reading: Decoded) -> bool:
    """Tell whether half of the words of a text are said again in it, as in no ordinary piece."""
    words = reading.text.lower().split()
    return 2 * len(set(words)) <= len(words)


def best_cut_s(speech: Sequence[tuple[float, float]], lasts_s: float) -> float | None:
    """Return the middle of the longest pause in the middle half of a piece, None if it has none."""
    pauses = [
        (start_s - end_s, (start_s + end_s) / 2)
        for (_, end_s), (start_s, _) in pairwise(speech)
        if start_s - end_s >= LEAST_PAUSE_S and lasts_s / 4 <= (start_s + end_s) / 2 <= lasts_s * 3 / 4
    ]
    return max(pauses)[1] if pauses else None


def _words(reading: Decoded) -> int:
    return sum(any(map(str.isalnum, word)) for word in reading.text.split())
