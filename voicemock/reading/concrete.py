"""What an answer gives people to hold on to: its numbers, and the names of people, places and things."""

__all__ = ["told_apart"]

from voicemock.reading.numbers import find_quantities
from voicemock.reading.text import passage
from voicemock.schema import Transcript


def told_apart(transcript: Transcript) -> int:
    """Count the numbers and the names of an answer: what tells it from any other answer to its question.

    A bare "one" is no number. A name is a capital within a sentence: not "I", and no abbreviation such as CFO.
    """
    spoken = passage(transcript.text)
    numbers = sum(quantity.values != (1.0,) for quantity in find_quantities(spoken))
    names = sum(
        (said := spoken.text[token.start : token.end])[0].isupper()
        and not said.isupper()
        and not token.opens
        and not token.word.startswith("i'")
        for token in spoken.tokens
    )
    return numbers + names
