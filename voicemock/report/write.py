"""The three files of a report, each written whole or not at all."""

__all__ = ["FILES", "write_report"]

from collections.abc import Mapping
from pathlib import Path

from voicemock.paths import private_dir, write_whole
from voicemock.report.as_json import to_json
from voicemock.report.html import render_html
from voicemock.report.markdown import render_markdown
from voicemock.schema import SessionReport

FILES = ("report.html", "report.md", "session.json")


def write_report(report: SessionReport, folder: Path, *, copies: Mapping[str, Path] | None = None) -> Path:
    """Write report.html, report.md and session.json to a folder, and return the page; copies: see ``render_html``."""
    private_dir(folder)
    write_whole(folder / "session.json", to_json(report))
    write_whole(folder / "report.md", _encoded(render_markdown(report)))
    page = folder / "report.html"
    write_whole(page, _encoded(render_html(report, folder=folder, copies=copies)))
    return page


def _encoded(text: str) -> bytes:
    """Encode text that may hold the name of a file that is not UTF-8."""
    return text.encode("utf-8", "replace")
