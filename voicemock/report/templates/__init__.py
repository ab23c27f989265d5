"""The templates of the report, and how they are read."""

__all__ = ["asset", "environment", "player_script"]

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import jinja2

FOLDER = Path(__file__).parent


@cache
def environment(
    *, autoescape: bool, finalize: Callable[[object], object] | None = None, folder: Path = FOLDER
) -> "jinja2.Environment":
    """Return an environment in which a misspelt name is an error.

    The same one for all reports of a process: compiling the templates takes longer than filling them in. What is set
    in it must be the same every time. folder: with templates of another page, which may take in the report's.
    """
    import jinja2

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader([folder, FOLDER]),
        autoescape=autoescape,
        finalize=finalize,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def asset(name: str) -> str:
    """Return a style sheet or a script as text with plain newlines."""
    return (FOLDER / name).read_text(encoding="utf-8")


def player_script() -> str:
    """Return what plays and zooms the answers of a page."""
    return asset("report.js") + asset("zoom.js")
