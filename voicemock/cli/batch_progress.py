"""How far a batch is, on stderr: a bar in a terminal, a line every so often elsewhere."""

__all__ = ["Meter", "Shown", "shown_progress"]

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from voicemock.batch.row import Row

EVERY_S = 30.0
"""Where there is no terminal, a line comes at most this often."""


class Meter:
    """Counts what is done.

    total: recordings in all. now: the time in seconds.
    """

    def __init__(self, total: int, *, now: Callable[[], float] = time.monotonic) -> None:
        self._total, self._now = total, now
        self._began_s = now()
        self.files = self.failed = self._files_now = 0
        self._audio_s = self._audio_now_s = 0.0

    def kept(self, row: "Row") -> None:
        """Count a recording an earlier run did; how fast this one is starts after it."""
        self._count(row)
        self._began_s = self._now()

    def done(self, row: "Row") -> None:
        """Count a recording this run did."""
        self._count(row)
        self._files_now += 1
        self._audio_now_s += row.duration_s or 0.0

    def _count(self, row: "Row") -> None:
        self.files += 1
        self.failed += bool(row.error)
        self._audio_s += row.duration_s or 0.0

    def __str__(self) -> str:
        """Say how far it is in one line."""
        from voicemock.phrases import clock

        passed_s = self._now() - self._began_s
        told = [f"{self.files} of {self._total} files", f"{self._audio_s / 3600:.1f} h of audio"]
        if self._files_now and passed_s > 0:
            told.append(f"{self._audio_now_s / passed_s:.1f} times real time")
            if left := self._total - self.files:
                told.append(f"about {clock(passed_s / self._files_now * left)} left")
        return ", ".join(told + ([f"{self.failed} failed"] if self.failed else []))


class Shown:
    """What run_batch reports to: counts each row, says at once which recordings failed, and how far it is.

    show: called with the line after each row. say: prints one line.
    """

    def __init__(self, meter: Meter, *, show: Callable[[], None], say: Callable[[str], None]) -> None:
        self._meter, self._show, self._say = meter, show, say

    def kept(self, row: "Row") -> None:
        """Take a row of an earlier run."""
        self._meter.kept(row)
        self._show()

    def done(self, row: "Row") -> None:
        """Take a row of this run."""
        self._meter.done(row)
        if row.error:
            from voicemock.printable import plain

            self._say(plain(row.error if row.error.startswith(row.path) else f"{row.path}: {row.error}"))
        self._show()


@contextmanager
def shown_progress(total: int, *, quiet: bool) -> Iterator[Shown]:
    """Show progress while the context lasts; quiet: nothing but what went wrong."""
    from rich.console import Console

    from voicemock.cli.output import unfiltered

    meter = Meter(total)
    console = Console(file=unfiltered(sys.stderr))
    if quiet:
        yield Shown(meter, show=lambda: None, say=_line)
    elif console.is_terminal and not console.is_dumb_terminal:
        from rich.progress import BarColumn, Progress, TextColumn

        with Progress(BarColumn(), TextColumn("{task.description}", markup=False), console=console) as bar:
            task = bar.add_task(str(meter), total=total)
            yield Shown(
                meter,
                show=lambda: bar.update(task, completed=meter.files, description=str(meter)),
                say=lambda line: console.print(line, markup=False, highlight=False, soft_wrap=True),
            )
    else:
        yield Shown(meter, show=_every_so_often(meter), say=_line)
        if meter.files == total:
            _line(str(meter))


def _line(text: str) -> None:
    typer.echo(text, err=True)


def _every_so_often(meter: Meter) -> Callable[[], None]:
    """Return what prints the line if the last one was long enough ago."""
    last_s = time.monotonic()

    def show() -> None:
        nonlocal last_s
        if time.monotonic() - last_s >= EVERY_S:
            last_s = time.monotonic()
            _line(str(meter))

    return show
