"""`voicemock stories`: the bank of stories that answers are told from."""

from typing import TYPE_CHECKING, Annotated

import typer

from voicemock.errors import UsageError
from voicemock.printable import in_shell, plain

if TYPE_CHECKING:
    from voicemock.archive.history import Practised
    from voicemock.preparation.stories.bank import Entry
    from voicemock.preparation.stories.story import Story
    from voicemock.schema import AnswerReport, SessionReport

__all__ = ["app"]

app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Your stories: write them down, see what is missing, find one."
)

StoryName = Annotated[str, typer.Argument(metavar="STORY", help="The name that `list` shows; its beginning will do.")]


@app.command("list")
def list_stories() -> None:
    """List your stories. A file that cannot be read is listed with what is wrong."""
    from voicemock.preparation.stories.bank import read_bank, stories_dir
    from voicemock.preparation.stories.story_lines import list_lines

    entries = read_bank()
    for line in list_lines(entries):
        typer.echo(line)
    if entries:
        typer.echo(f"\nThey are in {stories_dir()}")
    else:
        typer.echo("There are no stories yet. `voicemock stories add TITLE` starts one.")


@app.command()
def add(
    title: Annotated[str, typer.Argument(metavar="TITLE", help="What you call it.")],
    competency: Annotated[
        list[str] | None, typer.Option("--competency", metavar="NAME", help="What it shows; may be given again.")
    ] = None,
    number: Annotated[
        list[str] | None, typer.Option("--number", metavar="TEXT", help="A number to say; may be given again.")
    ] = None,
) -> None:
    """Write a new story to fill in, with every field explained."""
    from voicemock.preparation.stories.bank import add_story
    from voicemock.preparation.stories.draft import template

    if not title.strip():
        raise UsageError("The title is empty.", hint="Give the story a name you will know it by.")
    path = add_story(title, template(title.strip(), {"competencies": competency or [], "numbers": number or []}))
    typer.echo(f"Written: {path}\nOpen it in any editor.")


@app.command()
def show(story: StoryName) -> None:
    """Show a story and every number you said about it. Where two tellings differ, both are quoted."""
    from voicemock.preparation.stories.bank import find_story, read_bank, usable
    from voicemock.preparation.stories.ledger import ledger_of
    from voicemock.preparation.stories.story_lines import show_lines
    from voicemock.preparation.stories.told import tellings

    entry = find_story(story)
    found = _read(entry)
    others = [one for one in usable(read_bank()) if one.id != found.id]
    told = tellings([*others, found], _history())
    for line in show_lines(found, ledger_of(found, told.get(found.id, ()))):
        typer.echo(line)
    typer.echo(f"\nFile: {plain(str(entry.path))}")


@app.command()
def edit(
    story: StoryName,
    put: Annotated[
        list[str] | None, typer.Option("--set", metavar="FIELD=TEXT", help="Replace what a field holds.")
    ] = None,
    more: Annotated[
        list[str] | None, typer.Option("--add", metavar="FIELD=TEXT", help="Add one more to a field that is a list.")
    ] = None,
) -> None:
    """Change a field of a story, or open it in your editor. Everything else in it stays."""
    from voicemock.preparation.stories.bank import find_story, keep_story
    from voicemock.preparation.stories.changes import with_field

    entry = find_story(story)
    if not put and not more:
        _open_in_editor(entry)
        return
    _read(entry)
    text = entry.seen
    for change in put or []:
        text = with_field(entry.path, text, change, append=False)
    for change in more or []:
        text = with_field(entry.path, text, change, append=True)
    keep_story(entry, text)
    typer.echo(f"Changed: {plain(str(entry.path))}")


@app.command()
def coverage(
    question_set: Annotated[
        str | None, typer.Option("--set", metavar="SET", help="The question set that is to be covered.")
    ] = None,
) -> None:
    """See what your stories cover, and what they lack. Both by competency and by story."""
    from voicemock.config import load_config
    from voicemock.jobs.covered import competencies_of, sets_to_cover
    from voicemock.preparation.stories.bank import read_bank, tell_unread, usable
    from voicemock.preparation.stories.coverage import coverage_of
    from voicemock.preparation.stories.ledger import ledger_of
    from voicemock.preparation.stories.story_lines import again_lines, coverage_lines
    from voicemock.preparation.stories.told import tellings

    entries = read_bank()
    stories = usable(entries)
    rows = _history()
    asked = competencies_of(sets_to_cover(rows, load_config().question_set, named=question_set))
    told = tellings(stories, rows)
    again = {story.id: ledger_of(story, told.get(story.id, ())).again for story in stories if story.retracted}
    for line in [*coverage_lines(stories, coverage_of(stories, asked, told)), *again_lines(again)]:
        typer.echo(line)
    tell_unread(entries, _warn)


@app.command()
def suggest(
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="A question's id, or its text in quotes.")],
) -> None:
    """Find the story to tell, and why that one."""
    from voicemock.preparation.stories.bank import read_bank, tell_unread, usable
    from voicemock.preparation.stories.coverage import coverage_of
    from voicemock.preparation.stories.story_lines import suggest_lines
    from voicemock.preparation.stories.suggest import competencies_of
    from voicemock.preparation.stories.suggest import suggest as suggested
    from voicemock.preparation.stories.told import tellings
    from voicemock.questions.asked import asked
    from voicemock.questions.sets import find_question, list_sets

    wanted = asked(question) if len(question.split()) > 1 else find_question(question)
    entries = read_bank()
    stories = usable(entries)
    known = [one for question_set in list_sets() for one in question_set.questions]
    told = coverage_of(stories, (), tellings(stories, _history())).questions
    for line in suggest_lines(suggested(wanted, stories, known, told=told), competencies_of(wanted, known)):
        typer.echo(line)
    tell_unread(entries, _warn)


