"""Three manners an interviewer can have: they change the wording, the patience and the probing."""

__all__ = ["BARE", "Manner", "find_manner"]

import msgspec

from voicemock.errors import UnknownNameError


class Manner(msgspec.Struct, frozen=True, kw_only=True):
    """How an interviewer behaves.

    greeting: said before the first question; leads: said before the following ones, in turn.
    cut_in: said when an answer is cut short; it asks for the point.
    follow_ups: at most this many after an answer.
    first_word_s: seconds to think before the first word that auto-stop never counts.
    """

    name: str
    greeting: str
    leads: tuple[str, ...]
    cut_in: str
    closing: str
    follow_ups: int
    first_word_s: float


MANNERS = (
    Manner(
        name="warm",
        greeting="Hello, good to meet you. Take your time with each answer; thinking is fine. Here is the first one.",
        leads=("Thank you. Next one.", "Good, thank you. Let us look at something else.", "Thanks. Another one."),
        cut_in="Sorry to stop you there, I want to be sure I have it. In one sentence, what came of it?",
        closing="That was the last one. Thank you, well done for staying with it.",
        follow_ups=1,
        first_word_s=20.0,
    ),
    Manner(
        name="neutral",
        greeting="Hello. Here is the first question.",
        leads=("Next question.",),
        cut_in="Let me stop you there. In one sentence, what was the result?",
        closing="That was the last question. Thank you.",
        follow_ups=1,
        first_word_s=10.0,
    ),
    Manner(
        name="strict",
        greeting="Let us begin.",
        leads=("Next.",),
        cut_in="I have to stop you. The result, in one sentence.",
        closing="We are done.",
        follow_ups=2,
        first_word_s=10.0,
    ),
)
"""First-word times are voicemock defaults, unvalidated; ten seconds is the least any manner gives."""

BARE = Manner(name="bare", greeting="", leads=("",), cut_in="", closing="", follow_ups=0, first_word_s=10.0)
"""Asks the questions and says nothing else."""


def find_manner(name: str) -> Manner:
    """Return a manner by its name."""
    manners = {manner.name: manner for manner in MANNERS}
    if name not in manners:
        raise UnknownNameError("manner", name, manners, listed_by="voicemock practice --help")
    return manners[name]
