"""`voicemock compare`: the takes of one question side by side."""

from typing import TYPE_CHECKING, Annotated

import typer

from voicemock.errors import UnknownNameError, UsageError
from voicemock.phrases import plural, wrap
from voicemock.printable import plain

if TYPE_CHECKING:
    from voicemock.archive.history import Practised

__all__ = ["compare"]

QuestionArgument = Annotated[
    str | None, typer.Argument(metavar="QUESTION_ID", help="A question you answered; without it, they are listed.")
]
FiguresOption = Annotated[
    str | None,
    typer.Option("--json", metavar="PATH|-", help="Write all takes as JSON; - prints them and nothing else."),
]


def compare(question: QuestionArgument = None, json: FiguresOption = None) -> None:
    """Put your takes of one question side by side: length, pauses, what was kept, dropped and added."""
    from voicemock.archive.history import history
    from voicemock.cli.output import check_target, write_data
    from voicemock.progress.compare import compare as compared_takes
    from voicemock.progress.compare import own_answers, render_takes

    if json and question is None:
        raise UsageError("--json needs a question.", hint="`voicemock compare` lists those you answered.")
    if json:
        check_target(json)
    rows = own_answers(history(tell=lambda text: typer.echo(text, err=True)))
    if question is None:
        typer.echo(_answered(rows))
        return
    compared = compared_takes(rows, question)
    if compared is None:
        known = dict.fromkeys(row.question.id for row in rows if row.question)
        raise UnknownNameError("answered question", question, known, listed_by="voicemock compare")
    if json:
        import msgspec

        from voicemock.report.as_json import in_one_line

        write_data(msgspec.json.format(in_one_line(compared), indent=2) + b"\n", json)
    if json != "-":
        typer.echo(render_takes(compared))


def _answered(rows: "tuple[Practised, ...]") -> str:
    """List the questions that were answered, those with the most takes first."""
    from collections import Counter

    takes = Counter(row.question.id for row in rows if row.question and row.follows is None)
    texts = {row.question.id: row.question.text for row in rows if row.question}
    lines = []
    for id, count in takes.most_common():
        lines += [f"{plain(id)}: {plural(count, 'take')}", wrap(plain(texts[id]), indent="    ")]
    return "\n".join(lines) or "You have not answered a question yet. `voicemock practice` asks some."
