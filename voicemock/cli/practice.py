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
    context: typer.Context,
    question_set: Annotated[
        str | None, typer.Argument(metavar="[SET]", help="A set (see `voicemock questions list`) or a .toml file.")
    ] = None,
    questions: Annotated[int, typer.Option("--questions", "-n", min=1, help="How many to ask.")] = 5,
    competency: Annotated[str | None, typer.Option("--competency", help="Only questions on this.")] = None,
    question: QuestionOption = None,
    manner: Annotated[
        str, typer.Option("--manner", metavar="NAME", help="The interviewer: warm, neutral or strict.")
    ] = "neutral",
    interruptions: Annotated[
        bool, typer.Option("--interruptions", help="Cut in once an answer is half as long again as it should be.")
    ] = False,
    auto_stop: Annotated[
        float | None, typer.Option("--auto-stop", min=6, metavar="SECONDS", help="End an answer after this silence.")
    ] = None,
    live_counts: Annotated[bool, typer.Option("--live-counts", help="Show filled pauses as they are made.")] = False,
    text_only: Annotated[bool, typer.Option("--text-only", help="Print the questions, speak none.")] = False,
    blind: Annotated[bool, typer.Option("--blind", help="Speak the questions, print none.")] = False,
    plain: Annotated[bool, typer.Option("--plain", help="No moving parts, for screen readers.")] = False,
    voice: VoiceOption = None,
    input_device: InputDeviceOption = None,
    output_device: OutputDeviceOption = None,
    model: ModelOption = None,
    open_report: OpenOption = None,
) -> None:
    """Answer questions aloud and see what an interviewer would have heard."""
    from voicemock.archive.progress import Setup
    from voicemock.archive.store import new_session
    from voicemock.audio.microphones import MicrophoneFinder
    from voicemock.cli.conduct import choose_loudspeaker, choose_voice, conduct
    from voicemock.cli.first_run import set_up, to_ask
    from voicemock.cli.screen import Screen
    from voicemock.config import load_config
    from voicemock.errors import UsageError
    from voicemock.interview.manners import find_manner
    from voicemock.models.catalogue import find_model
    from voicemock.questions.sets import find_question, load_set

    if blind and text_only:
        raise UsageError("--blind and --text-only leave no way to ask.", hint="Give one of them.")
    asked = to_ask(context)
    config = set_up(asked, model=model) if asked else load_config()
    screen = Screen(plain=plain, blind=blind)
    spoken = (
        None if text_only else choose_voice(voice, config, warn=screen.warn)
    )  # it loads while the rest is looked up
    if question and competency:
        raise UsageError("--question names the one to ask; --competency would choose.", hint="Give one of them.")
    chosen_set = load_set(question_set or config.question_set)
    if question:
        chosen = tuple(q for q in chosen_set.questions if q.id == question) or (find_question(question),)
    else:
        chosen = _choose(chosen_set.questions, competency, count=questions)
    whisper = find_model(model or config.model)
    microphone = MicrophoneFinder(input_device, remembered=config.input_device, warn=screen.warn)
    microphone.check()
    loudspeaker = choose_loudspeaker(output_device, config, warn=screen.warn) if spoken else None
    setup = Setup(
        model=whisper.name if whisper.source != "folder" else str(whisper.path.resolve()),
        voice=voice or config.voice,
        manner=find_manner(manner).name,
        auto_stop_s=auto_stop,
        interruptions=interruptions,
        live_counts=live_counts,
        text_only=text_only,
        blind=blind,
    )
    store = new_session(
        title=chosen_set.title,
        question_set=chosen_set.id,
        voice=spoken.name if spoken else None,
        questions=chosen,
        setup=setup,
    )
    conduct(
        store,
        screen=screen,
        model=whisper,
        voice=spoken,
        microphone=microphone,
        output_device=loudspeaker,
        open_report=open_report,
    )


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
