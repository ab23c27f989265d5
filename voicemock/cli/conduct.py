"""Conduct a session that is planned: shared by `voicemock practice` and `voicemock resume`."""

__all__ = ["choose_loudspeaker", "choose_voice", "conduct"]

import contextlib
import functools
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from voicemock.archive.store import Store
    from voicemock.audio.microphones import MicrophoneFinder
    from voicemock.cli.screen import Screen
    from voicemock.config import Config
    from voicemock.models.catalogue import Model
    from voicemock.voices import Voice


def choose_voice(wanted: str | None, config: "Config", *, warn: Callable[[str], None]) -> "Voice":
    """Open the voice asked for, which must be there, or the remembered one, or else the usual one."""
    from voicemock.errors import VoiceError
    from voicemock.voices import open_voice

    opened = functools.partial(open_voice, rate_wpm=config.voice_rate, volume=config.voice_volume)
    if wanted:
        return opened(wanted)
    try:
        return opened(config.voice)
    except VoiceError as error:
        usual = opened(None)
        warn(f"{error.message} {error.hint} The voice '{usual.name}' speaks instead.")
        return usual


def choose_loudspeaker(wanted: str | None, config: "Config", *, warn: Callable[[str], None]) -> str | int | None:
    """Return the loudspeaker asked for, which must be there, or the remembered one, or None for the system's choice."""
    from voicemock.audio.devices import Direction, find_device
    from voicemock.errors import DeviceError

    if wanted is not None:
        find_device(wanted, Direction.OUTPUT)
        return wanted
    try:
        find_device(config.output_device, Direction.OUTPUT)
    except DeviceError as error:
        if config.output_device is not None:
            warn(f"{error.message} The system's choice is used instead.")
        return None
    return config.output_device


def conduct(
    store: "Store",
    *,
    screen: "Screen",
    model: "Model",
    voice: "Voice | None",
    microphone: "MicrophoneFinder",
    output_device: str | int | None,
    open_report: bool | None,
) -> None:
    """Run the session to its report, whatever happens on the way."""
    from voicemock.audio.quiet import quiet
    from voicemock.cli.keys import Keys
    from voicemock.cli.output import open_page
    from voicemock.ear.live import LiveListener
    from voicemock.interview.interview import Interview
    from voicemock.interview.manners import find_manner
    from voicemock.interview.orderly_end import orderly_end
    from voicemock.interview.speaker import Interviewer
    from voicemock.interview.turn import Options

    setup = store.progress.setup
    manner = find_manner(setup.manner)
    with contextlib.ExitStack() as session:
        session.enter_context(orderly_end())
        speaker = Interviewer(voice, output_device=output_device, warn=screen.warn)
        left = store.progress.remaining
        questions = "1 question" if len(left) == 1 else f"{len(left)} questions"
        screen.say(f"{store.info.title}: {questions}. Model: {model.name}.")
        if model.name == "tiny.en":
            screen.say("tiny.en is the small fallback; `voicemock models pull base.en` hears more.")
        if not store.progress.takes:
            speaker.prepare(manner.greeting, keep=True)
            speaker.wait()  # first words first: a model that loads meanwhile would hold them up
        ear = session.enter_context(LiveListener(model, counting=setup.live_counts))
        for step in left[:1]:
            speaker.prepare(step.question.text)
        with quiet(), Keys() as keys:
            page = Interview(
                store,
                find_microphone=microphone.find,
                speaker=speaker,
                ear=ear,
                keys=keys,
                screen=screen,
                manner=manner,
                options=Options(
                    auto_stop_s=setup.auto_stop_s,
                    first_word_s=manner.first_word_s,
                    interruptions=setup.interruptions,
                    live_counts=setup.live_counts,
                ),
            ).run()
    screen.say(f"\nReport: {page}")
    open_page(page, wanted=open_report)
