"""One answer as a row of the history."""

__all__ = ["Practised"]

from collections.abc import Mapping

from voicemock.reading.amounts import Amount
from voicemock.report.figures import Figures
from voicemock.schema import FrozenMap, Question, SessionInfo, SignalName
from voicemock.schema.frozen import freeze


class Practised(Figures, frozen=True, kw_only=True):
    """One answer.

    session: it belongs to. question: None if none was named. take: from 1.
    place: in the report on its session, from 1.
    replaced: a later take counts instead. follows: the id of the question it is a follow-up to.
    model: that heard it. length_s: from the first word to the last.
    measures: each check's value, None if it was not assessed.
    expected: whether each signal the question expects was heard; None if that could not be told.
    crutches: how often each crutch word was said. amounts: the plain counts told.
    said: its words in lower case, sentences parted by a full stop of its own.
    """

    session: SessionInfo
    question: Question | None
    take: int
    place: int
    replaced: bool
    follows: str | None
    model: str = ""
    measures: Mapping[str, float | None] = FrozenMap()
    expected: Mapping[SignalName, bool | None] = FrozenMap()
    crutches: Mapping[str, int] = FrozenMap()
    said: str = ""
    amounts: tuple[Amount, ...] = ()

    def __post_init__(self) -> None:
        freeze(self, "measures", "expected", "crutches")

    @property
    def length_s(self) -> float | None:
        """Return the time from the first word to the last in seconds, None if there was no word."""
        return self.measures.get("length")
