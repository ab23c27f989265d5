"""`voicemock resume`: go on with a session that was cut short."""

from typing import Annotated

import typer

from voicemock.cli.options import InputDeviceOption, OpenOption, OutputDeviceOption

__all__ = ["resume"]


def resume(
    session: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="As `voicemock sessions list` shows it; the latest by default.")
    ] = None,
    plain: Annotated[bool, typer.Option("--plain", help="No moving parts, for screen readers.")] = False,
    input_device: InputDeviceOption = None,
    output_device: OutputDeviceOption = None,
    open_report: OpenOption = None,
) -> None:
    """Go on with a session that a crash, a closed terminal or you cut short."""
    from voicemock.audio.voices import open_voice
    from voicemock.cli.conduct import conduct
    from voicemock.config import load_config
    from voicemock.session.microphones import MicrophoneFinder
    from voicemock.session.resume import open_session
    from voicemock.session.screen import Screen
    from voicemock.session.sessions import find_session
    from voicemock.speech.models import find_model

    config = load_config()
    screen = Screen(plain=plain)
    store = open_session(find_session(session).folder, tell=screen.say)
    setup = store.progress.setup
    screen.blind = setup.blind
    voice = None
    if not setup.text_only:
        voice = open_voice(setup.voice, rate_wpm=config.voice_rate, volume=config.voice_volume)
    conduct(
        store,
        config=config,
        screen=screen,
        model=find_model(setup.model),
        voice=voice,
        microphone=MicrophoneFinder(input_device, remembered=config.input_device, warn=screen.warn),
        output_device=output_device,
        open_report=open_report,
    )
