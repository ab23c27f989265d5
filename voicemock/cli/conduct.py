"""Hold a session at this terminal: shared by all commands that do."""

__all__ = ["conduct", "hold", "hold_form"]

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from voicemock.archive.progress import Setup
    from voicemock.archive.store import Store
    from voicemock.cli.options import Spoken
    from voicemock.cli.screen import Screen
    from voicemock.config import Config
    from voicemock.jobs.practise import Equipment
    from voicemock.questions.sets import QuestionSet
    from voicemock.schema import Question


def hold(
    chosen: "QuestionSet",
    questions: "tuple[Question, ...]",
    setup: "Setup",
    config: "Config",
    *,
    devices: tuple[str | None, str | None],
    plain: bool,
    open_report: bool | None,
) -> None:
    """Hold a session of these questions of a set; devices: microphone and loudspeaker asked for."""
    from voicemock.audio.microphones import MicrophoneFinder
    from voicemock.cli.screen import open_screen
    from voicemock.jobs.practise import begin, equip

    screen = open_screen(plain=plain, blind=setup.blind)
    microphone = MicrophoneFinder(devices[0], remembered=config.input_device, warn=screen.warned)
    equipment = equip(setup, config, microphone=microphone, output_device=devices[1], warn=screen.warned)
    conduct(begin(chosen, questions, equipment), equipment, screen=screen, open_report=open_report)


def hold_form(chosen: "QuestionSet", form: str, session: "Spoken", config: "Config", *, notes: str = "") -> None:
    """Hold a drill, a round or the like, named as in ``SessionInfo``; notes: what is known of the firm."""
    from voicemock.archive.progress import Setup

    setup = Setup(model=session.model, voice=session.voice, text_only=session.text_only, form=form, notes=notes)
    devices = (session.input_device, session.output_device)
    hold(chosen, chosen.questions, setup, config, devices=devices, plain=session.plain, open_report=session.open_report)


def conduct(store: "Store", equipment: "Equipment", *, screen: "Screen", open_report: bool | None) -> None:
    """Run the session to its report, whatever happens on the way, and say where that is."""
    from voicemock.cli.keys import Keys
    from voicemock.cli.orderly_end import orderly_end
    from voicemock.cli.output import open_page
    from voicemock.jobs.practise import conduct as hold

    with orderly_end(), Keys() as keys:
        page = hold(store, equipment, stage=screen, keys=keys)
    screen.told(f"\nReport: {page}")
    open_page(page, wanted=open_report)
