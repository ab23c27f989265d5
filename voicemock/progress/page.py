"""Progress as one page in the report's own look: it loads nothing, sends nothing and runs nothing."""

__all__ = ["render_progress"]

import datetime
from pathlib import Path
from typing import NamedTuple

from voicemock.printable import one_line
from voicemock.progress import calibration, words
from voicemock.progress.charts import Chart, calendar, chart_of
from voicemock.progress.judged import Judged
from voicemock.progress.series import Value
from voicemock.progress.summary import Progress
from voicemock.report.html import style_hash
from voicemock.report.templates import asset, environment

HERE = Path(__file__).parent
LISTED = 60
"""Sessions, or days, in the table behind a picture: the last ones."""


class Panel(NamedTuple):
    """A series with its picture, and the values behind it, the last first, each with its session's date."""

    judged: Judged
    chart: Chart
    rows: tuple[tuple[str, Value], ...]
    left_out: int


def render_progress(progress: Progress, *, today: datetime.date) -> str:
    """Return the page."""
    from markupsafe import Markup

    look, own = asset("report.css"), (HERE / "progress.css").read_text(encoding="utf-8")
    panels = [_panel(one, progress) for one in progress.trends]
    groups = [
        (title, [panel for panel in panels if panel.judged.series.family is family])
        for family, title in words.FAMILIES.items()
    ]
    page = environment(autoescape=True, finalize=_shown, folder=HERE).get_template("progress.html.jinja")
    return page.render(
        progress=progress,
        groups=[group for group in groups if group[1]],
        squares=calendar(progress.days, today=today),
        days=progress.days[: -LISTED - 1 : -1],
        words=words,
        predicted=calibration.TITLE,
        says=calibration.says,
        styles=[Markup(look), Markup(own)],
        policy=f"default-src 'none'; style-src {style_hash(look)} {style_hash(own)}; img-src data:; base-uri 'none'; "
        "form-action 'none'",
    )


def _panel(one: Judged, progress: Progress) -> Panel:
    values = one.series.values
    rows = tuple((words.date(progress.sessions[v.place].started_at), v) for v in values[: -LISTED - 1 : -1])
    return Panel(one, chart_of(one, sessions=len(progress.sessions)), rows, max(0, len(values) - LISTED))


def _shown(value: object) -> object:
    """Show a name or a quote on one line, in the direction it is written."""
    return one_line(value) if type(value) is str else value  # not what is markup already
