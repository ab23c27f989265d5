"""`voicemock demo`: a whole session without a microphone."""

import typer

from voicemock.cli.options import OpenOption, OutputDeviceOption

__all__ = ["demo"]


def demo(output_device: OutputDeviceOption = None, open_report: OpenOption = None) -> None:
    """See a whole session, answered by sample recordings. Takes about a minute."""
    from voicemock.archive.store import new_session
    from voicemock.audio.quiet import quiet
    from voicemock.cli.output import open_page
    from voicemock.cli.screen import open_screen
    from voicemock.demo.samples import CannedMicrophone, Unattended, sample_questions
    from voicemock.ear.live import LiveListener
    from voicemock.interview.interview import Interview
    from voicemock.interview.speaker import Interviewer
    from voicemock.interview.stage import Room
    from voicemock.models.catalogue import find_model
    from voicemock.voices import open_voice

    screen = open_screen()
    model = find_model(None)
    voice = open_voice()
    screen.told(f"A demo: two questions, answered by sample recordings. Voice: {voice.name}. Model: {model.name}.")
    microphone = CannedMicrophone()
    speaker = Interviewer(voice, output_device=output_device, warn=screen.warned)
    store = new_session(title="Demo", voice=voice.name, questions=sample_questions())
    with LiveListener(model) as ear, quiet():
        room = Room(lambda: microphone, speaker, ear, Unattended(), screen)
        page = Interview(store, room, pause=False).run()
    screen.told(f"\nReport: {page}")
    typer.echo("Your turn: voicemock practice, or, in your browser: voicemock open")
    open_page(page, wanted=open_report)
