"""`voicemock demo`: a whole session without a microphone."""

import typer

from voicemock.cli.options import OpenOption, OutputDeviceOption

__all__ = ["demo"]


def demo(output_device: OutputDeviceOption = None, open_report: OpenOption = None) -> None:
    """See a session of two questions: sample answers stand in for you. Takes under a minute."""
    from voicemock.archive.store import new_session
    from voicemock.audio.quiet import quiet
    from voicemock.cli.keys import Unattended
    from voicemock.cli.output import open_page
    from voicemock.cli.screen import Screen
    from voicemock.demo.samples import CannedMicrophone, sample_questions
    from voicemock.ear.live import LiveListener
    from voicemock.interview.interview import Interview
    from voicemock.interview.speaker import Interviewer
    from voicemock.models.catalogue import find_model
    from voicemock.voices import open_voice

    screen = Screen()
    model = find_model(None)
    voice = open_voice()
    screen.say(f"A demo: two questions, answered by sample recordings. Voice: {voice.name}. Model: {model.name}.")
    microphone = CannedMicrophone()
    with LiveListener(model) as ear, quiet():
        page = Interview(
            new_session(title="Demo", voice=voice.name, questions=sample_questions()),
            find_microphone=lambda: microphone,
            speaker=Interviewer(voice, output_device=output_device, warn=screen.warn),
            ear=ear,
            keys=Unattended(),
            screen=screen,
            pause=False,
        ).run()
    screen.say(f"\nReport: {page}")
    typer.echo("Your turn: voicemock practice")
    open_page(page, wanted=open_report)
