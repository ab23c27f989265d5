"""What a candidate sees: the question, the time used, the level, the keys; then what was found."""

__all__ = ["LiveScreen", "PlainScreen", "open_screen", "render_turn"]

import abc
import sys
import textwrap
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from voicemock.cli.answer_lines import render_next_steps, render_not_analysed, render_summary
from voicemock.interview.stage import TurnView
from voicemock.phrases import clock, wrap
from voicemock.printable import printable
from voicemock.schema import AnswerReport, Question, SessionReport

CELLS, LEAST_CELLS = 24, 4
BESIDE = 33
"""Columns that the bar leaves to the words beside it: the clock is not cut off where a terminal is narrow."""
QUIETEST_DB, LOUDEST_DB = -60.0, 0.0
REFRESH_PER_S = 8
PARTIAL_LINES = 4
NO_SOUND = (
    "No sound is coming from the microphone. Is it muted, or is it the wrong one?\n"
    "Recording goes on. If it stays silent: q finishes, `voicemock doctor` helps."
)
LISTENING = "Listening back …"
KEYS = "Enter end · p pause · r retake · s skip · h hear · n note · t text · q finish"


class Screen(abc.ABC):
    """A stage on one console.

    blind: questions are heard, not shown.
    """

    def __init__(self, console: Console, *, blind: bool = False) -> None:
        self._console = console
        self.blind = blind

    def told(self, text: str = "") -> None:
        """Print plain text; nothing in it is taken for markup, or moves the cursor."""
        self._console.print(_text(text))

    def warned(self, text: str) -> None:
        """Print something that went wrong but does not end the session."""
        self._console.print(_text(text, "yellow"))

    def asked(self, question: Question, heading: str) -> None:
        """Print the question and what it tests."""
        self._console.print()
        self._head(heading)
        if not self.blind:
            self._print(question)

    def unspoken(self, question: Question) -> None:
        """Print a question that could not be heard, unless it was printed; from then on all are printed."""
        if self.blind:
            self.blind = False
            self._print(question)

    def heard(self, answer: AnswerReport, *, earlier: bool = False) -> None:
        """Print the figures, the signals and the one thing to change."""
        from voicemock.archive.feedback import quiet_checks

        heading = "The answer before that:\n" if earlier else ""
        self.told(f"\n{heading}{render_summary(answer, quiet=quiet_checks())}")

    def reported(self, lines: Sequence[str]) -> None:
        """Print what a drill or a round says."""
        self.told("\n" + "\n".join(map(_wrapped, lines)))

    def ended(self, report: SessionReport) -> None:
        """Print what to change next, and what is missing from the report."""
        if report.answers:
            self.told(f"\n{render_next_steps(report)}")
        if report.session and report.session.not_analysed:
            self.warned(f"\n{render_not_analysed(report.session)}")

    @abc.abstractmethod
    def recording(self, view: TurnView) -> AbstractContextManager[None]:
        """Show a recording until the context ends."""

    @abc.abstractmethod
    def moved(self, view: TurnView) -> None:
        """Look at the view of a recording again."""

    @abc.abstractmethod
    def listening(self) -> AbstractContextManager[None]:
        """Show that the answer is listened to."""

    def _head(self, heading: str) -> None:
        self.told(heading)

    def _print(self, question: Question) -> None:
        self._console.print(_text(question.text, "bold"))
        if question.tests:
            self._console.print(_text(f"Tests: {question.tests}", "dim"))


