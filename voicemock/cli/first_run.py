"""The first `voicemock practice`: what the options leave open is asked and remembered, and the session begins."""

import sys
import tempfile
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from voicemock.cli.doctor import hear
from voicemock.cli.output import complain
from voicemock.errors import VoiceError, VoicemockError
from voicemock.phrases import WIDTH, plural, wrap

if TYPE_CHECKING:
    from voicemock.archive.progress import Setup
    from voicemock.config import Config

__all__ = ["config_or_set_up", "set_up"]

ANSWERED_BY = {
    "question_set": ("question_set", "question"),
    "input_device": ("input_device",),
    "voice": ("voice", "text_only"),
}
"""What is asked, in order, and the options that answer it."""

HOW_MANY = {1: "One question", 2: "Two questions", 3: "Three questions"}
LONGEST_LIST = 8


class _LeaveError(Exception):
    pass


def to_ask(context: typer.Context) -> tuple[str, ...]:
    """Return the settings to ask for: those no option answers, if somebody is at a terminal and has none yet."""
    from voicemock.paths import config_file

    if not (sys.stdin.isatty() and sys.stdout.isatty()) or config_file().exists():
        return ()
    sources = {name: context.get_parameter_source(name) for name in context.params}
    given = {name for name, source in sources.items() if source is not None and source.name != "DEFAULT"}
    return tuple(setting for setting, options in ANSWERED_BY.items() if given.isdisjoint(options))


def config_or_set_up(context: typer.Context, setup: "Setup") -> "tuple[Config, str | None]":
    """Return the settings, asking for them if nobody has been asked yet, and the set that was asked for just now.

    The first run keeps to that set. Raises as ``checked`` and ``set_up`` do.
    """
    from voicemock.config import load_config
    from voicemock.jobs.practise import checked

    checked(setup)
    asked = to_ask(context)
    config = set_up(asked, model=setup.model) if asked else load_config()
    return config, config.question_set if "question_set" in asked else None


def set_up(settings: tuple[str, ...] = tuple(ANSWERED_BY), *, model: str | None = None) -> "Config":
    """Ask for the question set, the microphone and the voice, or some of them; remember and return the answers.

    model: the one the session will use. Ctrl-C, the end of input or q ends the program with nothing written. Raises
    DeviceError without a microphone and ModelError without a model, before anything is asked.
    """
    import msgspec

    from voicemock.config import Config, save_config
    from voicemock.models.catalogue import find_model

    find_model(model)
    microphones = _microphones() if "input_device" in settings else {}
    ask = {
        "question_set": _ask_question_set,
        "input_device": lambda place: _ask_microphone(place, microphones),
        "voice": _ask_voice,
    }
    try:
        typer.echo(f"Welcome. {HOW_MANY[len(settings)]}, then your first session begins.")
        typer.echo("Press Enter to take a suggestion. q leaves, and nothing is saved.")
        asked = {name: ask[name](f"{n} of {len(settings)}") for n, name in enumerate(settings, 1)}
    except (KeyboardInterrupt, _LeaveError):
        typer.echo("\nNothing was saved. `voicemock practice` asks again.")
        raise typer.Exit from None
    answers: dict[str, str | int | float] = {key: value for key, value in asked.items() if value is not None}
    try:
        typer.echo(f"\nRemembered in {save_config(answers)}\nTo be asked again, delete that file.\n")
    except VoicemockError as error:  # the session can be held all the same
        complain(error)
    return msgspec.convert(answers, Config)


def _ask_question_set(place: str) -> str:
    from voicemock.config import Config
    from voicemock.questions.sets import list_sets

    usual = Config().question_set
    sets = sorted(list_sets(), key=lambda one: one.id != usual)  # sorted by id otherwise
    labels = [f"{one.title} ({plural(len(one.questions), 'question')})" for one in sets]
    _show(f"{place}. What will you practise?", labels)
    return sets[_pick(len(sets), "Number, or Enter for 1") or 0].id


def _microphones() -> dict[str, str | None]:
    """Return what can be chosen, and the name to remember it by; None follows the system's choice."""
    from voicemock.audio.devices import Direction, find_device, list_devices

    usual = find_device(None, Direction.INPUT)
    others = [d.name for d in list_devices(Direction.INPUT) if d.system == usual.system and d.name != usual.name]
    return {f"Your system's choice, now {usual.name}": None} | {name: name for name in others[: LONGEST_LIST - 1]}


def _ask_microphone(place: str, offered: dict[str, str | None]) -> str | None:
    _show(f"{place}. Which microphone?", list(offered))
    names = list(offered.values())
    chosen, prompt, tried = 0, "Number, or Enter for 1", False
    while (picked := _pick(len(names), prompt)) is not None or not tried:
        chosen, tried = picked or 0, True
        try:
            line = hear(names[chosen])
        except VoicemockError as error:
            complain(error)
        else:
            if line.mark == "ok":
                typer.echo("I hear you.")
                break
            typer.echo(wrap(line.text))
        prompt = f"Type a number to try one again, or Enter to keep {chosen + 1}"
    return names[chosen]


def _voices() -> dict[str, str]:
    """Return what can be chosen, with its name for `open_voice`, the best first."""
    from voicemock.voices import natural
    from voicemock.voices.system import list_voices

    offered = {"A natural voice, American English": "natural"} if natural.installed() else {}
    try:
        found, usual = list_voices()
    except VoiceError as error:
        complain(error)
        return offered
    offered[f"Your system's choice, {usual.label}" if usual else "Your system's choice"] = "system"
    others = [voice for voice in found if voice.speaks_english and voice != usual]
    offered |= {voice.label: f"system:{voice.id}" for voice in others}
    return dict(list(offered.items())[:LONGEST_LIST])


def _ask_voice(place: str) -> str | None:
    offered = _voices()
    if not offered:
        typer.echo("The questions will be printed, not spoken.")
        return None
    _show(f"{place}. Whose voice asks?", list(offered))
    names = list(offered.values())
    chosen = 0
    while (picked := _pick(len(names), f"Number to hear one, or Enter to take {chosen + 1}")) is not None:
        chosen = picked
        _speak(names[chosen])
    return names[chosen]


def _speak(name: str) -> None:
    from voicemock.audio.play import play
    from voicemock.audio.quiet import quiet
    from voicemock.voices import SAMPLE, open_voice

    try:
        with tempfile.TemporaryDirectory(prefix="voicemock-") as folder:
            sample = Path(folder) / "sample.wav"
            open_voice(name).render(SAMPLE, sample)
            with quiet():
                play(sample)
    except VoicemockError as error:
        complain(error)


def _show(title: str, labels: list[str]) -> None:
    from voicemock.printable import plain

    typer.echo(f"\n{title}")
    for number, label in enumerate(labels, 1):
        typer.echo(f"  {number}  {textwrap.shorten(plain(label), WIDTH - 5, placeholder='...')}")


def _pick(count: int, prompt: str) -> int | None:
    """Return the index picked by its number, None for Enter; asks until it is one of them."""
    while True:
        try:
            answer = input(f"{prompt}: ").strip().casefold()
        except EOFError:
            raise _LeaveError from None
        if answer == "q":
            raise _LeaveError
        if not answer:
            return None
        if answer.isdecimal() and 1 <= int(answer) <= count:
            return int(answer) - 1
        typer.echo(f"Type a number from 1 to {count}, or Enter, or q to leave.")
