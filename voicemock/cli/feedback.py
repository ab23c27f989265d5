"""`voicemock feedback`: was I right about you? Verdicts on findings, and the disagreements as test cases."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from voicemock.errors import UnknownNameError, UsageError
from voicemock.phrases import plural, wrap

if TYPE_CHECKING:
    from voicemock.archive.cases import Cases

__all__ = ["feedback"]

EXPORT = "export"
USE = "voicemock feedback"
FILE_NAME = "voicemock-feedback.jsonl"

SessionArgument = Annotated[
    str | None,
    typer.Argument(
        metavar="[SESSION|export]", help="A session's id, by default the latest; `export` writes your disagreements."
    ),
]
RightOption = Annotated[
    list[str] | None, typer.Option("--right", metavar="ID,…", help="Findings that were right; may be given again.")
]
WrongOption = Annotated[list[str] | None, typer.Option("--wrong", metavar="ID,…", help="Findings that were wrong.")]
ClearOption = Annotated[list[str] | None, typer.Option("--clear", metavar="ID,…", help="Take verdicts back.")]
ListOption = Annotated[bool, typer.Option("--list", help="List the session's findings with their ids.")]
WakeOption = Annotated[str | None, typer.Option("--wake", metavar="CHECK", help="Let a quiet check speak again.")]
ToOption = Annotated[
    str | None, typer.Option("--to", metavar="FILE|-", help="export: where to write; - prints the cases alone.")
]
NameOption = Annotated[
    list[str] | None, typer.Option("--name", metavar="NAME", help="export: a name to replace; may be given again.")
]
KeepOption = Annotated[
    list[str] | None, typer.Option("--keep", metavar="WORD", help="export: not a name: leave it; may be given again.")
]


def feedback(
    session: SessionArgument = None,
    right: RightOption = None,
    wrong: WrongOption = None,
    clear: ClearOption = None,
    show_list: ListOption = False,
    wake: WakeOption = None,
    to: ToOption = None,
    name: NameOption = None,
    keep: KeepOption = None,
) -> None:
    """Say which findings were right about you. A check that is often wrong goes quiet."""
    given = right or wrong or clear
    if session == EXPORT or to or name or keep:
        if session != EXPORT or given or show_list or wake:
            raise UsageError("--to, --name and --keep go with export, and with nothing else.", hint=f"{USE} export")
        _export(to, names=name or [], keep=keep or [])
    elif wake is not None:
        if session or given or show_list:
            raise UsageError("--wake goes with nothing else.", hint=f"{USE} --wake CHECK")
        _wake(wake)
    else:
        _judge(session, _ids(right), _ids(wrong), _ids(clear), show_list=show_list)


def _ids(given: list[str] | None) -> list[str]:
    return [id.strip() for text in given or () for id in text.split(",") if id.strip()]


def _judge(name: str | None, right: list[str], wrong: list[str], clear: list[str], *, show_list: bool) -> None:
    from voicemock.archive.feedback import judge, quiet_checks
    from voicemock.cli.judging import go_through, list_findings, quiet_lines
    from voicemock.jobs.judging import find_to_judge

    ids = [*right, *wrong, *clear]
    if twice := {id for id in ids if ids.count(id) > 1}:
        raise UsageError(f"{min(twice)} is given twice.", hint="A finding is right, wrong, or cleared.")
    if ids and name is None:
        option = "--right" if right else "--wrong" if wrong else "--clear"
        raise UsageError("Which session are these findings in?", hint=f"{USE} SESSION {option} ID")
    found = find_to_judge(name, tell=_tell)
    before = {one.check for one in quiet_checks()}
    if ids:
        if unknown := [id for id in clear if id not in found.before and id not in found.asked.all]:
            raise UnknownNameError(
                "finding", unknown[0], found.asked.all, listed_by=f"{USE} {found.folder.name} --list"
            )
        taken = sum(id in found.before for id in clear)
        verdicts = [found.verdict(id, right=id in right) for id in (*right, *wrong)]
        judge(found.folder, verdicts, clear=clear, tell=_tell)
        typer.echo(f"Kept: {plural(len(verdicts), 'verdict')}{f', {taken} taken back' if clear else ''}.")
    if show_list:
        list_findings(find_to_judge(name, tell=_tell) if ids else found)
    elif not ids:
        go_through(found, tell=_tell)
    for line in quiet_lines(before):
        typer.echo(line)
    if ids or not show_list:
        typer.echo("`voicemock checks` shows how often each check is right about you.")


def _wake(check: str) -> None:
    from voicemock.archive.feedback import quiet_checks, wake
    from voicemock.checks import find_check

    quiet = {one.check for one in quiet_checks(tell=_tell)}
    if check not in quiet:
        find_check(check)
        typer.echo(f"{check} is not quiet.")
        return
    wake(check, tell=_tell)
    typer.echo(wrap(f"{check} is awake. Only verdicts from now on can silence it again; the earlier ones are kept."))


def _export(to: str | None, *, names: list[str], keep: list[str]) -> None:
    from voicemock.archive.cases import as_lines, disagreements
    from voicemock.cli.output import check_target, fresh, write_data

    target = to or str(fresh(Path(FILE_NAME)))
    check_target(target)
    found = disagreements(names=names, keep=keep, tell=_tell)
    if found.gone:
        _tell(f"Left out: {plural(found.gone, 'finding')} that the report no longer has.")
    if not found.cases:
        typer.echo("There are no disagreements to export.", err=target == "-")
        return
    write_data(as_lines(found.cases), target)
    _explain(found, target)


def _explain(found: "Cases", target: str) -> None:
    """Say what is in the file, and what to do with it."""
    lines = [] if target == "-" else [f"Written: {target}"]
    lines.append(
        wrap(
            f"{plural(len(found.cases), 'test case')}: your words around each quote (the whole answer where the "
            "finding has none), the question, and what was said about it. No sound."
        )
    )
    if found.replaced:
        names = "; ".join(f"{new}: {', '.join(words)}" for new, words in found.replaced.items())
        lines.append(wrap(f"Names replaced: {names}."))
    if found.left:
        lines.append(wrap(f"Left as they are, though capitalised: {', '.join(found.left)}. --name replaces a word."))
    lines.append(
        wrap(
            "Nothing was sent. Read it through first, delete the lines you want to keep to yourself, and then attach "
            "the file to a voicemock issue: each line is a test that the check should pass."
        )
    )
    typer.echo("\n".join(lines), err=target == "-")


def _tell(text: str) -> None:
    typer.echo(text, err=True)
