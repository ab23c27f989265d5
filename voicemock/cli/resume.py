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
    import msgspec

    from voicemock.archive.listing import find_session
    from voicemock.archive.resume import open_session
    from voicemock.audio.microphones import MicrophoneFinder
    from voicemock.cli.conduct import choose_loudspeaker, choose_voice, conduct
    from voicemock.cli.screen import Screen
    from voicemock.config import load_config
    from voicemock.errors import VoicemockError
    from voicemock.models.catalogue import find_model

    config = load_config()
    screen = Screen(plain=plain)
    loudspeaker = choose_loudspeaker(output_device, config, warn=screen.warn)
    store = open_session(find_session(session).folder, tell=screen.say)
    setup = store.progress.setup
    screen.blind = setup.blind
    as_then = msgspec.structs.replace(config, voice=setup.voice)  # remembered, not demanded: it may be gone
    voice = None if setup.text_only else choose_voice(None, as_then, warn=screen.warn)
    try:
        model = find_model(setup.model)
    except VoicemockError as error:
        model = find_model(None)
        screen.warn(f"{error.message} Going on with {model.name}.")
    conduct(
        store,
        screen=screen,
        model=model,
        voice=voice,
        microphone=MicrophoneFinder(input_device, remembered=config.input_device, warn=screen.warn),
        output_device=loudspeaker,
        open_report=open_report,
    )
