"""Pages from templates, in the look of the report."""

__all__ = ["ASSETS", "asset", "readable", "render"]

from pathlib import Path
from typing import Any
from urllib.parse import quote

from voicemock.phrases import clock, plural
from voicemock.printable import upright
from voicemock.report import templates as of_report

HERE = Path(__file__).parent
SCRIPT, STYLE = "text/javascript; charset=utf-8", "text/css; charset=utf-8"
ASSETS = {
    "report.css": STYLE,
    "page.css": STYLE,
    "presence.js": SCRIPT,
    "actions.js": SCRIPT,
    "practise.js": SCRIPT,
    "words.js": SCRIPT,
    "microphone.js": SCRIPT,
    "worklet.js": SCRIPT,
    "sessions.js": SCRIPT,
    "edit.js": SCRIPT,
    "review.js": SCRIPT,
    "settings.js": SCRIPT,
    "plan.js": SCRIPT,
    "pack.js": SCRIPT,
    "debrief.js": SCRIPT,
    "tailor.js": SCRIPT,
}
"""All that is served beside pages, by name: a path is never made of what somebody asks for."""


def asset(name: str) -> str:
    """Return a style sheet or a script."""
    if name == "report.css":
        return of_report.asset(name)
    return (HERE / "assets" / name).read_text(encoding="utf-8")


def render(template: str, data: Any, *, home: str) -> str:
    """Return a page; ``page`` in a template is its data, ``home`` what every address begins with."""
    found = of_report.environment(autoescape=True, finalize=_upright, folder=HERE / "templates")
    found.filters["urlencode"] = _in_address
    page = found.get_template(f"{template}.html.jinja")
    return page.render(page=data, home=home, here=template, clock=clock, plural=plural)


def _upright(value: object) -> object:
    return upright(readable(value)) if type(value) is str else value  # not what is markup already


def _in_address(text: str) -> str:
    return quote(readable(text), safe="")


def readable(text: str) -> str:
    """Return a text that can be sent: a file may be called by bytes that are no letters."""
    return text.encode("utf-8", "replace").decode()
