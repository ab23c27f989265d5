"""`voicemock questions`: what can be asked, and sets of your own."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from voicemock.cli.options import CompetencyOption, DimensionOption, RoundOption
from voicemock.cli.output import complain
from voicemock.errors import UnknownNameError, UsageError, VoicemockError, repair
from voicemock.phrases import plural, wrap

if TYPE_CHECKING:
    from voicemock.questions.sets import QuestionSet
    from voicemock.schema import Question

__all__ = ["app"]

app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Question sets: list, show, validate, new; and what to ask them."
)


@app.command("list")
def list_questions(
    question_set: Annotated[
        str | None, typer.Argument(metavar="[SET]", help="Only this set; an id or a .toml file.", show_default=False)
    ] = None,
    competency: CompetencyOption = None,
    round_name: RoundOption = None,
    dimension: DimensionOption = None,
) -> None:
    """List the questions by set, and what they can be chosen by."""
    from voicemock.questions.chosen import Only
    from voicemock.questions.sets import broken_sets, list_sets, load_set, user_sets_dir
    from voicemock.schema import Dimension, Round

    sets = (load_set(question_set),) if question_set else list_sets()
    every = [question for one in sets for question in one.questions]
    wanted = Only(competency=competency, round=round_name, dimension=dimension).of(every)
    for one in sets:
        if questions := [question for question in one.questions if question in wanted]:
            _print_set(one, questions)
    known = sorted({name for question in every for name in question.competencies})
    for what, names in (("Competencies", known), ("Rounds", list(Round)), ("Dimensions", list(Dimension))):
        typer.echo(wrap(f"{what}: {', '.join(names)}"))
    typer.echo(f"Your own sets go in {user_sets_dir()}")
    broken = () if question_set else broken_sets()
    for error in broken:
        complain(error)
    if broken:
        raise typer.Exit(2)


@app.command()
def show(
    question: Annotated[str, typer.Argument(metavar="ID", help="A question that `list` names.")],
    example: Annotated[bool, typer.Option("--example", help="Show a strong and a hollow answer instead.")] = False,
    aloud: Annotated[bool, typer.Option("--aloud", help="Speak the two answers as well.")] = False,
) -> None:
    """Show one question, or two example answers to it. What it tests, what a good answer holds, and the follow-ups."""
    from voicemock.questions.sets import find_question

    found = find_question(question)
    if example or aloud:
        _show_example(found, aloud=aloud)
    else:
        _show_question(found)


def _show_question(found: "Question") -> None:
    from voicemock.questions.examples import example_of
    from voicemock.signals import signals

    shortest, longest = found.target_s
    rows = {
        "Kind": _in_words(found.kind),
        "Dimension": _in_words(found.dimension or ""),
        "Rounds": ", ".join(map(_in_words, found.rounds)),
        "Tests": found.tests,
        "Competencies": ", ".join(found.competencies),
        "Good length": f"{shortest:g} to {longest:g} seconds",
        "A good explanation holds": "; ".join(point.name for point in found.points),
        "Words its listener may not know": ", ".join(found.jargon),
        "A good answer holds": ", ".join(signals()[name].name.lower() for name in found.expects),
    }
    typer.echo(f"{found.id}\n\n{wrap(found.text, indent='  ')}\n")
    for variant in found.variants:
        typer.echo(f"{wrap(f'Or: {variant}', indent='  ')}\n")
    for name, value in rows.items():
        if value:
            typer.echo(wrap(f"{name}: {value}"))
    if found.follow_ups:
        typer.echo("\nAsked if an answer leaves it out")
    for signal, probe in found.follow_ups.items():
        typer.echo(wrap(f"{signals()[signal].name}: {probe}", indent="  "))
    if example_of(found.id):
        typer.echo(f"\nA strong and a hollow answer\n  voicemock questions show {found.id} --example")


def _show_example(found: "Question", *, aloud: bool) -> None:
    from voicemock.questions.examples import example_of, names_of, nearest

    example = example_of(found.id)
    if example is None:
        near = nearest(found)
        hint = f"The nearest: voicemock questions show {near.question.id} --example" if near else ""
        raise UsageError(f"There is no example answer to '{found.id}' yet.", hint=hint)
    say = _speaker() if aloud else _unspoken
    typer.echo(f"{found.id}\n\n{wrap(found.text, indent='  ')}\n")
    for title, text, labels in (
        (
            f"A strong answer, from {example.speaker[0].lower()}{example.speaker[1:]}",
            example.strong,
            f"It shows: {names_of(example.shows)}.",
        ),
        ("A hollow answer", example.hollow, f"It lacks: {names_of(example.lacks)}."),
    ):
        typer.echo(f"{wrap(title)}\n\n{wrap(text, indent='  ')}\n\n{wrap(labels)}\n")
        say(text)
    typer.echo(wrap(f"What makes the difference: {example.difference}"))
    typer.echo("Everybody and everything in them is invented.")


def _unspoken(text: str) -> None:
    """Say nothing."""


def _speaker() -> "Callable[[str], None]":
    """Return what speaks a text in the interviewer's voice; raises VoiceError and DeviceError before it speaks."""
    from voicemock.audio.devices import Direction, find_device
    from voicemock.audio.play import play
    from voicemock.audio.quiet import quiet
    from voicemock.config import load_config
    from voicemock.voices import open_voice

    config = load_config()
    voice = open_voice(config.voice, rate_wpm=config.voice_rate, volume=config.voice_volume)
    with quiet():
        find_device(config.output_device, Direction.OUTPUT)

    def say(text: str) -> None:
        with tempfile.TemporaryDirectory(prefix="voicemock-") as folder:
            spoken = Path(folder) / "answer.wav"
            voice.render(text, spoken)
            with quiet():
                play(spoken, device=config.output_device)

    return say


