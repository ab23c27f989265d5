"""`voicemock compare`: the takes of one question side by side."""

from typing import TYPE_CHECKING, Annotated

import typer

from voicemock.cli.options import OpenOption
from voicemock.errors import UnknownNameError, UsageError
from voicemock.phrases import plural, wrap
from voicemock.printable import plain

if TYPE_CHECKING:
    from pathlib import Path

    from voicemock.archive.history import Practised
    from voicemock.progress.compare import Compared

__all__ = ["compare"]

QuestionArgument = Annotated[
    str | None, typer.Argument(metavar="QUESTION_ID", help="A question you answered; without it, they are listed.")
]
FiguresOption = Annotated[
    str | None,
    typer.Option("--json", metavar="PATH|-", help="Write all takes as JSON; - prints them and nothing else."),
]
PageOption = Annotated[
    str | None,
    typer.Option("--html", metavar="PATH", help="Write a page on which the latest takes can be played side by side."),
]


def compare(
    question: QuestionArgument = None,
    html: PageOption = None,
    json: FiguresOption = None,
    open_page: OpenOption = None,
) -> None:
    """Put your takes of one question side by side. Length, pauses, what was kept, dropped and added."""
    from voicemock.archive.history import history
    from voicemock.cli import output
    from voicemock.progress.compare import compare as compared_takes
    from voicemock.progress.compare import own_answers, render_takes

    _check(question, html=html, json=json, open_page=open_page)
    rows = own_answers(history(tell=_tell))
    if question is None:
        typer.echo(_answered(rows))
        return
    compared = compared_takes(rows, question)
    if compared is None:
        known = dict.fromkeys(row.question.id for row in rows if row.question)
        raise UnknownNameError("answered question", question, known, listed_by="voicemock compare")
    if json:
        output.write_json(compared, json)
    if json != "-":
        typer.echo(render_takes(compared))
    if html or open_page:
        page = _write_page(compared, html)
        typer.echo(f"\nPage: {page}", err=json == "-")
        output.open_page(page, wanted=open_page)


def _check(question: str | None, *, html: str | None, json: str | None, open_page: bool | None) -> None:
    """Raise UsageError for options that cannot be carried out, before work goes into it."""
    from voicemock.archive.kept_rows import COMPARED
    from voicemock.cli.output import check_apart, check_target
    from voicemock.paths import user_data_dir

    for option, given in (("--json", json), ("--html", html), ("--open", open_page)):
        if given and question is None:
            raise UsageError(f"{option} needs a question.", hint="`voicemock compare` lists those you answered.")
    if html == "-":
        raise UsageError("--html writes a file.", hint="`voicemock compare QUESTION_ID --html takes.html`")
    check_apart(html or (str(user_data_dir() / COMPARED) if open_page else None), json)
    for target in (html, json):
        if target:
            check_target(target)


def _write_page(compared: "Compared", target: str | None) -> "Path":
    """Write the page: beside the sessions, if no place is named."""
    from pathlib import Path

    from voicemock.archive.kept_rows import COMPARED
    from voicemock.cli.output import write_data
    from voicemock.jobs.compare import takes_page
    from voicemock.paths import user_data_dir

    path = Path(target) if target else user_data_dir() / COMPARED
    page = takes_page(compared, page_in=path.parent, tell=_tell)
    write_data(page, str(path))
    return path


def _tell(text: str) -> None:
    typer.echo(text, err=True)


def _answered(rows: "tuple[Practised, ...]") -> str:
    """List the questions that were answered, those with the most takes first."""
    from voicemock.jobs.compare import answered

    lines = []
    for one in answered(rows):
        lines += [f"{plain(one.id)}: {plural(one.takes, 'take')}", wrap(plain(one.text), indent="    ")]
    if not lines:
        return "You have not answered a question yet. `voicemock practice` asks some."
    return "\n".join([*lines, "", "`voicemock compare QUESTION_ID` puts the takes of one side by side."])
