"""`voicemock read`: the analysis of a written or already transcribed answer."""

from pathlib import Path
from typing import Annotated

import typer

from voicemock.cli.options import AskOption, JsonOption, LensOption, QuestionOption
from voicemock.errors import UsageError

__all__ = ["read"]


def read(
    file: Annotated[str, typer.Argument(metavar="FILE|-", help="A text file; - reads standard input.")],
    question: QuestionOption = None,
    ask: AskOption = None,
    lens: LensOption = None,
    json: JsonOption = None,
) -> None:
    """Read a written answer as an interviewer would hear it."""
    from voicemock.analyze import analyze_text, assemble
    from voicemock.archive.feedback import quiet_checks
    from voicemock.cli.answer_lines import render_answer, render_next_steps
    from voicemock.cli.output import check_apart, write_json
    from voicemock.coaching.lenses import seen_through
    from voicemock.config import load_config
    from voicemock.questions.asked import choose_question

    chosen = choose_question(question, ask)
    check_apart(json, read=() if file == "-" else [file])
    answer = analyze_text(_text(file), question=chosen, second=load_config().local_model)
    report = assemble(
        seen_through([answer], lens or ()), quiet=quiet_checks(tell=lambda text: typer.echo(text, err=True))
    )
    if json != "-":
        typer.echo(render_answer(report.answers[0], quiet=report.quiet))
        typer.echo(f"\n{render_next_steps(report)}")
    if json:
        write_json(report, json)


def _text(file: str) -> str:
    """Read the answer as it stands, so that offsets into it hold; only a byte order mark is left out."""
    try:
        data = typer.get_binary_stream("stdin").read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}.", hint="Check the path.") from error
    name = "Standard input" if file == "-" else file
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        hint = "Give a text file saved as UTF-8. For a recording use `voicemock review`."
        raise UsageError(f"{name} is not text.", hint=hint) from error
    if not any(map(str.isalnum, text)):
        raise UsageError(f"{name} contains no words.", hint="Give the answer's text.")
    return text
