"""Where results go: JSON to a file or standard output, reports to a folder, pages to a browser."""

__all__ = [
    "check_apart",
    "check_folder",
    "check_report",
    "check_target",
    "complain",
    "fails",
    "fresh",
    "guard_streams",
    "held",
    "open_page",
    "unfiltered",
    "write_data",
    "write_json",
]

import errno
import io
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import typer

from voicemock.errors import UsageError, VoicemockError, repair
from voicemock.printable import printable

if TYPE_CHECKING:
    import msgspec


class _Guarded(io.TextIOWrapper):
    """A stream on which nothing printed can move the cursor, change the terminal or turn a line around.

    unfiltered: the same stream, for code that draws with escape sequences on purpose.
    """

    def __init__(self, stream: io.TextIOWrapper) -> None:
        super().__init__(stream.buffer, stream.encoding, errors="replace", newline="\n", write_through=True)
        self.unfiltered = stream

    def write(self, text: str, /) -> int:
        self.unfiltered.write(printable(text))
        return len(text)

    def flush(self) -> None:
        self.unfiltered.flush()

    def close(self) -> None:
        """Leave the stream open: it belongs to the process."""


def guard_streams() -> None:
    """Make all that is printed from here on safe: names of files, devices and questions come from anywhere.

    A name the terminal's encoding cannot show is no reason to stop either; a standard input that is closed is one
    that has ended.
    """
    if sys.stdin is None:
        sys.stdin = os.fdopen(os.open(os.devnull, os.O_RDONLY))
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if isinstance(stream, io.TextIOWrapper) and not isinstance(stream, _Guarded):
            stream.reconfigure(errors="replace")
            setattr(sys, name, _Guarded(stream))


def unfiltered(stream: Any) -> IO[str]:
    """Return a stream that lets escape sequences through, for what voicemock itself draws."""
    found: IO[str] = getattr(stream, "unfiltered", stream)
    return found


def complain(error: VoicemockError) -> None:
    """Tell the user on stderr what went wrong and what to do."""
    hint = f"\n{error.hint}" if error.hint else ""
    typer.echo(f"voicemock: {error.message}{hint}", err=True)


def fails(work: Callable[[], object]) -> bool:
    """Do one of several things that must not stop each other; say what went wrong, if anything did."""
    try:
        work()
    except VoicemockError as error:
        complain(error)
        return True
    return False


def write_json(report: "msgspec.Struct", target: str) -> None:
    """Write a report of any kind as JSON to a path, or to standard output if the target is "-"."""
    from voicemock.report import to_json

    write_data(to_json(report), target)


def write_data(data: bytes | str, target: str) -> None:
    """Write to a path, or to standard output if the target is "-".

    A link stays a link, and a pipe or device is written to, not replaced. Text is written as ``write_whole`` does.
    """
    from voicemock.paths import write_whole

    data = data.encode("utf-8", "replace") if isinstance(data, str) else data
    if target == "-":
        typer.get_binary_stream("stdout").write(data)
        return
    with _explained(target):
        if _is_special(target):
            Path(target).write_bytes(data)
        else:
            write_whole(_real(target), data)


def check_target(target: str) -> None:
    """Raise UsageError if ``write_data`` would, before work goes into what it is to write."""
    if target == "-":
        return
    with _explained(target):
        if Path(target).is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if not _is_special(target):
            tempfile.TemporaryFile(dir=_real(target).parent).close()


def check_apart(*written: str | None, read: Iterable[str] = ()) -> None:
    """Raise UsageError if a file that is to be written is one of those read, or of the others that are written."""
    taken = set(map(_real, read))
    for target in filter(None, written):
        if target != "-" and _is_special(target):
            continue
        if (real := _real(target)) in taken:
            raise UsageError(f"{target} is named twice, and would be written over.", hint="Name another file.")
        taken.add(real)


def fresh(path: Path) -> Path:
    """Return a path where nothing is yet; only what is named by the user is written over."""
    number, found = 1, path
    while found.exists():
        number += 1
        found = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return found


def check_folder(folder: Path) -> None:
    """Make a folder only its owner can read; raise UsageError if no file can be written to it."""
    from voicemock.paths import private_dir

    with _explained(str(folder)):
        tempfile.TemporaryFile(dir=private_dir(folder)).close()


def check_report(folder: Path | None, *, replace: bool) -> None:
    """Make the folder for a report, None: among the sessions; raise UsageError if it would be written over another."""
    from voicemock.paths import sessions_dir
    from voicemock.report.write import FILES

    check_folder(folder or sessions_dir())
    if folder is not None:
        held(folder, FILES, replace=replace)


def held(folder: Path, names: Iterable[str], *, replace: bool) -> list[Path]:
    """Return which of these files a folder holds; raise UsageError if there are any and they are not to be replaced."""
    there = [folder / name for name in names if os.path.lexists(folder / name)]
    if there and not replace:
        raise UsageError(
            f"{folder} holds {', '.join(path.name for path in there)} already.",
            hint="Name another folder, or replace them: --replace",
        )
    return there


def _is_special(target: str) -> bool:
    return Path(target).exists() and not Path(target).is_file()


def _real(target: str) -> Path:
    return Path(os.path.realpath(target))


@contextmanager
def _explained(target: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        hint = f"{repair(error, 'Check the folder')}, or choose another path."
        raise UsageError(f"{target} cannot be written: {error.strerror}.", hint=hint) from error


def open_page(page: Path, *, wanted: bool | None) -> None:
    """Open a page in the user's browser: if asked to, or by default if there is a desktop."""
    if wanted is None:
        desktop = sys.platform in ("win32", "darwin") or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))
        wanted = desktop and sys.stdout.isatty()
    if wanted:
        import webbrowser

        webbrowser.open(page.resolve().as_uri())
