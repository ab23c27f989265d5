"""`voicemock drill`: one thing at a time, each with a short report of its own."""

from typing import Annotated

import typer

from voicemock.cli.options import (
    InputDeviceOption,
    ModelOption,
    OpenOption,
    OutputDeviceOption,
    PlainOption,
    TextOnlyOption,
    VoiceOption,
)

__all__ = ["drill"]


def drill(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="Which drill; without it, they are listed.")
    ] = None,
    question: Annotated[
        str | None, typer.Option("--question", metavar="ID", help="The question to drill, if the drill takes one.")
    ] = None,
    questions: Annotated[int | None, typer.Option("--questions", "-n", min=1, help="How many to take.")] = None,
    text_only: TextOnlyOption = False,
    plain: PlainOption = False,
    voice: VoiceOption = None,
    input_device: InputDeviceOption = None,
    output_device: OutputDeviceOption = None,
    model: ModelOption = None,
    open_report: OpenOption = None,
) -> None:
    """Train one thing: brevity, numbers, your own part, pushback. Not counted as practice."""
    from voicemock.archive.progress import Setup
    from voicemock.cli.conduct import hold
    from voicemock.config import load_config
    from voicemock.errors import UsageError
    from voicemock.jobs.drills import drill_set

    if name is None:
        _list()
        return
    if question and questions and questions > 1:
        raise UsageError("--question names one question, and -n asks for more.", hint="Give one of them.")
    config = load_config()
    chosen = drill_set(name, config.question_set, question=question, count=questions)
    setup = Setup(model=model, voice=voice, text_only=text_only, form=f"drill/{name}")
    devices = (input_device, output_device)
    hold(chosen, chosen.questions, setup, config, devices=devices, plain=plain, open_report=open_report)


def _list() -> None:
    from voicemock.phrases import wrap
    from voicemock.preparation.drills import load_drills

    for name, one in load_drills().items():
        typer.echo(wrap(one.summary, first=f"{name:<11}", indent=" " * 11))
    typer.echo("\n`voicemock drill NAME` begins one.")
