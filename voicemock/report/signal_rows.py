"""What became of each signal a question expects, as both pages show it."""

__all__ = ["SYMBOLS", "SignalRow", "State", "signal_row"]

import enum

import msgspec

from voicemock.report.words import undecided
from voicemock.schema import AnswerReport, Signal, SignalName


class State(enum.StrEnum):
    """What became of an expected signal; the value names its symbol on the page."""

    HEARD = "yes"
    NOT_HEARD = "no"
    UNDECIDED = "unsure"
    NOT_ASSESSED = "unknown"


SYMBOLS = {State.HEARD: "✓", State.NOT_HEARD: "○", State.UNDECIDED: "?", State.NOT_ASSESSED: "–"}
"""The same symbols in plain text."""


class SignalRow(msgspec.Struct, frozen=True):
    """One expected signal, and what is said of it in words."""

    name: SignalName
    signal: Signal
    state: State
    says: str

    @property
    def symbol(self) -> str:
        """Return its state as one character."""
        return SYMBOLS[self.state]


def signal_row(name: SignalName, answer: AnswerReport, *, filled: bool) -> SignalRow:
    """Return the row of a signal; filled: by the answer to a follow-up."""
    signal = answer.signals.get(name, Signal())
    if filled and not signal.present:
        return SignalRow(name, signal, State.HEARD, "filled in the follow-up")
    if name in answer.undecided:
        return SignalRow(name, signal, State.UNDECIDED, f"could not tell; {undecided(answer)}")
    if signal.present is None:
        return SignalRow(name, signal, State.NOT_ASSESSED, "not assessed")
    if signal.present:
        return SignalRow(name, signal, State.HEARD, "heard")
    return SignalRow(name, signal, State.NOT_HEARD, "not heard")
