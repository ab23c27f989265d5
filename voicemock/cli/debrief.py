"""`voicemock debrief`: a real interview afterwards, from its recording or its transcript."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from voicemock.cli.options import ModelOption, OpenOption, ReplaceOption
from voicemock.errors import UsageError

if TYPE_CHECKING:
    from voicemock.jobs.debrief import Debriefed, Exchanged

__all__ = ["debrief"]

HEAD_BYTES = 4096
"""How much of a file tells a transcript from a recording."""


def debrief(
    file: Annotated[Path, typer.Argument(metavar="AUDIO|TRANSCRIPT", help="A recording, or .vtt, .srt, .txt, .docx.")],
    me: Annotated[
        str | None,
        typer.Option("--me", metavar="NAME|N", help="Which speaker you are: a name, or 1 for who says most."),
    ] = None,
    add_questions: Annotated[
        Path | None,
        typer.Option("--add-questions", metavar="SET.toml", help="Put the new questions into a set of your own."),
    ] = None,
    json: Annotated[
        str | None,
        typer.Option("--json", metavar="PATH|-", help="Write the debrief as JSON; - prints it and nothing else."),
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Folder for the report.")] = None,
    replace: ReplaceOption = False,
    model: ModelOption = None,
    open_report: OpenOption = None,
) -> None:
    """See how a real interview went, question by question. Each answer is read, with what you had practised of it."""
    _check(file, add_questions, json, out, replace=replace)
    found = _debriefed(file, me, model)
    if json != "-":
        _show(file, found)
    if _keep(found, add_questions, json, out, open_report=open_report):
        raise typer.Exit(2)


def _check(file: Path, add_to: Path | None, json: str | None, out: Path | None, *, replace: bool) -> None:
    """Raise an error for what could not be written, before work goes into it."""
    from voicemock.cli.output import check_apart, check_report, check_target
    from voicemock.jobs.debrief import own_set

    check_apart(json, str(add_to) if add_to else None, read=[str(file)])
    if out is not None or json != "-":
        check_report(out, replace=replace)
    if json:
        check_target(json)
    if add_to:
        own_set(add_to)
        check_target(str(add_to))


def _keep(
    found: "Debriefed", add_to: Path | None, json: str | None, out: Path | None, *, open_report: bool | None
) -> bool:
    """Write what was asked for, none at the cost of another; tell whether something failed."""
    from voicemock.cli.output import fails

    failed, shown = False, json != "-"
    if found.answers and (out or shown):
        failed |= fails(lambda: _write_report(found, out, shown=shown, open_report=open_report))
    if json:
        failed |= fails(lambda: _write_json(found, json))
    if add_to:
        failed |= fails(lambda: _add(found, add_to, shown=shown))
    elif shown:
        _offer(found)
    return failed


def _debriefed(file: Path, me: str | None, model: str | None) -> "Debriefed":
    from voicemock.config import load_config
    from voicemock.jobs.debrief import debrief_recording, debrief_transcript
    from voicemock.transcripts import holds_text

    try:
        with file.open("rb") as opened:
            head = opened.read(HEAD_BYTES)
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}.", hint="Check the path.") from error
    config = load_config()
    if holds_text(file, head):
        return debrief_transcript(file, me=me, second=config.local_model, tell=_warn)
    from voicemock.models.catalogue import find_model
    from voicemock.speech.recognise import Recogniser

    recogniser = Recogniser(find_model(model or config.model))
    return debrief_recording(file, recogniser=recogniser, me=me, second=config.local_model, tell=_warn)


def _show(file: Path, found: "Debriefed") -> None:
    from voicemock.phrases import plural, wrap
    from voicemock.printable import plain

    call, candidate = found.call, found.candidate
    typer.echo(wrap(plain(f"{file}: {call.format}, {plural(len(call.speakers), 'speaker')}.")))
    why = f" {candidate.why} If that is wrong, say who you are with --me." if candidate.why else ""
    typer.echo(wrap(plain(f"You: {candidate.name}.{why}")))
    typer.echo(wrap(plain(f"The others: {', '.join(name for name in call.speakers if name != candidate.name)}")))
    for note in call.notes:
        typer.echo(wrap(plain(note)))
    for number, one in enumerate(found.exchanges, 1):
        _show_exchange(number, one)
    if not found.exchanges:
        typer.echo("\nNo interview question was found.")
    if found.asked_them:
        typer.echo("\nWhat you asked them")
    for question in found.asked_them:
        typer.echo(wrap(plain(question), first="- ", indent="  "))
    if found.talk:
        answer, were = ("answers", "was") if found.talk == 1 else ("answer", "were")
        typer.echo(f"\n{plural(found.talk, 'turn')} of yours {answer} no interview question, and {were} not read.")
    for note in dict.fromkeys(note for answer in found.answers for note in answer.notes):
        typer.echo(wrap(plain(note)))


def _show_exchange(number: int, one: "Exchanged") -> None:
    from voicemock.cli.answer_lines import render_summary
    from voicemock.jobs.debrief import said_beside
    from voicemock.phrases import clock, wrap
    from voicemock.printable import plain

    at = f"{clock(one.exchange.at_s)}  " if one.exchange.at_s is not None else ""
    asked = one.asked.question
    typer.echo(f"\n{wrap(plain(f'{number}  {at}{one.exchange.by}: {asked.text}'), first='', indent='   ')}")
    if one.answer:
        typer.echo(render_summary(one.answer))
    else:
        typer.echo("Too brief to be read." if one.exchange.answer else "No answer was found.")
    if practised := said_beside(one):
        typer.echo(wrap(plain(practised)))


def _write_report(found: "Debriefed", out: Path | None, *, shown: bool, open_report: bool | None) -> None:
    from voicemock.cli.answer_lines import render_next_steps
    from voicemock.cli.output import open_page
    from voicemock.jobs.debrief import write_debrief

    page, report = write_debrief(found, out)
    if shown:
        typer.echo(f"\n{render_next_steps(report)}\n\nReport: {page}")
    open_page(page, wanted=open_report)


def _write_json(found: "Debriefed", target: str) -> None:
    import msgspec

    from voicemock.cli.output import write_data
    from voicemock.report.as_json import in_one_line

    write_data(msgspec.json.format(in_one_line({"schema_version": 1, "debrief": found}), indent=2), target)


def _add(found: "Debriefed", path: Path, *, shown: bool) -> None:
    from voicemock.jobs.debrief import add_questions
    from voicemock.phrases import plural
    from voicemock.printable import in_shell, plain

    new = add_questions(found, path)
    if not shown:
        return
    if not new:
        typer.echo(f"\n{plain(f'No question is new; {path} is as it was.')}")
        return
    typer.echo(f"\n{plural(len(new), 'question')} added to {plain(str(path))}.")
    typer.echo(f"Read it, then: voicemock practice {in_shell(path)}")


def _offer(found: "Debriefed") -> None:
    """Say how the new questions are kept, if there are any."""
    from voicemock.jobs.debrief import new_in
    from voicemock.phrases import plural, wrap

    if new := len(new_in(found)):
        verb, them = ("is", "it") if new == 1 else ("are", "them")
        where = f"{plural(new, 'question')} {verb} in none of your question sets."
        typer.echo(f"\n{wrap(f'{where} To practise {them}: run this again with --add-questions asked.toml.')}")


def _warn(text: str) -> None:
    typer.echo(text, err=True)
