"""Pages from templates, in the look of the report."""

__all__ = ["ASSETS", "asset", "render"]

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Any

from voicemock.printable import upright
from voicemock.report import templates as of_report

if TYPE_CHECKING:
    import jinja2

HERE = Path(__file__).parent
SCRIPT, STYLE = "text/javascript; charset=utf-8", "text/css; charset=utf-8"
ASSETS = {
    "report.css": STYLE,
    "page.css": STYLE,
    "presence.js": SCRIPT,
    "actions.js": SCRIPT,
    "practise.js": SCRIPT,
    "microphone.js": SCRIPT,
    "worklet.js": SCRIPT,
    "sessions.js": SCRIPT,
    "edit.js": SCRIPT,
    "review.js": SCRIPT,
    "settings.js": SCRIPT,
    "plan.js": SCRIPT,
}
"""All that is served beside pages, by name: a path is never made of what somebody asks for."""


def asset(name: str) -> str:
    """Return a style sheet or a script."""
    if name == "report.css":
        return of_report.asset(name)
    return (HERE / "assets" / name).read_text(encoding="utf-8")


def render(template: str, data: Any, *, home: str) -> str:
    """Return a page; ``page`` in a template is its data, ``home`` what every address begins with."""
    return _environment().get_template(f"{template}.html.jinja").render(page=data, home=home, here=template)


@functools.cache
def _environment() -> "jinja2.Environment":
    import jinja2

    from voicemock.phrases import clock, day, plural

    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_upright,
    )
    made.globals |= {"clock": clock, "day": day, "plural": plural}
    return made


def _upright(value: object) -> object:
    return upright(value) if type(value) is str else value  # not what is markup already
