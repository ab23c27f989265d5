"""The page that leads to all reports of a batch, and shows what they have in common."""

__all__ = ["write_index"]

from collections.abc import Sequence
from pathlib import Path

from voicemock.batch.index_view import view_of
from voicemock.batch.results import written_to
from voicemock.batch.row import Row
from voicemock.paths import write_whole
from voicemock.printable import one_line
from voicemock.report.html import style_hash
from voicemock.report.templates import asset
from voicemock.report.words import name_of

HERE = Path(__file__).parent


def write_index(rows: Sequence[Row], out: Path, *, title: str) -> Path:
    """Write index.html, one line per recording, and return its path; raise SessionError if it cannot be written."""
    import jinja2
    from markupsafe import Markup

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_shown,
    )
    look, own, script = asset("report.css"), _asset("index.css"), _asset("index.js")
    page = environment.get_template("index.html.j2").render(
        view=view_of(rows),
        title=title,
        name_of=name_of,
        shown=one_line,
        styles=[Markup(look), Markup(own)],
        script=Markup(script),
        policy=f"default-src 'none'; script-src {style_hash(script)}; style-src {style_hash(look)} {style_hash(own)}; "
        "img-src data:; base-uri 'none'; form-action 'none'",
    )
    with written_to(out):
        write_whole(out / "index.html", page)
    return out / "index.html"


def _asset(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


def _shown(value: object) -> object:
    """Show a file's name on one line, in the direction it is written."""
    return one_line(value) if type(value) is str else value  # not what is markup already