@app.command("from")
def draft_from(
    session: Annotated[str, typer.Argument(metavar="SESSION", help="A session's id; its beginning or end will do.")],
    answer: Annotated[
        int | None, typer.Option("--answer", min=1, metavar="N", help="Which answer, if there are several.")
    ] = None,
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help="What to call the story.")] = None,
) -> None:
    """Draft a story from a recorded answer, in its own words. What was not heard is marked."""
    from voicemock.archive.listing import find_session
    from voicemock.archive.resume import read_report
    from voicemock.preparation.stories.bank import add_story, read_bank
    from voicemock.preparation.stories.changes import answers_to_draft
    from voicemock.preparation.stories.draft import draft, title_of
    from voicemock.progress.sessions import counts

    found = find_session(session)
    report = read_report(found.folder, tell=_warn)
    info = report.session
    if info and info.demo:
        raise UsageError("The demo's answers are not yours.", hint="Name a session you practised.")
    own, follow_ups = _one_of(answers_to_draft(report), answer, found.id)
    takes = _takes_of(report, own, found.id)
    if drafted := [entry.id for entry in read_bank() if entry.story and {*takes} & {*entry.story.takes}]:
        raise UsageError(f"This answer is already the story {drafted[0]}.", hint="Edit that one, or delete its file.")
    name = title.strip() if title and title.strip() else title_of(own)
    yours = info is not None and (info.exercise or counts(info, reviews=False))
    path = add_story(name, draft(own, follow_ups, takes[0], title=name, yours=yours))
    words = "your own words" if yours else "the words of the recording"
    typer.echo(f"Drafted from {words}: {path}\nGive it a title, and fill in what was not heard.")


@app.command()
def retract(
    story: StoryName,
    claim: Annotated[
        str, typer.Argument(metavar="CLAIM", help='What you will not say again, such as "ten engineers".')
    ],
) -> None:
    """Take a number back. `show` and `coverage` tell you if you say it again."""
    from voicemock.preparation.stories.bank import find_story, keep_story
    from voicemock.preparation.stories.changes import with_retracted

    entry = find_story(story)
    found = _read(entry)
    keep_story(entry, with_retracted(entry.path, entry.seen, found, claim))
    show = f"voicemock stories show {in_shell(entry.id)}"
    typer.echo(f'Taken back: "{claim.strip()}". `{show}` tells you if you say it again.')


def _read(entry: "Entry") -> "Story":
    if entry.story is None:
        raise entry.error or UsageError(f"{plain(str(entry.path))} cannot be read.")
    return entry.story


def _history() -> "tuple[Practised, ...]":
    from voicemock.archive.history import history

    return history(tell=_warn)


def _one_of(
    answers: "list[tuple[AnswerReport, list[AnswerReport]]]", number: int | None, id: str
) -> "tuple[AnswerReport, list[AnswerReport]]":
    from voicemock.phrases import plural, wrap

    if not answers:
        raise UsageError(f"The session {id} holds no answer.", hint="`voicemock sessions list` shows which do.")
    if number is None and len(answers) > 1:
        asked = [own.question.text if own.question else "an answer" for own, _ in answers]
        listed = "\n".join(wrap(text, first=f"{n}. ", indent="   ") for n, text in enumerate(asked, 1))
        raise UsageError(f"The session has {len(answers)} answers.", hint=f"Choose one with --answer N:\n{listed}")
    if (number or 1) > len(answers):
        raise UsageError(f"There is no answer {number}.", hint=f"The session has {plural(len(answers), 'answer')}.")
    return answers[(number or 1) - 1]


def _takes_of(report: "SessionReport", own: "AnswerReport", id: str) -> tuple[str, ...]:
    """Return what a story may call one of a report's answers; id: the session's, should the report not say."""
    from voicemock.preparation.stories.told import take_names
    from voicemock.schema import SessionInfo

    session = report.session or SessionInfo(id=id, title="", started_at="")
    names = take_names([(session, one, place) for place, one in enumerate(report.answers, 1)])
    return next(its for one, its in zip(report.answers, names, strict=True) if one is own)


def _open_in_editor(entry: "Entry") -> None:
    import os
    import shlex
    import subprocess
    import sys

    from voicemock.preparation.stories.bank import find_story

    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not editor or not sys.stdin.isatty():
        typer.echo(
            f"Open it in any editor: {plain(str(entry.path))}\nOr change one field: --set FIELD=TEXT, --add FIELD=TEXT."
        )
        return
    before = entry.path.read_bytes()
    try:
        subprocess.run([*shlex.split(editor), str(entry.path)], check=False)
    except (OSError, ValueError) as error:
        raise UsageError(
            f"Your editor, {editor}, cannot be started.", hint=f"Open {plain(str(entry.path))} yourself."
        ) from error
    found = find_story(entry.id)
    if found.path.read_bytes() == before:
        typer.echo(f"Unchanged so far: {plain(str(entry.path))}")
        typer.echo("If the editor is still open, tell it to make voicemock wait, such as with VISUAL='code --wait'.")
        return
    _read(found)
    typer.echo(f"No errors in {plain(str(entry.path))}")


def _warn(text: str) -> None:
    typer.echo(text, err=True)
