"""Where results go: JSON to a file or standard output, reports to a folder, pages to a browser."""

__all__ = ["complain", "open_page", "write_json"]

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from voicemock.errors import UsageError, VoicemockError

if TYPE_CHECKING:
    from voicemock.schema import SessionReport


def complain(error: VoicemockError) -> None:
    """Tell the user on stderr what went wrong and what to do."""
    hint = f"\n{error.hint}" if error.hint else ""
    typer.echo(f"voicemock: {error.message}{hint}", err=True)


def write_json(report: "SessionReport", target: str) -> None:
    """Write a report as JSON to a path, or to standard output where the target is "-"."""
    from voicemock.paths import write_whole
    from voicemock.report import to_json

    data = to_json(report)
    if target == "-":
        typer.get_binary_stream("stdout").write(data)
        return
    try:
        write_whole(Path(target), data)
    except OSError as error:
        raise UsageError(f"{target} cannot be written: {error.strerror}.", hint="Choose another path.") from error


def open_page(page: Path, *, wanted: bool | None) -> None:
    """Open a page in the user's browser: when asked to, or by default where there is a desktop."""
    if wanted is None:
        desktop = sys.platform in ("win32", "darwin") or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))
        wanted = desktop and sys.stdout.isatty()
    if wanted:
        import webbrowser

        webbrowser.open(page.resolve().as_uri())
