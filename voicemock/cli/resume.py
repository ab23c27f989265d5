"""`voicemock resume`: go on with a session that was cut short."""

from typing import Annotated

import typer

from voicemock.cli.options import InputDeviceOption, OpenOption, OutputDeviceOption, PlainOption

__all__ = ["resume"]


def resume(
    session: Annotated[
        str | None,
        typer.Argument(metavar="[ID]", help="The id that `voicemock sessions list` shows; by default the latest."),
    ] = None,
    plain: PlainOption = False,
    input_device: InputDeviceOption = None,
    output_device: OutputDeviceOption = None,
    open_report: OpenOption = None,
) -> None:
    """Go on with a session that was cut short, by a crash or by you."""
    from voicemock.archive.listing import find_session
    from voicemock.archive.resume import open_session
    from voicemock.audio.microphones import MicrophoneFinder
    from voicemock.cli.conduct import conduct
    from voicemock.cli.screen import open_screen
    from voicemock.config import load_config
    from voicemock.jobs.practise import equip_again

    config = load_config()
    screen = open_screen(plain=plain)
    store = open_session(find_session(session).folder, tell=screen.told)
    setup = store.progress.setup
    screen.blind = setup.blind
    microphone = MicrophoneFinder(input_device, remembered=config.input_device, warn=screen.warned)
    equipment = equip_again(setup, config, microphone=microphone, output_device=output_device, warn=screen.warned)
    conduct(store, equipment, screen=screen, open_report=open_report)