class LiveScreen(Screen):
    """Shows a recording while it is made: the time, the level, the words."""

    def _head(self, heading: str) -> None:
        self._console.rule(_text(heading), align="left", style="dim")

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Turn a spinner."""
        with self._console.status(_text(LISTENING)):
            yield

    @contextmanager
    def recording(self, view: TurnView) -> Iterator[None]:
        """Show a recording until the context ends."""
        with Live(
            console=self._console,
            get_renderable=lambda: render_turn(view, width=self._console.width, height=self._console.height),
            refresh_per_second=REFRESH_PER_S,
            transient=True,
        ):
            yield

    def moved(self, view: TurnView) -> None:
        """Do nothing: the view is looked at several times a second."""


class PlainScreen(Screen):
    """Says everything in lines, for screen readers, and if the output is not a terminal."""

    _minutes = 0
    _states: tuple[bool, ...] = (False,) * 5

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Say it."""
        self.told(LISTENING)
        yield

    @contextmanager
    def recording(self, view: TurnView) -> Iterator[None]:  # noqa: ARG002
        """Name the keys; what happens meanwhile is said when it does."""
        self._minutes, self._states = 0, (False,) * 5
        self.told(f"Recording.\nKeys: {KEYS.replace(' · ', ', ')}.")
        yield

    def moved(self, view: TurnView) -> None:
        """Say what changed, each full minute, and messages once."""
        for line in self._news(view):
            self.told(line)
        minutes = int(view.recorder.elapsed_s // 60)
        if minutes > self._minutes:
            self._minutes = minutes
            self.told(f"{minutes}:00 of {clock(view.question.target_s[1])}.")
        if view.message:
            self.told(view.message)
            view.message = ""

    def _news(self, view: TurnView) -> list[str]:
        """Return in words what changed since the last call."""
        states = (
            (view.paused, "Paused.", "Going on."),
            (view.note is not None, "Type a note; Enter keeps it, Escape drops it. Recording goes on.", ""),
            (
                view.countdown_s is not None,
                "Silence. The answer ends in a moment; speak or press a key to go on.",
                "Going on.",
            ),
            (view.partial is not None, f"Heard so far: {view.partial}", ""),
            (view.unheard, NO_SOUND, "Sound is coming from the microphone again."),
        )
        before, self._states = self._states, tuple(on for on, _, _ in states)
        changed = (begun if on else over for (on, begun, over), was in zip(states, before, strict=True) if on != was)
        return [text for text in changed if text]


def open_screen(*, plain: bool = False, blind: bool = False) -> Screen:
    """Return the screen for this terminal: without moving parts if that is wanted, or if it is not a terminal."""
    console = Console(highlight=False, file=getattr(sys.stdout, "unfiltered", None))
    return (LiveScreen if console.is_terminal and not plain else PlainScreen)(console, blind=blind)


def render_turn(view: TurnView, *, width: int = 80, height: int = 24) -> RenderableType:
    """Return the moving part of the screen: time against target, level, messages, keys."""
    shortest, longest = view.question.target_s
    elapsed_s = view.recorder.elapsed_s
    style = "red" if elapsed_s > longest else "green" if elapsed_s >= shortest else ""
    cells = min(CELLS, max(LEAST_CELLS, width - BESIDE))
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=8)
    grid.add_column(width=cells)
    grid.add_column()
    grid.add_row(
        Text("‖ pause" if view.paused else "● REC", style="yellow" if view.paused else "red"),
        ProgressBar(total=longest, completed=min(elapsed_s, longest), width=cells),
        Text(f"{clock(int(elapsed_s))} of {clock(shortest)}–{clock(longest)}", style=style),
    )
    loud = Text("too loud: move back", "red") if view.recorder.clipped else Text("")
    grid.add_row(Text("level"), _level(view.recorder.level_db, cells), loud)
    if view.counts is not None:
        grid.add_row(Text("um, uh"), Text(str(view.counts)))
    lines: list[RenderableType] = [Text(), grid]
    if view.partial is not None:
        shown = textwrap.wrap(printable(view.partial), min(width - 1, 78))[
            -(PARTIAL_LINES if height < 40 else 3 * PARTIAL_LINES) :
        ]
        lines += [Text(), *(Text(line, style="dim") for line in shown)]
    if view.unheard and not view.paused:
        lines.append(Text(NO_SOUND, style="yellow"))
    if view.countdown_s is not None:
        lines.append(Text(f"Silence. Ending in {view.countdown_s:.0f}; speak or press a key to go on.", style="yellow"))
    if view.note is not None:
        lines.append(_text(f"Note: {view.note}▏ (Enter keeps it, Escape drops it)"))
    if view.message:
        lines.append(_text(view.message, "yellow"))
    return Group(*lines, Text(), Text(KEYS, style="dim"))


def _text(text: str, style: str = "") -> Text:
    """Return what to print of text that may come from anywhere."""
    return Text(printable(text), style=style)


def _level(level_db: float, cells: int) -> Text:
    share = (level_db - QUIETEST_DB) / (LOUDEST_DB - QUIETEST_DB)
    filled = round(cells * min(max(share, 0.0), 1.0))
    return Text("█" * filled + "·" * (cells - filled))


def _wrapped(line: str) -> str:
    """Break a line, its own indent kept."""
    indent = line[: len(line) - len(line.lstrip())]
    return wrap(line.strip(), first=indent, indent=indent + "  ")
