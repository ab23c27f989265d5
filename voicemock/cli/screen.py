"""What a candidate sees: the question, the time used, the level, the keys; then what was found."""

__all__ = ["Screen", "TurnView"]

import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from voicemock.audio.record import Recorder
from voicemock.clock import clock
from voicemock.interview.arrival import SoundWatch
from voicemock.printable import printable
from voicemock.schema import Question

CELLS = 24
QUIETEST_DB, LOUDEST_DB = -60.0, 0.0
REFRESH_PER_S = 8
PARTIAL_LINES = 4
NO_SOUND = (
    "No sound is coming from the microphone. Is it muted, or is it the wrong one?\n"
    "Recording goes on. If it stays silent: q finishes, `voicemock doctor` helps."
)
KEYS = "Enter end · p pause · r retake · s skip · h hear · n note · t text · q finish"


@dataclass
class TurnView:
    """What the recording view shows beside the recorder's own figures; changed while it is shown.

    counts: filled pauses so far, None where they are not wanted.
    countdown_s: seconds until auto-stop ends the answer, None while it does not count.
    partial: the words so far, None while they are not wanted.
    note: what is being typed, None while nothing is.
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
    minutes_said: int = field(default=0, init=False)
    _said: tuple[bool, ...] = field(default=(False,) * 5, init=False)

    @property
    def unheard(self) -> bool:
        """Whether nothing arrives from the microphone."""
        return self.sound is not None and self.sound.missing

    def news(self) -> list[str]:
        """Return in words what changed since the last call."""
        wanted = (self.note, self.countdown_s, self.partial)
        now = (self.paused, *(one is not None for one in wanted), self.unheard)
        texts = (
            ("Paused.", "Going on."),
            ("Type a note; Enter keeps it, Escape drops it. Recording goes on.", ""),
            ("Silence. The answer ends in a moment; speak or press a key to go on.", "Going on."),
            (f"Heard so far: {self.partial}", ""),
            (NO_SOUND, "The microphone gives sound again."),
        )
        changed = [text[not on] for text, on, before in zip(texts, now, self._said, strict=True) if on != before]
        self._said = now
        return [text for text in changed if text]


class Screen:
    """Writes to one console.

    plain: no moving parts and no symbols, for screen readers; also where the output is no terminal.
    blind: questions are heard, not shown.
    """

    def __init__(self, console: Console | None = None, *, plain: bool = False, blind: bool = False) -> None:
        self._console = console or Console(highlight=False, file=getattr(sys.stdout, "unfiltered", None))
        self._plain = plain or not self._console.is_terminal
        self.blind = blind

    def say(self, text: str = "") -> None:
        """Print plain text; nothing in it is taken for markup, or moves the cursor."""
        self._console.print(_text(text))

    def warn(self, text: str) -> None:
        """Print something that went wrong but does not end the session."""
        self._console.print(_text(text, "yellow"))

    def question(self, question: Question, heading: str) -> None:
        """Print the question and what it tests."""
        self._console.print()
        if self._plain:
            self.say(heading)
        else:
            self._console.rule(_text(heading), align="left", style="dim")
        if not self.blind:
            self._print(question)

    def reveal(self, question: Question) -> None:
        """Print a question that could not be heard, if it was not printed; those that follow are, too."""
        if self.blind:
            self.blind = False
            self._print(question)

    def _print(self, question: Question) -> None:
        self._console.print(_text(question.text, "bold"))
        if question.tests:
            self._console.print(_text(f"Tests: {question.tests}", "dim"))

    @contextmanager
    def working(self, what: str) -> Iterator[None]:
        """Show that something takes a moment."""
        if self._plain:
            self.say(what)
            yield
        else:
            with self._console.status(_text(what)):
                yield

    @contextmanager
    def turn(self, view: TurnView) -> Iterator[None]:
        """Show a recording until the context ends."""
        if self._plain:
            self.say(f"Recording.\nKeys: {KEYS.replace(' · ', ', ')}.")
            yield
        else:
            with Live(
                console=self._console,
                get_renderable=lambda: render_turn(view, height=self._console.height),
                refresh_per_second=REFRESH_PER_S,
                transient=True,
            ):
                yield

    def tick(self, view: TurnView) -> None:
        """Say what a view without moving parts would leave out: each full minute, and messages once."""
        if not self._plain:
            return
        for line in view.news():
            self.say(line)
        minutes = int(view.recorder.elapsed_s // 60)
        if minutes > view.minutes_said:
            view.minutes_said = minutes
            self.say(f"{minutes}:00 of {clock(view.question.target_s[1])}.")
        if view.message:
            self.say(view.message)
            view.message = ""


def render_turn(view: TurnView, *, height: int = 24) -> RenderableType:
    """Return the moving part of the screen: time against target, level, messages, keys."""
    shortest, longest = view.question.target_s
    elapsed_s = view.recorder.elapsed_s
    style = "red" if elapsed_s > longest else "green" if elapsed_s >= shortest else ""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=8)
    grid.add_column(width=CELLS)
    grid.add_column()
    grid.add_row(
        Text("‖ pause" if view.paused else "● REC", style="yellow" if view.paused else "red"),
        ProgressBar(total=longest, completed=min(elapsed_s, longest), width=CELLS),
        Text(f"{clock(int(elapsed_s))} of {clock(shortest)}–{clock(longest)}", style=style),
    )
    loud = Text("too loud: move back", "red") if view.recorder.clipped else Text("")
    grid.add_row(Text("level"), _level(view.recorder.level_db), loud)
    if view.counts is not None:
        grid.add_row(Text("um, uh"), Text(str(view.counts)))
    lines: list[RenderableType] = [Text(), grid]
    if view.partial is not None:
        shown = textwrap.wrap(printable(view.partial), 78)[-(PARTIAL_LINES if height < 40 else 3 * PARTIAL_LINES) :]
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


def _level(level_db: float) -> Text:
    share = (level_db - QUIETEST_DB) / (LOUDEST_DB - QUIETEST_DB)
    filled = round(CELLS * min(max(share, 0.0), 1.0))
    return Text("█" * filled + "·" * (CELLS - filled))
