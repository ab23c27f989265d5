"""What a candidate sees: the question, the time used, the level; then what was found."""

__all__ = ["Screen"]

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from voicemock.audio.record import Recorder
from voicemock.schema import Question

LEVEL_CELLS = 20
QUIETEST_DB, LOUDEST_DB = -60.0, 0.0
REFRESH_PER_S = 8


class Screen:
    """Writes to one console; on a terminal the recording line moves, elsewhere it is left out."""

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console(highlight=False)

    def say(self, text: str = "") -> None:
        """Print plain text; nothing in it is taken for markup."""
        self._console.print(Text(text), soft_wrap=False)

    def warn(self, text: str) -> None:
        """Print something that went wrong but does not end the session."""
        self._console.print(Text(text, style="yellow"))

    def question(self, question: Question, *, number: int, total: int) -> None:
        """Print the question and what it tests."""
        self._console.print()
        self._console.rule(Text(f"Question {number} of {total}"), align="left", style="dim")
        self._console.print(Text(question.text, style="bold"))
        if question.tests:
            self._console.print(Text(f"Tests: {question.tests}", style="dim"))

    @contextmanager
    def working(self, what: str) -> Iterator[None]:
        """Show that something takes a moment."""
        with self._console.status(Text(what)):
            yield

    @contextmanager
    def recording(self, recorder: Recorder, question: Question, *, keys: str) -> Iterator[None]:
        """Show time, target and level until the context ends."""

        def view() -> RenderableType:
            return _recording_view(recorder, question, keys=keys)

        if not self._console.is_terminal:
            self.say(f"Recording. {keys}")
            yield
            return
        with Live(
            console=self._console, get_renderable=view, refresh_per_second=REFRESH_PER_S, transient=True, screen=False
        ):
            yield


def _recording_view(recorder: Recorder, question: Question, *, keys: str) -> RenderableType:
    shortest, longest = question.target_s
    elapsed_s = recorder.elapsed_s
    time_style = "red" if elapsed_s > longest else "green" if elapsed_s >= shortest else ""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=7)
    grid.add_column(width=LEVEL_CELLS + 2)
    grid.add_column()
    grid.add_row(
        Text("● REC", style="red"),
        ProgressBar(total=longest, completed=min(elapsed_s, longest), width=LEVEL_CELLS),
        Text(f"{_clock(elapsed_s)} of {_clock(shortest)}–{_clock(longest)}", style=time_style),
    )
    grid.add_row(
        Text("Level"), _level(recorder.level_db), Text("too loud, move back", "red") if recorder.clipped else ""
    )
    return Group(Text(), grid, Text(), Text(keys, style="dim"))


def _level(level_db: float) -> Text:
    share = (level_db - QUIETEST_DB) / (LOUDEST_DB - QUIETEST_DB)
    filled = round(LEVEL_CELLS * min(max(share, 0.0), 1.0))
    return Text("█" * filled + "·" * (LEVEL_CELLS - filled))


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"
