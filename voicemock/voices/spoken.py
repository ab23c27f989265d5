"""What all voices share: text made safe to speak, and speech checked before it is believed."""

__all__ = ["save_speech", "speakable", "utterances"]

import re
import unicodedata
from pathlib import Path

import numpy as np

from voicemock.audio.arrays import Samples
from voicemock.audio.wav import wav_bytes
from voicemock.errors import VoiceError, repair
from voicemock.paths import write_whole

# Synthesisers obey some of these instead of speaking them: SAPI reads text that starts with "<" as XML,
# macOS takes "[[...]]" as a command, hibari "[word](/phonemes/)" as a pronunciation.
_MARKUP = str.maketrans(dict.fromkeys("<>[]{}|\\*_#`~^", " "))
_LESS, _MORE = re.compile(r"<(?=\s*\d)"), re.compile(r">(?=\s*\d)")
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")
# Less than this is not speech: shorter than a syllable, or 40 dB under full scale at its loudest.
_SHORTEST_S = 0.1
_QUIETEST_PEAK = 0.01


def speakable(text: str) -> str:
    """Return the text on one line, without markup, control characters and half characters.

    Raises VoiceError if no letter or digit is left to say.
    """
    visible = "".join(" " if unicodedata.category(c) in ("Cc", "Cs", "Co", "Cn") else c for c in text)
    compared = _MORE.sub(" more than ", _LESS.sub(" less than ", visible))
    plain = " ".join(compared.translate(_MARKUP).split())
    if not any(c.isalnum() for c in plain):
        raise VoiceError("There is nothing to say: the text contains no words.")
    return plain


def utterances(text: str, *, longest: int) -> list[str]:
    """Split text into pieces of at most ``longest`` characters, at sentence ends, else between words."""
    pieces: list[str] = []
    for sentence in _SENTENCE_END.split(text):
        for part in _cut(sentence, longest):
            if pieces and len(pieces[-1]) + 1 + len(part) <= longest:
                pieces[-1] += " " + part
            else:
                pieces.append(part)
    return pieces


def _cut(sentence: str, longest: int) -> list[str]:
    parts = []
    while len(sentence) > longest:
        space = sentence.rfind(" ", 1, longest + 1)
        end = space if space > 0 else longest
        parts.append(sentence[:end])
        sentence = sentence[end:].lstrip()
    return [*parts, sentence] if sentence else parts


def save_speech(path: Path, samples: Samples, rate_hz: int, *, voice: str, volume: float = 1.0) -> None:
    """Write rendered speech, times ``volume``, as a WAV file; raises VoiceError if nothing was said in it."""
    if len(samples) < _SHORTEST_S * rate_hz or float(np.abs(samples).max()) < _QUIETEST_PEAK:
        raise VoiceError(
            f"The voice '{voice}' made no sound for this text.",
            hint="Choose another voice, or have the questions printed instead.",
        )
    try:
        write_whole(path, wav_bytes(samples * volume, rate_hz))
    except OSError as error:
        hint = f"{repair(error, 'Check that folder')}."
        raise VoiceError(f"The spoken text cannot be written to {path}: {error.strerror}.", hint=hint) from error
