"""Who an interview needs beside the candidate: one who listens and one who speaks."""

__all__ = ["Ear", "Speaker"]

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from voicemock.schema import AnswerReport, Question

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Ear(Protocol):
    """Listens while an answer is given, so that little is left to do at its end."""

    def begin(self) -> None:
        """Start a new take."""

    def feed(self, block: "NDArray[np.float32]") -> None:
        """Take the next samples, 16 kHz mono; returns at once."""

    def finish(self, recording: Path, question: Question, take: int) -> AnswerReport:
        """Return the report on the take that was fed."""

    def abandon(self) -> None:
        """Throw the take away."""

    def analyse(self, recording: Path, question: Question, take: int) -> AnswerReport:
        """Return the report on a recording made earlier."""

    @property
    def partial(self) -> str:
        """The words so far."""

    @property
    def filled_pauses(self) -> int:
        """Filled pauses so far."""


class Speaker(Protocol):
    """Says the interviewer's words."""

    def prepare(self, text: str) -> None:
        """Get ready to say a text."""

    def say(self, text: str) -> bool:
        """Say it and return when it has been heard; False where it could not be."""
