"""A stage that takes notes: what an interview showed, as values, with nothing printed."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from voicemock.interview.stage import TurnView
from voicemock.schema import AnswerReport, Question, SessionReport


class RecordedStage:
    """events: what happened, in order: its name and what it was about."""

    def __init__(self) -> None:
        self.events: list[tuple[str, Any]] = []
        self.partials: list[str] = []
        self.messages: list[str] = []
        self.countdowns: list[float | None] = []

    def of(self, name: str) -> list[Any]:
        return [about for kind, about in self.events if kind == name]

    @property
    def warnings(self) -> str:
        return "\n".join(self.of("warned"))

    def told(self, text: str) -> None:
        self.events.append(("told", text))

    def warned(self, text: str) -> None:
        self.events.append(("warned", text))

    def asked(self, question: Question, heading: str) -> None:
        self.events.append(("asked", (heading, question)))

    def unspoken(self, question: Question) -> None:
        self.events.append(("unspoken", question))

    @contextmanager
    def recording(self, view: TurnView) -> Iterator[None]:
        self.events.append(("recording", view.question))
        yield

    def moved(self, view: TurnView) -> None:
        self.countdowns.append(view.countdown_s)
        if view.partial is not None:
            self.partials.append(view.partial)
        if view.message and view.message not in self.messages:
            self.messages.append(view.message)

    @contextmanager
    def listening(self) -> Iterator[None]:
        self.events.append(("listening", None))
        yield

    def heard(self, answer: AnswerReport, *, earlier: bool = False) -> None:
        self.events.append(("heard before" if earlier else "heard", answer))

    def reported(self, lines: Sequence[str]) -> None:
        self.events.append(("told", "\n".join(lines)))

    def ended(self, report: SessionReport) -> None:
        self.events.append(("ended", report))
