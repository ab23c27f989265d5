"""The page that leads to all reports of a batch."""

__all__ = ["write_index"]

from collections.abc import Sequence
from pathlib import Path

from voicemock.batch.results import written_to
from voicemock.batch.row import Row
from voicemock.paths import write_whole
from voicemock.phrases import clock, plural
from voicemock.printable import one_line
from voicemock.report.html import style_hash
from voicemock.report.templates import asset
from voicemock.report.words import name_of

HEARD = {True: "heard", False: "not heard", None: "–"}


def write_index(rows: Sequence[Row], out: Path, *, title: str) -> Path:
    """Write index.html, one line per recording, and return its path; raise SessionError if it cannot be written."""
    import jinja2
    from markupsafe import Markup

    loader = jinja2.PackageLoader("voicemock.batch", ".")
    environment = jinja2.Environment(
        loader=loader, autoescape=True, trim_blocks=True, keep_trailing_newline=True, finalize=_shown
    )
    style = asset("report.css")
    page = environment.get_template("index.html.j2").render(
        rows=rows,
        title=title,
        facts=_facts(rows),
        clock=clock,
        heard=HEARD,
        name_of=name_of,
        style=Markup(style),
        policy=f"default-src 'none'; style-src {style_hash(style)}; img-src data:; base-uri 'none'; form-action 'none'",
    )
    with written_to(out):
        write_whole(out / "index.html", page)
    return out / "index.html"


def _facts(rows: Sequence[Row]) -> list[str]:
    failed = sum(bool(row.error) for row in rows)
    length_s = sum(row.duration_s or 0.0 for row in rows)
    facts = [plural(len(rows) - failed, "recording") + " analysed"]
    facts += [f"{failed} could not be"] if failed else []
    return [*facts, f"{clock(length_s)} in all"]


def _shown(value: object) -> object:
    """Show a file's name on one line, in the direction it is written."""
    return one_line(value) if type(value) is str else value  # not what is markup already
