"""`voicemock practice`: the spoken session."""

from typing import Annotated

import typer

from voicemock.cli.options import (
    InputDeviceOption,
    ModelOption,
    OpenOption,
    OutputDeviceOption,
    QuestionOption,
    VoiceOption,
)
from voicemock.errors import UsageError

__all__ = ["practice"]


def practice(
    context: typer.Context,
    question_set: Annotated[
        str | None, typer.Argument(metavar="[SET]", help="A set (see `voicemock questions list`) or a .toml file.")
    ] = None,
    questions: Annotated[int, typer.Option("--questions", "-n", min=1, help="How many to ask.")] = 5,
    competency: Annotated[str | None, typer.Option("--competency", help="Only questions on this.")] = None,
    question: QuestionOption = None,
    manner: Annotated[
        str, typer.Option("--manner", metavar="NAME", help="The interviewer: warm, neutral or strict.")
    ] = "neutral",
    interruptions: Annotated[
        bool, typer.Option("--interruptions", help="Cut in once an answer is half as long again as it should be.")
    ] = False,
    auto_stop: Annotated[
        float | None, typer.Option("--auto-stop", min=6, metavar="SECONDS", help="End an answer after this silence.")
    ] = None,
    live_counts: Annotated[bool, typer.Option("--live-counts", help="Show filled pauses as they are made.")] = False,
    text_only: Annotated[bool, typer.Option("--text-only", help="Print the questions, speak none.")] = False,
    blind: Annotated[bool, typer.Option("--blind", help="Speak the questions, print none.")] = False,
    plain: Annotated[bool, typer.Option("--plain", help="No moving parts, for screen readers.")] = False,
    voice: VoiceOption = None,
    input_device: InputDeviceOption = None,
    output_device: OutputDeviceOption = None,
    model: ModelOption = None,
    open_report: OpenOption = None,
) -> None:
    """Answer questions aloud and see what an interviewer would have heard."""
    from voicemock.archive.progress import Setup
    from voicemock.audio.microphones import MicrophoneFinder
    from voicemock.cli.conduct import conduct
    from voicemock.cli.first_run import set_up, to_ask
    from voicemock.cli.screen import open_screen
    from voicemock.config import load_config
    from voicemock.interview.manners import find_manner
    from voicemock.jobs.practise import begin, choose_questions, equip
    from voicemock.questions.sets import load_set

    if blind and text_only:
        raise UsageError("--blind and --text-only leave no way to ask.", hint="Give one of them.")
    asked = to_ask(context)
    config = set_up(asked, model=model) if asked else load_config()
    screen = open_screen(plain=plain, blind=blind)
    setup = Setup(
        model=model,
        voice=voice,
        manner=find_manner(manner).name,
        auto_stop_s=auto_stop,
        interruptions=interruptions,
        live_counts=live_counts,
        text_only=text_only,
        blind=blind,
    )
    chosen = load_set(question_set or config.question_set)
    to_be_asked = choose_questions(chosen, question=question, competency=competency, count=questions)
    microphone = MicrophoneFinder(input_device, remembered=config.input_device, warn=screen.warned)
    equipment = equip(setup, config, microphone=microphone, output_device=output_device, warn=screen.warned)
    store = begin(chosen, to_be_asked, equipment)
    conduct(store, equipment, screen=screen, open_report=open_report)
