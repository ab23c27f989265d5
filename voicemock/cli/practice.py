"""`voicemock practice`: the spoken session."""

from typing import TYPE_CHECKING, Annotated

import typer

from voicemock.cli.options import (
    InputDeviceOption,
    ModelOption,
    OpenOption,
    OutputDeviceOption,
    QuestionOption,
    VoiceOption,
)
from voicemock.errors import UnknownNameError

if TYPE_CHECKING:
    from voicemock.schema import Question

__all__ = ["practice"]


def practice(
    question_set: Annotated[
        str | None, typer.Argument(metavar="[SET]", help="A set (see `voicemock questions list`) or a .toml file.")
    ] = None,
    questions: Annotated[int, typer.Option("--questions", "-n", min=1, help="How many to ask.")] = 5,
    competency: Annotated[str | None, typer.Option("--competency", help="Only questions on this.")] = None,
    question: QuestionOption = None,
    input_device: InputDeviceOption = None,
    output_device: OutputDeviceOption = None,
    voice: VoiceOption = None,
    text_only: Annotated[bool, typer.Option("--text-only", help="Print the questions, speak none.")] = False,
    model: ModelOption = None,
    open_report: OpenOption = None,
) -> None:
    """Answer questions aloud and see what an interviewer would have heard."""
    from voicemock.audio.record import SoundCardMicrophone
    from voicemock.audio.voices import open_voice
    from voicemock.cli.output import open_page
    from voicemock.config import load_config
    from voicemock.questions import find_question, load_set
    from voicemock.session.analyst import Analyst
    from voicemock.session.interview import Interview
    from voicemock.session.interviewer import Interviewer
    from voicemock.session.keys import Keys
    from voicemock.session.screen import Screen
    from voicemock.session.store import new_session
    from voicemock.speech.models import find_model

    config, screen = load_config(), Screen()
    chosen_set = load_set(question_set or config.question_set)
    chosen = (find_question(question),) if question else _choose(chosen_set.questions, competency, count=questions)
    whisper = find_model(model or config.model)
    microphone = SoundCardMicrophone(input_device or config.input_device)
    speaker = None if text_only else open_voice(voice or config.voice)

    analyst = Analyst(whisper)  # loads while the first question is spoken
    store = new_session(title=chosen_set.title, question_set=chosen_set.id, voice=speaker.name if speaker else None)
    interviewer = Interviewer(speaker, output_device=output_device or config.output_device, warn=screen.warn)
    screen.say(f"{chosen_set.title}: {len(chosen)} questions. Microphone: {microphone.name}. Model: {whisper.name}.")
    if whisper.name == "tiny.en":
        screen.say("tiny.en is the small fallback; `voicemock models pull base.en` hears more.")
    with Keys() as keys:
        page = Interview(
            chosen,
            store=store,
            microphone=microphone,
            ask=interviewer.ask,
            analyse=analyst.analyse,
            keys=keys,
            screen=screen,
        ).run()
    screen.say(f"\nReport: {page}")
    open_page(page, wanted=open_report)


def _choose(questions: "tuple[Question, ...]", competency: str | None, *, count: int) -> "tuple[Question, ...]":
    """Pick some at random, so that the next session asks others, and keep them in the set's order."""
    import random

    if competency:
        known = sorted({name for q in questions for name in q.competencies})
        questions = tuple(q for q in questions if competency in q.competencies)
        if not questions:
            raise UnknownNameError("competency", competency, known, listed_by="voicemock questions list")
    picked = sorted(random.sample(range(len(questions)), min(count, len(questions))))
    return tuple(questions[n] for n in picked)
