"""What the words of an answer say: fillers, ownership, signals.

``read`` is a pure function of its arguments: no clock, user's file, setting or network.
"""

__all__ = [
    "NOT_ENGLISH",
    "TOO_LONG",
    "from_text",
    "main_noun",
    "read",
    "reader_version",
    "unexplained_decision",
    "unmeasured_claim",
    "unproven_claim",
]

import re

from voicemock.reading.claims import unexplained_decision, unmeasured_claim, unproven_claim
from voicemock.reading.encoder import encode, reader_version
from voicemock.reading.english import NOT_ENGLISH, seems_english
from voicemock.reading.fillers import find_fillers
from voicemock.reading.nouns import main_noun
from voicemock.reading.pronouns import find_pronouns
from voicemock.reading.signals import find_signals
from voicemock.reading.text import passage
from voicemock.schema import Filler, Question, Reading, Signal, SignalName, Transcript, Word

MOST_WORDS = 30_000
"""Three hours of speech; more is no answer, and would take minutes. voicemock default, unvalidated."""
TOO_LONG = f"More than {MOST_WORDS:,} words are no single answer: what they say was not assessed."
_UNBROKEN = re.compile(r"\S+")
_LETTER = re.compile(r"\w")


def read(
    transcript: Transcript,
    *,
    question: Question | None = None,
    filled_pauses: tuple[Filler, ...] | None = None,
) -> Reading:
    """Read an answer as an interviewer hears it.

    filled_pauses: the ums the hearing layer found, then the only ones counted; None for text,
    where they are looked for in the words.
    """
    spoken = passage(transcript.text)
    if len(spoken.tokens) > MOST_WORDS or not seems_english(spoken):  # German "um" and "er" are no hesitations
        unknown = {name: Signal() for name in SignalName}
        note = TOO_LONG if len(spoken.tokens) > MOST_WORDS else NOT_ENGLISH
        return Reading(fillers=filled_pauses or (), signals=unknown, notes=(note,))
    found = encode(question.text if question else "", spoken)
    signals, parts = find_signals(spoken, transcript, question, found)
    return Reading(
        fillers=find_fillers(spoken, transcript, found, filled_pauses=filled_pauses),
        pronouns=find_pronouns(spoken, found),
        signals=signals,
        parts=parts,
    )


def from_text(text: str) -> Transcript:
    """Return a written answer as a transcript: words with their place in the text, without times."""
    words = tuple(
        Word(text=match.group(), char_start=match.start(), char_end=match.end())
        for match in _UNBROKEN.finditer(text)
        if _LETTER.search(match.group())
    )
    return Transcript(text=text, words=words)
