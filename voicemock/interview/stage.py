"""What an interview needs: someone to speak, someone to listen, a candidate's keys, and a place to show it.

A terminal, a page and a test differ only in these.
"""

__all__ = ["ENTER", "ESCAPE", "Ear", "KeySource", "Room", "Speaker", "Stage", "TurnView"]

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from voicemock.audio.arrays import Samples
from voicemock.audio.record import Microphone, Recorder
from voicemock.interview.arrival import SoundWatch
from voicemock.schema import AnswerReport, Question, SessionReport

ENTER = "enter"
ESCAPE = "\x1b"
"""The Escape key, and every key that is not a character."""


class Ear(Protocol):
    """Listens while an answer is given, so that little is left to do at its end."""

    def begin(self) -> None:
        """Start a new take."""

    def feed(self, block: Samples) -> None:
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
        """Say it and return when it has been heard; False if it could not be."""


class KeySource(Protocol):
    """Where the candidate's keys come from."""

    def poll(self, timeout_s: float) -> str | None:
        """Return the next character typed, "enter" for the Enter key, or None after ``timeout_s``."""

    def wait(self, *wanted: str) -> str:
        """Return the first of the wanted keys to be pressed."""

    def clear(self) -> None:
        """Forget keys pressed before now."""


@dataclass
class TurnView:
    """What may be shown while an answer is recorded, besides the recorder's own figures; it changes meanwhile.

    counts: filled pauses so far, None if they are not wanted.
    countdown_s: seconds until auto-stop ends the answer, None while it is not counting.
    partial: the words so far, None while they are not wanted.
    note: what is being typed, None while nothing is.
    message: what the last key did.
    sound: tells whether anything arrives from the microphone.
    """

    recorder: Recorder
    question: Question
    paused: bool = False
    counts: int | None = None
    countdown_s: float | None = None
    partial: str | None = None
    note: str | None = None
    message: str = ""
    sound: SoundWatch | None = None

    @property
    def unheard(self) -> bool:
        """Whether nothing arrives from the microphone."""
        return self.sound is not None and self.sound.missing


class Stage(Protocol):
    """Where the candidate sees what happens."""

    def told(self, text: str) -> None:
        """Say something about the session."""

    def warned(self, text: str) -> None:
        """Say that something went wrong that does not end the session."""

    def asked(self, question: Question, heading: str) -> None:
        """Show that a question is asked, with its words unless the candidate wants to hear them only."""

    def unspoken(self, question: Question) -> None:
        """Show a question's words after all: they could not be spoken. Those that follow are shown, too."""

    def recording(self, view: TurnView) -> AbstractContextManager[None]:
        """Show a recording until the context ends."""

    def moved(self, view: TurnView) -> None:
        """Look at the view of a recording again: something in it may have changed."""

    def listening(self) -> AbstractContextManager[None]:
        """Show that the answer is listened to until the context ends."""

    def heard(self, answer: AnswerReport, *, earlier: bool = False) -> None:
        """Show in brief what was found in an answer; earlier: it is not the one just given."""

    def reported(self, lines: Sequence[str]) -> None:
        """Show what a drill or a round says of an answer, or at its end; an indent belongs to the line above it."""

    def ended(self, report: SessionReport) -> None:
        """Show what to change next, and what is missing from the report."""


@dataclass(frozen=True)
class Room:
    """Everything an interview needs.

    find_microphone: opens the microphone, again after one was lost.
    """

    find_microphone: Callable[[], Microphone]
    speaker: Speaker
    ear: Ear
    keys: KeySource
    stage: Stage
