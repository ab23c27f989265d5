"""`voicemock review`: the report on recordings someone already has."""

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from voicemock.cli.options import (
    AskOption,
    ChannelOption,
    JsonOption,
    LensOption,
    ModelOption,
    OpenOption,
    QuestionOption,
    ReplaceOption,
    SpeakerOption,
    TrackOption,
    VerbatimOption,
    speaker_number,
)
from voicemock.errors import VoicemockError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from voicemock.schema import AnswerReport

__all__ = ["review"]


def review(
    audio: Annotated[list[Path], typer.Argument(metavar="AUDIO...", help="Recordings: wav, mp3, m4a, ogg, flac, …")],
    question: QuestionOption = None,
    ask: AskOption = None,
    lens: LensOption = None,
    json: JsonOption = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Folder for the report.")] = None,
    replace: ReplaceOption = False,
    model: ModelOption = None,
    verbatim: VerbatimOption = True,
    track: TrackOption = None,
    channel: ChannelOption = None,
    speaker: SpeakerOption = None,
    open_report: OpenOption = None,
) -> None:
    """Analyse recordings and write the report."""
    from voicemock.analyze import analyze_recording
    from voicemock.cli.output import check_apart, check_report, check_target
    from voicemock.config import load_config
    from voicemock.models.catalogue import find_model
    from voicemock.questions.asked import choose_question
    from voicemock.speech.recognise import Recogniser

    chosen, who = choose_question(question, ask), speaker_number(speaker)
    if out is not None or json != "-":
        check_report(out, replace=replace)
    check_apart(json, read=map(str, audio))
    check_target(json or "-")
    config = load_config()
    recogniser = Recogniser(find_model(model or config.model), verbatim=verbatim)
    analyse = functools.partial(
        analyze_recording,
        recogniser=recogniser,
        question=chosen,
        track=track,
        channel=channel,
        speaker=who,
        second=config.local_model,
    )
    _report_on(audio, analyse, lens or (), json=json, out=out, open_report=open_report)


def _report_on(
    audio: list[Path],
    analyse: "Callable[[Path], AnswerReport]",
    lenses: "Sequence[str]",
    *,
    json: str | None,
    out: Path | None,
    open_report: bool | None,
) -> None:
    """Analyse each recording and write what was asked for; exit code 2 if anything could not be done.

    lenses: those to show answers through.
    """
    from voicemock.analyze import assemble
    from voicemock.archive.feedback import quiet_checks
    from voicemock.cli.answer_lines import render_answer
    from voicemock.cli.output import complain, fails, write_json
    from voicemock.coaching.lenses import seen_through
    from voicemock.jobs.review import review_each

    answers, failed, quiet = [], False, quiet_checks(tell=lambda text: typer.echo(text, err=True))
    for path, found in review_each(audio, analyse=analyse):
        if isinstance(found, VoicemockError):
            complain(found)
            failed = True
            continue
        (found,) = seen_through([found], lenses)
        answers.append(found)
        if json != "-":
            typer.echo(f"{path}\n{render_answer(found, quiet=quiet)}\n")
    if answers and json:
        failed |= fails(lambda: write_json(assemble(answers, quiet=quiet), json))
    if answers and (out is not None or json != "-"):
        failed |= fails(lambda: _write_report(answers, out, shown=json != "-", open_report=open_report))
    if failed:
        raise typer.Exit(2)


def _write_report(answers: "list[AnswerReport]", out: Path | None, *, shown: bool, open_report: bool | None) -> None:
    from voicemock.cli.answer_lines import render_next_steps
    from voicemock.cli.output import open_page
    from voicemock.jobs.review import write_review

    page, report = write_review(answers, out)
    if shown:
        typer.echo(f"{render_next_steps(report)}\n\nReport: {page}")
    open_page(page, wanted=open_report)
