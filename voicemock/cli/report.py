"""`voicemock report`: a stored report made again, in another format, or without names."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from voicemock.cli.options import LensOption, OpenOption
from voicemock.cli.output import fresh
from voicemock.errors import UsageError
from voicemock.phrases import wrap

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import PurePosixPath

    from voicemock.archive.sources import Source
    from voicemock.report.redact import Redacted
    from voicemock.schema import SessionReport

__all__ = ["report"]

FORMATS = ("html", "md", "json", "txt", "srt", "vtt", "pdf")
CAPTIONS = ("srt", "vtt")
BY_ANSWER = ("srt", "vtt", "txt")


SourceArgument = Annotated[
    str, typer.Argument(metavar="ID|PATH", help="A session's id or folder, an exported zip, or a session.json.")
]
FormatOption = Annotated[
    str | None, typer.Option("--format", metavar="|".join(FORMATS), help="By default as --out ends, else html.")
]
OutOption = Annotated[
    str | None, typer.Option("--out", metavar="PATH|-", help="Where to write it; - prints it and nothing else.")
]
AnswerOption = Annotated[
    int | None, typer.Option("--answer", metavar="N", min=1, help="Only this answer (srt, vtt, txt).")
]
RedactOption = Annotated[bool, typer.Option("--redact", help="Leave out the sound, and replace names.")]
NameOption = Annotated[
    list[str] | None, typer.Option("--name", metavar="NAME", help="A name to replace; may be given again.")
]
NamesOption = Annotated[Path | None, typer.Option("--names", metavar="FILE", help="Names to replace, one a line.")]
KeepOption = Annotated[
    list[str] | None, typer.Option("--keep", metavar="WORD", help="Not a name: leave it; may be given again.")
]


def report(
    source: SourceArgument,
    format: FormatOption = None,
    out: OutOption = None,
    answer: AnswerOption = None,
    lens: LensOption = None,
    redact: RedactOption = False,
    name: NameOption = None,
    names: NamesOption = None,
    keep: KeepOption = None,
    open_report: OpenOption = None,
) -> None:
    """Make a stored report again, as a page, text, captions or PDF. With or without names."""
    from voicemock.archive.sources import file_name, open_source
    from voicemock.report.redact import redact as without_names

    kind = _format(format, out)
    if answer is not None and kind not in BY_ANSWER:
        raise UsageError(f"--answer does not go with {kind}.", hint=f"It goes with {', '.join(BY_ANSWER)}.")
    listed = [*(name or []), *(_listed(names) if names else [])]
    hidden = redact or bool(listed)
    if keep and not hidden:
        raise UsageError("--keep goes with --redact.", hint="Without it, no name is replaced.")
    with open_source(source, sound=kind == "html" and not hidden, tell=_tell) as found:
        if lens:
            found = found._replace(report=_seen(found.report, lens))
        redacted = without_names(found.report, listed=listed, keep=keep or ()) if hidden else None
        if redacted:
            found = found._replace(report=redacted.report, name=file_name(redacted.report))
        written = _write(found, kind, out, answer, sound=not hidden)
    if redacted:
        _show(redacted, quiet=out == "-")
    if written and kind == "html":
        from voicemock.cli.output import open_page

        open_page(written, wanted=open_report)


def _seen(report: "SessionReport", lenses: list[str]) -> "SessionReport":
    import msgspec

    from voicemock.coaching.lenses import seen_through

    return msgspec.structs.replace(report, answers=seen_through(report.answers, lenses))


def _format(wanted: str | None, out: str | None) -> str:
    """Return the format that was asked for, or that a file's name asks for."""
    if wanted is None:
        suffix = Path(out or "").suffix.lower().removeprefix(".")
        wanted = {"htm": "html", "markdown": "md"}.get(suffix, suffix)
        wanted = wanted if wanted in FORMATS else "html"
    if wanted not in FORMATS:
        raise UsageError(f"There is no format '{wanted}'.", hint=f"Choose one of {', '.join(FORMATS)}.")
    if wanted == "pdf" and out == "-":
        raise UsageError("A pdf is not text, and is not printed.", hint="Give --out FILE.pdf.")
    return wanted


