"""One reading of a piece, and what tells whether to believe it."""

__all__ = ["Decoded"]

import zlib
from dataclasses import dataclass

MAX_COMPRESSION = 2.4
"""A text that compresses better repeats itself: OpenAI's default in whisper/transcribe.py."""

MIN_LOG_PROBABILITY = -1.0
"""A text less probable than this is a guess: OpenAI's default in whisper/transcribe.py."""

MAX_NO_SPEECH = 0.6
"""A guess with more chance of silence than this was invented: OpenAI's default in whisper/transcribe.py."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """One reading of a piece.

    hesitation: for every token and the end, how likely "um" or "uh" was held to be there; empty if not asked.
    cut_off: whether it did not end by itself, as loops do not. until_s: how far it got, 0 if that is not told.
    length: tokens, those of time stamps too.
    """

    tokens: tuple[int, ...]
    text: str
    log_probability: float
    no_speech: float
    hesitation: tuple[float, ...] = ()
    cut_off: bool = False
    until_s: float = 0.0
    length: int = 0

    @property
    def compression(self) -> float:
        """Return how many times smaller the text gets when compressed: high if it loops."""
        data = self.text.encode()
        return len(data) / len(zlib.compress(data))

    @property
    def loops(self) -> bool:
        """Tell whether the text repeats itself in a way speech does not."""
        return self.compression > MAX_COMPRESSION

    @property
    def guessed(self) -> bool:
        """Tell whether the model itself doubts the words."""
        return self.log_probability < MIN_LOG_PROBABILITY

    @property
    def invented(self) -> bool:
        """Tell whether the model itself doubts that anything was said."""
        return self.no_speech > MAX_NO_SPEECH and self.guessed