@app.command("ask-them")
def ask_them(
    stage: Annotated[
        str | None, typer.Option("--stage", metavar="NAME", help="recruiter, manager, bar_raiser or executive.")
    ] = None,
    topic: Annotated[
        str | None, typer.Option("--topic", metavar="NAME", help="team, people, strategy, reliability or cost.")
    ] = None,
) -> None:
    """List questions to ask them, and what a good answer tells you."""
    from voicemock.questions.ask_them import Stage, Topic, questions_to_ask

    for what, name, known in (("stage", stage, tuple(Stage)), ("topic", topic, tuple(Topic))):
        if name is not None and name not in known:
            raise UnknownNameError(what, name, known)
    found = questions_to_ask(stage=Stage(stage) if stage else None, topic=Topic(topic) if topic else None)
    for group in Topic:
        if asked := [question for question in found if question.topic is group]:
            typer.echo(f"About {group.replace('_', ' ')}\n")
        for question in asked:
            typer.echo(wrap(question.text, indent="  "))
            typer.echo(wrap(question.tells, indent="      "))
            typer.echo(f"      For: {', '.join(map(_in_words, question.stages))}\n")


@app.command()
def validate(paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Question sets to check.")]) -> None:
    """Check question sets; every mistake is named with its line. The exit code is 2 if there is one."""
    from voicemock.questions.sets import validate as read

    failed = False
    for path in paths:
        try:
            typer.echo(f"{path}: ok, {plural(len(read(path).questions), 'question')}")
        except VoicemockError as error:
            complain(error)
            failed = True
    if failed:
        raise typer.Exit(2)


@app.command()
def new(path: Annotated[Path, typer.Argument(metavar="PATH", help="The .toml file to write.")]) -> None:
    """Write a question set to start from, with every key explained."""
    from voicemock.paths import write_whole
    from voicemock.printable import in_shell
    from voicemock.questions.template import template

    if path.suffix != ".toml":
        raise UsageError(f"{path} does not end in .toml.", hint="Question sets are .toml files.")
    text = template(path.name)
    if os.path.lexists(path):
        raise UsageError(f"{path} already exists.", hint="Choose another name.")
    try:
        write_whole(path, text)
    except OSError as error:
        hint = f"{repair(error, 'Check the folder')}, or choose another path."
        raise UsageError(f"{path} cannot be written: {error.strerror}.", hint=hint) from error
    typer.echo(f"Edit {path}, then run: voicemock questions validate {in_shell(path)}")


def _in_words(name: str) -> str:
    return name.replace("_", " ")


def _print_set(one: "QuestionSet", questions: "list[Question]") -> None:
    typer.echo(wrap(f"{one.id}: {one.title} ({plural(len(questions), 'question')})"))
    if one.description:
        typer.echo(wrap(one.description))
    for question in questions:
        typer.echo(f"  {question.id}\n{wrap(question.text, indent='      ')}")
    typer.echo("")
