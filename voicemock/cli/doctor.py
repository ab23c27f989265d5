"""`voicemock doctor`: whether a session could begin on this machine, and what to do if not."""

from typing import TYPE_CHECKING, Annotated

import typer

from voicemock.cli.options import InputDeviceOption, ModelOption, OutputDeviceOption, VoiceOption

if TYPE_CHECKING:
    from voicemock.jobs.checkup import Line

__all__ = ["doctor", "hear"]


def doctor(
    level: Annotated[bool, typer.Option("--level/--no-level", help="Listen to the microphone for 2 seconds.")] = True,
    input_device: InputDeviceOption = None,
    output_device: OutputDeviceOption = None,
    voice: VoiceOption = None,
    model: ModelOption = None,
) -> None:
    """Check microphone, loudspeaker, voice, model, settings and disk.

    The exit code is 2 if practice cannot work.
    """
    from voicemock.jobs.checkup import Mark, checkup

    marks = set()
    for line in checkup(
        input_device=input_device,
        output_device=output_device,
        voice=voice,
        model=model,
        level=hear if level else None,
    ):
        typer.echo(f"{line.mark:<5} {line.text}")
        marks.add(line.mark)
    if Mark.FIX in marks:
        typer.echo("\nPractice cannot work yet: see the lines marked fix.")
        raise typer.Exit(2)
    typer.echo("\nReady: voicemock practice, or, in your browser: voicemock open")


def hear(wanted: str | int | None) -> "Line":
    """Listen to a microphone for two seconds and judge its level; raises DeviceError."""
    from voicemock.jobs.checkup import level_line
    from voicemock.jobs.level_test import LEVEL_TEST_S, level_test

    typer.echo(f"      Say something: listening for {LEVEL_TEST_S:.0f} seconds …", err=True)
    return level_line(level_test(wanted))
