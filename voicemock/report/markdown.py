"""The report as Markdown: plain, complete, and readable in a terminal."""

__all__ = ["escape", "render_markdown"]

import re

from voicemock.printable import plain
from voicemock.report import lenses, words
from voicemock.report.templates import environment
from voicemock.report.transcript import MarkKind, Paragraph, Run
from voicemock.report.view import view_of
from voicemock.schema import SessionReport

SPECIAL = re.compile(r"[\\`*\[\]|~]|(?<![^\W_])_|_(?![^\W_])")
"""Opens or closes something anywhere in a line; an underscore only at a word's edge."""
ENTITY = re.compile(r"&(?=#?\w+;)")
BLOCK = re.compile(r"^(\d*)(?=[#>]|[-+=]+(?:\s|$)|[.)](?:\s|$))")
"""Opens a heading, a quote, a list or a rule at the start of a line."""
EMPHASIS = {MarkKind.CONFIRMED: "**", MarkKind.POSSIBLE: "*"}


class Safe(str):
    """Markdown made here, not to be escaped again."""

    __slots__ = ()


def render_markdown(report: SessionReport, *, examples: bool = True) -> str:
    """Return the report as Markdown; every text from outside is escaped, by default and not by habit.

    examples: as for ``render_html``.
    """
    markdown = environment(autoescape=False, finalize=escape)
    markdown.filters["said"] = _said
    text = markdown.get_template("report.md.jinja").render(
        view=view_of(report, examples=examples), words=words, lenses=lenses
    )
    return re.sub(r"\n{3,}", "\n\n", text)


def escape(value: object) -> str:
    """Return a value as one line that Markdown shows as it is.

    ``<`` becomes an entity: some renderers let raw HTML through after a backslash.
    """
    if isinstance(value, Safe):
        return value
    text = SPECIAL.sub(r"\\\g<0>", plain(str(value)))
    text = ENTITY.sub("&amp;", text).replace("<", "&lt;")
    return BLOCK.sub(r"\1\\", text, count=1)


def _said(paragraph: Paragraph) -> Safe:
    """Return a paragraph with its fillers emphasised, and marked if it is not the candidate's."""
    said = "".join(map(_run, paragraph.runs)).strip()
    return Safe(f"({paragraph.aside}: {said})" if paragraph.aside else said)


def _run(run: Run) -> str:
    if not run.text.strip():
        return " " if run.text else ""
    before = " " if run.text[0].isspace() else ""
    after = " " if run.text[-1].isspace() else ""
    emphasis = EMPHASIS[run.filler.kind] if run.filler else ""
    return f"{before}{emphasis}{escape(run.text)}{emphasis}{after}"
