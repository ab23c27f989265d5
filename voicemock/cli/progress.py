"""`voicemock progress`: what weeks of practice show."""

from typing import TYPE_CHECKING, Annotated

import typer

from voicemock.cli.options import OpenOption
from voicemock.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from voicemock.progress.summary import Progress

__all__ = ["progress"]

PageOption = Annotated[
    str | None, typer.Option("--html", metavar="PATH", help="Write the page here; by default beside your sessions.")
]
FiguresOption = Annotated[
    str | None,
    typer.Option("--json", metavar="PATH|-", help="Write the figures as JSON; - prints them and nothing else."),
]
ReviewsOption = Annotated[
    bool, typer.Option("--reviews", help="Also count recordings given to `voicemock review`, if they are all yours.")
]


def progress(
    html: PageOption = None, json: FiguresOption = None, reviews: ReviewsOption = False, open_page: OpenOption = None
) -> None:
    """See what weeks of practice changed. Trends beyond your ups and downs, pet phrases, what still needs practice."""
    from voicemock.archive.kept_rows import PAGE
    from voicemock.cli import output
    from voicemock.paths import user_data_dir

    if html == "-":
        raise UsageError("--html writes a file.", hint="`voicemock progress --html progress.html`")
    output.check_apart(html or str(user_data_dir() / PAGE), json)
    for target in (html, json):
        if target:
            output.check_target(target)
    found = _progress(reviews=reviews)
    if json:
        output.write_json(found, json)
    if json == "-":
        if html:
            _write_page(found, html)
        return
    from voicemock.progress.text import render_lines

    typer.echo(render_lines(found))
    if html or found.sessions:
        page = _write_page(found, html)
        typer.echo(f"\nPage: {page}")
        output.open_page(page, wanted=open_page)


def _progress(*, reviews: bool) -> "Progress":
    from datetime import datetime

    from voicemock.jobs.progress import find_progress

    today = datetime.now().astimezone().date()
    return find_progress(today, reviews=reviews, tell=lambda text: typer.echo(text, err=True))


def _write_page(found: "Progress", target: str | None) -> "Path":
    from datetime import datetime
    from pathlib import Path

    from voicemock.archive.kept_rows import PAGE
    from voicemock.cli import output
    from voicemock.paths import user_data_dir
    from voicemock.progress.page import render_progress

    path = Path(target) if target else user_data_dir() / PAGE
    page = render_progress(found, today=datetime.now().astimezone().date())
    output.write_data(page, str(path))
    return path
