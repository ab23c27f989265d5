"""`voicemock review`: the report on recordings someone already has."""

from pathlib import Path
from typing import Annotated

import typer

from voicemock.cli.options import AskOption, JsonOption, ModelOption, OpenOption, QuestionOption, VerbatimOption
from voicemock.errors import AudioError

__all__ = ["review"]


def review(
    audio: Annotated[list[Path], typer.Argument(metavar="AUDIO...", help="Recordings: wav, mp3, m4a, ogg, flac, …")],
    question: QuestionOption = None,
    ask: AskOption = None,
    json: JsonOption = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Folder for the report.")] = None,
    model: ModelOption = None,
    verbatim: VerbatimOption = True,
    open_report: OpenOption = None,
) -> None:
    """Analyse recordings and write the report."""
    from voicemock.analyze import analyze_recording, assemble
    from voicemock.asked import choose_question
    from voicemock.cli.output import complain, open_page, write_json
    from voicemock.config import load_config
    from voicemock.report import write_report
    from voicemock.report.terminal import render_answer, render_next_steps
    from voicemock.session.store import new_session
    from voicemock.speech.models import find_model
    from voicemock.speech.recognise import Recogniser

    chosen = choose_question(question, ask)
    recogniser = Recogniser(find_model(model or load_config().model), verbatim=verbatim)
    answers, failed = [], False
    for path in audio:
        try:
            answer = analyze_recording(path, recogniser=recogniser, question=chosen)
            if not answer.transcript.words:
                raise AudioError(f"{path}: no speech found.", hint="Play the recording: can you hear the answer?")
        except AudioError as error:
            complain(error)
            failed = True
            continue
        answers.append(answer)
        if json != "-":
            typer.echo(f"{path}\n{render_answer(answer)}\n")
    if answers and json:
        write_json(assemble(answers), json)
    if answers and json != "-":
        session = new_session(title="Review", folder=out)
        report = assemble(answers, session=session.info)
        page = write_report(report, session.folder)
        typer.echo(f"{render_next_steps(report)}\n\nReport: {page}")
        open_page(page, wanted=open_report)
    if failed:
        raise typer.Exit(2)
