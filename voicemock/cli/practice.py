"""`voicemock practice`: the spoken session."""

from typing import TYPE_CHECKING, Annotated

import typer

from voicemock.cli.conduct import hold
from voicemock.cli.options import (
    USUAL_COUNT,
    CompetencyOption,
    DimensionOption,
    InputDeviceOption,
    LensOption,
    ModelOption,
    OpenOption,
    OutputDeviceOption,
    PlainOption,
    QuestionOption,
    RoundOption,
    TextOnlyOption,
    VoiceOption,
)

if TYPE_CHECKING:
    from voicemock.config import Config
    from voicemock.jobs.due import DueSet
    from voicemock.questions.sets import QuestionSet
    from voicemock.schema import Question

__all__ = ["practice"]

SetArgument = Annotated[
    str | None, typer.Argument(metavar="[SET]", help="A set (see `voicemock questions list`) or a .toml file.")
]
CountOption = Annotated[int, typer.Option("--questions", "-n", min=1, help="How many to ask.")]
MannerOption = Annotated[
    str, typer.Option("--manner", metavar="NAME", help="The interviewer: warm, neutral or strict.")
]
InterruptionsOption = Annotated[
    bool, typer.Option("--interruptions", help="Cut in when an answer runs half as long again as it should.")
]
AutoStopOption = Annotated[
    float | None,
    typer.Option("--auto-stop", min=6, metavar="SECONDS", help="End an answer after this many seconds of silence."),
]
LiveCountsOption = Annotated[bool, typer.Option("--live-counts", help="Count filled pauses on screen as you speak.")]
PredictOption = Annotated[
    bool, typer.Option("--predict", help="Say what was in each answer before you see it, and see both.")
]
BlindOption = Annotated[bool, typer.Option("--blind", help="Speak the questions without printing them.")]


def practice(
    context: typer.Context,
    question_set: SetArgument = None,
    questions: CountOption = USUAL_COUNT,
    competency: CompetencyOption = None,
    round_name: RoundOption = None,
    dimension: DimensionOption = None,
    question: QuestionOption = None,
    lens: LensOption = None,
    manner: MannerOption = "neutral",
    interruptions: InterruptionsOption = False,
    auto_stop: AutoStopOption = None,
    live_counts: LiveCountsOption = False,
    text_only: TextOnlyOption = False,
    blind: BlindOption = False,
    predict: PredictOption = False,
    plain: PlainOption = False,
    voice: VoiceOption = None,
    input_device: InputDeviceOption = None,
    output_device: OutputDeviceOption = None,
    model: ModelOption = None,
    open_report: OpenOption = None,
) -> None:
    """Answer aloud, then see what an interviewer would have heard. Without a set, what is due comes first."""
    import msgspec

    from voicemock.archive.progress import Setup
    from voicemock.cli.first_run import config_or_set_up

    setup = Setup(model=model, voice=voice, manner=manner, auto_stop_s=auto_stop, interruptions=interruptions)
    shown = {"live_counts": live_counts, "text_only": text_only, "blind": blind, "predict": predict}
    setup = msgspec.structs.replace(setup, **shown, lenses=tuple(lens or ()))
    config, first = config_or_set_up(context, setup)
    chosen = _choose(question_set or first, question, (competency, round_name, dimension), config, count=questions)
    hold(*chosen, setup, config, devices=(input_device, output_device), plain=plain, open_report=open_report)


def _choose(
    named: str | None, question: str | None, only: tuple[str | None, ...], config: "Config", *, count: int
) -> "tuple[QuestionSet, tuple[Question, ...]]":
    """Return what is asked for; if nothing is, what is due; and if nothing is due, some of the usual set.

    only: competency, round, dimension.
    """
    from datetime import datetime

    from voicemock.jobs.due import due_set
    from voicemock.jobs.practise import choose_questions
    from voicemock.questions.chosen import Only
    from voicemock.questions.sets import load_set, set_in_settings

    if not (named or question or any(only)):
        today = datetime.now().astimezone().date()
        due = due_set(count, config.question_set, today, tell=lambda text: typer.echo(text, err=True))
        if due:
            typer.echo(_why_these(due, config.question_set))
            return due.chosen, due.chosen.questions
    chosen = load_set(named) if named else set_in_settings(config.question_set)
    return chosen, choose_questions(
        chosen, question=question, only=Only(competency=only[0], round=only[1], dimension=only[2]), count=count
    )


def _why_these(found: "DueSet", usual: str) -> str:
    """Say how many of the questions are due, and how to be asked those of the usual set."""
    from voicemock.phrases import plural, wrap
    from voicemock.printable import in_shell

    asked = len(found.chosen.questions)
    told = [f"{plural(found.due, 'question')} {'is' if found.due == 1 else 'are'} due."]
    if found.due > asked:
        told += [f"The first {asked} are asked." if asked > 1 else "The first is asked."]
    if found.new:
        told += [f"{found.new} {'is' if found.new == 1 else 'are'} new to you."]
    if found.early:
        told += [f"{found.early} {'comes' if found.early == 1 else 'come'} back earlier than planned."]
    way_out = f"`voicemock practice {in_shell(usual)}` asks from your set instead."
    return f"{wrap(' '.join(told))}\n{way_out}"
