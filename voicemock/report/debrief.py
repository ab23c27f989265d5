"""The interviewer's sheet after an answer: what a quote proves, and what they would have to guess."""

__all__ = ["Debrief", "Proven", "debrief"]

from collections.abc import Mapping, Sequence

import msgspec

from voicemock.report.signal_rows import SignalRow, State
from voicemock.schema import Evidence, Signal, SignalName
from voicemock.signals import signals

WHY = {
    State.HEARD: "no quote proves it",
    State.NOT_HEARD: "not heard",
    State.UNDECIDED: "voicemock could not tell",
}


class Proven(msgspec.Struct, frozen=True, kw_only=True):
    """A line they could write down, and the words that prove it; follow_up: they stand in the answer to one."""

    name: str
    phrase: str
    quote: Evidence
    follow_up: bool


class Debrief(msgspec.Struct, frozen=True, kw_only=True):
    """The sheet. guess: what they would have to guess, each with the reason. not_assessed: what is on neither side."""

    proven: tuple[Proven, ...]
    guess: tuple[str, ...]
    not_assessed: tuple[str, ...]


def debrief(rows: Sequence[SignalRow], filled: Mapping[SignalName, Signal]) -> Debrief | None:
    """Return the sheet of an answer; None where nothing could be judged.

    rows: what became of each signal the question expects. filled: those the answer to a follow-up gave.
    """
    proven, guess, unknown = [], [], []
    for row in rows:
        entry = signals()[row.name]
        quotes = row.signal.evidence if row.signal.present else filled.get(row.name, Signal()).evidence
        if row.state is State.HEARD and quotes:
            later = not row.signal.present
            proven.append(Proven(name=entry.name, phrase=entry.phrase, quote=quotes[0], follow_up=later))
        elif row.state in WHY:
            guess.append(f"{entry.phrase} ({WHY[row.state]})")
        else:
            unknown.append(entry.phrase)
    if not proven and not guess:
        return None
    return Debrief(proven=tuple(proven), guess=tuple(guess), not_assessed=tuple(unknown))
