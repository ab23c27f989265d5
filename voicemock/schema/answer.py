"""What the words of an answer say, and the answer itself: the input of every check."""

__all__ = ["Answer", "Part", "Pronouns", "Reading", "Signal", "assessed"]

from collections.abc import Mapping

import msgspec

from voicemock.schema.frozen import FrozenMap, freeze
from voicemock.schema.heard import Aside, Evidence, Filler, Prosody, Recording, Span, Transcript, spoken_s
from voicemock.schema.names import SignalName
from voicemock.schema.question import Question, expected_by


class Pronouns(msgspec.Struct, frozen=True, kw_only=True):
    """Where the speaker acts or owns, alone (I, my) or with others (we, our).

    i_share: I / (I + we); None if neither was said.
    """

    i: tuple[Span, ...] = ()
    we: tuple[Span, ...] = ()
    i_share: float | None = None


class Signal(msgspec.Struct, frozen=True, kw_only=True):
    """Whether an answer has what an interviewer listens for; present is None if that could not be told.

    sure: heard so clearly that it may be praised.
    """

    present: bool | None = None
    sure: bool = False
    evidence: tuple[Evidence, ...] = ()


def assessed(signals: Mapping[SignalName, Signal]) -> bool:
    """Return whether the words could be judged: not too few, and about what was asked."""
    about = signals.get(SignalName.ON_TOPIC)
    return any(one.present is not None for one in signals.values()) and not (about and about.present is False)


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of an answer that does one job: situation, task, action or result.

    share: its words over all words of the answer, 0 to 1.
    """

    name: SignalName
    char_start: int
    char_end: int
    share: float
    start_s: float | None = None
    end_s: float | None = None


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What the words of an answer say: fillers, ownership, signals, and its parts in order.

    notes: what the reading had to do without.
    """

    fillers: tuple[Filler, ...] = ()
    pronouns: Pronouns = Pronouns()
    signals: Mapping[SignalName, Signal] = FrozenMap()
    parts: tuple[Part, ...] = ()
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        freeze(self, "signals")


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """One answer, heard or written, with all that was read from it: the input of every check."""

    transcript: Transcript
    reading: Reading
    question: Question | None = None
    recording: Recording | None = None
    prosody: Prosody | None = None
    asides: tuple[Aside, ...] = ()

    @property
    def expects(self) -> tuple[SignalName, ...]:
        """Return the signals expected of the answer."""
        return expected_by(self.question)

    @property
    def duration_s(self) -> float | None:
        """Return the time from the first word to the last without others' turns, None for text."""
        return spoken_s(self.transcript, self.asides)
