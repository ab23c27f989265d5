"""`voicemock voices`: who can ask the questions, to be heard and chosen."""

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from voicemock.cli.options import OutputDeviceOption
from voicemock.errors import UsageError, VoiceError

__all__ = ["voices"]


def voices(
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="The voice to hear, by its name in the list.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="List the voices of other languages too.")] = False,
    rate: Annotated[
        int | None, typer.Option("--rate", metavar="WPM", help="Words a minute, 85 to 340; 170 is usual.")
    ] = None,
    volume: Annotated[
        float | None, typer.Option("--volume", metavar="SHARE", help="Volume from 0 to 1; 1 is full.")
    ] = None,
    save: Annotated[
        Path | None,
        typer.Option("--save", metavar="FILE.wav", help="Write the sample to this file instead of playing it."),
    ] = None,
    use: Annotated[bool, typer.Option("--use", help="Remember this voice, and the rate and volume given.")] = False,
    output_device: OutputDeviceOption = None,
) -> None:
    """List the interviewer's voices, hear one, or choose it."""
    if name is not None:
        _hear(name, rate=rate, volume=volume, save=save, use=use, output_device=output_device)
    elif use or save or rate is not None or volume is not None:
        raise UsageError("Which voice?", hint="Name one: voicemock voices NAME. `voicemock voices` lists them.")
    else:
        _list(every=every)


def _hear(
    name: str, *, rate: int | None, volume: float | None, save: Path | None, use: bool, output_device: str | None
) -> None:
    from voicemock.audio.play import play
    from voicemock.audio.quiet import quiet
    from voicemock.config import load_config, save_config
    from voicemock.voices import SAMPLE, open_voice

    if save and save.suffix.lower() != ".wav":
        raise UsageError(f"{save} does not end in .wav.", hint="The sample is a WAV file.")
    config = load_config()
    voice = open_voice(
        name,
        rate_wpm=config.voice_rate if rate is None else rate,
        volume=config.voice_volume if volume is None else volume,
    )
    with tempfile.TemporaryDirectory(prefix="voicemock-") as folder:
        sample = save or Path(folder) / "sample.wav"
        voice.render(SAMPLE, sample)
        if use:
            given = {"voice": name, "voice_rate": rate, "voice_volume": volume}
            path = save_config({key: value for key, value in given.items() if value is not None})
            typer.echo(f"{name} asks the questions from now on: {path}")
        if save:
            typer.echo(f"Written: {save}")
        else:
            typer.echo(f'{name} says: "{SAMPLE}"')
            with quiet():
                play(sample, device=output_device or config.output_device)


def _list(*, every: bool) -> None:
    from voicemock.config import load_config
    from voicemock.voices import natural, usual_voice
    from voicemock.voices.system import list_voices

    config = load_config()
    _print("natural", "American English")
    if not natural.installed():
        typer.echo(f"    Not installed. {natural.INSTALL_HINT}")
    found, usual = list_voices()
    _print("system", f"your system's choice: {usual.label}" if usual else "your system's choice")
    english = [voice for voice in found if voice.speaks_english]
    others = [voice for voice in found if not voice.speaks_english]
    for voice in english + (others if every else []):
        _print(f"system:{voice.id}", voice.label)
    if not found:
        raise VoiceError("Your system's synthesiser has no voices.", hint="Add one in the system's settings.")
    if others and not every:
        typer.echo(f"\n{len(others)} more speak other languages: voicemock voices --all")
    name = config.voice or usual_voice()
    typer.echo(f"\nIn use: {name}, {config.voice_rate} words a minute, volume {config.voice_volume:g}.")
    typer.echo("To hear one: voicemock voices NAME. To choose it: voicemock voices NAME --use")


def _print(name: str, about: str) -> None:
    typer.echo(f"{name:<28}  {about}")
