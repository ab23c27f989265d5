"""The page that leads to all reports of a batch."""

__all__ = ["write_index"]

from collections.abc import Sequence
from pathlib import Path

from voicemock.batch.results import Row, written_to
from voicemock.paths import write_whole
from voicemock.printable import one_line


def write_index(rows: Sequence[Row], out: Path, *, title: str) -> Path:
    """Write index.html, one line a recording, and return its path; raise SessionError where it cannot be written."""
    import jinja2

    loader = jinja2.PackageLoader("voicemock.batch", ".")
    environment = jinja2.Environment(loader=loader, autoescape=True, keep_trailing_newline=True, finalize=_shown)
    template = environment.get_template("index.html.j2")
    words = {True: "yes", False: "no", None: "–"}
    page = out / "index.html"
    with written_to(out):
        write_whole(page, template.render(rows=rows, title=title, words=words))
    return page


def _shown(value: object) -> object:
    """Show a file's name on one line, in the direction it is written."""
    return one_line(value) if isinstance(value, str) else value