def _listed(file: Path) -> list[str]:
    try:
        lines = file.read_bytes().decode("utf-8-sig").splitlines()
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}.", hint="Check the path.") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{file} is not text.", hint="Save it as UTF-8, one name a line.") from error
    found = [line.strip() for line in lines if line.strip()]
    if not found:
        raise UsageError(f"{file} holds no name.", hint="Write one name a line.")
    return found


def _write(found: "Source", kind: str, out: str | None, answer: int | None, *, sound: bool) -> Path | None:
    """Write what was asked for, and say where; None if it was printed."""
    if kind in CAPTIONS:
        return _captions(found, kind, out, answer)
    target = out or str(fresh(Path(f"{found.name}.{kind}")))
    _spare(found, target)
    return _put(_rendered(found, kind, answer, target=target, sound=sound), target)


def _rendered(found: "Source", kind: str, answer: int | None, *, target: str, sound: bool) -> bytes:
    from voicemock.jobs.sharing import text_of

    if kind == "pdf":
        return _printed(found.report, target)
    page_in = Path.cwd() if target == "-" else Path(target).parent
    return text_of(found, kind, answer=answer, sound=sound, page_in=page_in)


def _printed(report: "SessionReport", target: str) -> bytes:
    from voicemock.cli.output import check_target
    from voicemock.report import render_html
    from voicemock.report.pdf import find_browser, print_page

    check_target(target)
    page = render_html(report, folder=None, examples=False)  # what is folded away is not printed
    return print_page(page, browser=find_browser(), beside=Path(target).resolve().parent)


def _captions(found: "Source", kind: str, out: str | None, answer: int | None) -> Path | None:
    """Write a file for the one answer there is or that was chosen, else a folder with a file for each."""
    from voicemock.jobs.sharing import captions_of

    made = captions_of(found.report, kind, answer=answer)
    for number in made.without:
        _tell(f"Answer {number} has no captions: no words with times.")
    if made.alone:
        target = out or str(fresh(Path(f"{found.name}.{kind}")))
        _spare(found, target)
        return _put(made.files[0][1], target)
    if out == "-":
        raise UsageError(
            f"There are {len(made.files)} answers, each with captions of its own.",
            hint="Choose one with --answer N, or name a folder: --out DIR.",
        )
    return _each(made.files, Path(out) if out else fresh(Path(f"{found.name}-{kind}")))


def _each(files: "Sequence[tuple[PurePosixPath, bytes]]", folder: Path) -> Path:
    """Write the captions of each answer as its recording lies in a session, so that a player finds them beside it."""
    from voicemock.cli.output import check_folder

    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file.", hint="Several answers need a folder; --answer N takes one of them.")
    check_folder(folder)
    for place, content in files:
        check_folder((folder / place).parent)
        _put(content, str(folder / place))
    return folder


def _put(content: bytes, target: str) -> Path | None:
    from voicemock.cli.output import write_data

    write_data(content, target)
    if target == "-":
        return None
    typer.echo(f"Written: {target}")
    return Path(target)


def _spare(found: "Source", target: str) -> None:
    if target != "-" and Path(target).resolve() in found.own:
        raise UsageError(f"{target} belongs to the stored report.", hint="Choose another place with --out.")


def _show(redacted: "Redacted", *, quiet: bool) -> None:
    """Say what was replaced, and what a person has to look at; quiet: standard output holds the report alone."""
    lines = ["", "Replaced, and the sound left out:" if redacted.replaced else "The sound was left out; no name found."]
    lines += [wrap(", ".join(words), first=f"  {new}  ", indent="      ") for new, words in redacted.replaced.items()]
    if redacted.missing:
        lines.append(wrap(f"Not in the report: {', '.join(redacted.missing)}. Is that how it is spelled there?"))
    if redacted.left:
        lines.append(wrap(f"Left as they are, though capitalised: {', '.join(redacted.left)}."))
        lines.append(wrap('If one of these is a name, run this again with --name "…"; --keep WORD leaves a word.'))
    lines.append(wrap("This is help, not a guarantee: read it through before you share it."))
    typer.echo("\n".join(lines), err=quiet)


def _tell(text: str) -> None:
    typer.echo(text, err=True)
