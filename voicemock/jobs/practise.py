"""Hold a spoken session: choose what is asked and what with, begin, and conduct it to its report."""

__all__ = [
    "Equipment",
    "begin",
    "checked",
    "choose_loudspeaker",
    "choose_questions",
    "choose_voice",
    "conduct",
    "equip",
    "equip_again",
]

import contextlib
import functools
import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from voicemock.archive.predictions import keep_predictions
from voicemock.archive.progress import Setup
from voicemock.archive.store import Store, new_session
from voicemock.audio.devices import Direction, find_device
from voicemock.audio.microphones import Finder
from voicemock.audio.quiet import quiet
from voicemock.config import Config
from voicemock.ear.live import LiveListener
from voicemock.errors import DeviceError, UsageError, VoiceError, VoicemockError
from voicemock.interview.interview import Interview
from voicemock.interview.manners import find_manner
from voicemock.interview.speaker import Interviewer
from voicemock.interview.stage import KeySource, Room, Stage
from voicemock.jobs.predicting import PredictingStage
from voicemock.jobs.wording import worded_anew
from voicemock.loopback import LocalModel
from voicemock.models.catalogue import Model, fallback_note, find_model
from voicemock.phrases import plural
from voicemock.preparation.form import Material, held
from voicemock.preparation.forms import form_of
from voicemock.preparation.stories.bank import read_bank, usable
from voicemock.questions.chosen import Only
from voicemock.questions.sets import QuestionSet, find_question, list_sets
from voicemock.schema import Question
from voicemock.voices import Voice, open_voice


@dataclass(frozen=True)
class Equipment:
    """What a session is held with.

    setup: the candidate's choices with what was found for them, so that a resumed session is as it was.
    voice: None if the questions are only shown.
    second: who is asked about what could not be told.
    """

    setup: Setup
    model: Model
    microphone: Finder
    voice: Voice | None
    output_device: str | int | None
    second: LocalModel | None = None


def checked(setup: Setup) -> Setup:
    """Return a setup that a session can be held with; raises UsageError and UnknownNameError."""
    if setup.blind and setup.text_only:
        raise UsageError("--blind and --text-only together leave no way to ask.", hint="Give one of them.")
    find_manner(setup.manner)
    return setup


def choose_questions(
    chosen: QuestionSet, *, question: str | None = None, only: Only | None = None, count: int
) -> tuple[Question, ...]:
    """Return what will be asked: the question named, or some at random in the set's order; only: out of these.

    Raises UnknownNameError, and UsageError if a question is named and something else chooses too, or if none is left.
    """
    only = only or Only()
    if question and only.given:
        raise UsageError(f"--question and {only.given[0]} both choose what to ask.", hint="Give one of them.")
    if question:
        return tuple(q for q in chosen.questions if q.id == question) or (find_question(question),)
    questions = only.of(chosen.questions)
    picked = sorted(random.sample(range(len(questions)), min(count, len(questions))))  # the next session asks others
    return tuple(questions[n] for n in picked)


def equip(
    setup: Setup,
    config: Config,
    *,
    microphone: Finder,
    output_device: str | None,
    warn: Callable[[str], None],
) -> Equipment:
    """Find all that a new session needs: what was asked for must be there, what is only remembered need not be.

    warn: told of what is not there, and what is used instead. Raises VoiceError, ModelError and DeviceError.
    """
    voice = None if setup.text_only else choose_voice(setup.voice, config, warn=warn)  # loads meanwhile
    model = find_model(setup.model or config.model)
    microphone.check()
    loudspeaker = choose_loudspeaker(output_device, config, warn=warn) if voice else None
    name = model.name if model.source != "folder" else str(model.path.resolve())
    setup = msgspec.structs.replace(setup, model=name, voice=setup.voice or config.voice)
    return Equipment(setup, model, microphone, voice, loudspeaker, config.local_model)


def equip_again(
    setup: Setup,
    config: Config,
    *,
    microphone: Finder,
    output_device: str | None,
    warn: Callable[[str], None],
) -> Equipment:
    """Find what a session that was cut short was held with, or what can stand in for it; raises as ``equip`` does."""
    as_then = msgspec.structs.replace(config, voice=setup.voice)
    voice = None if setup.text_only else choose_voice(None, as_then, warn=warn)
    loudspeaker = choose_loudspeaker(output_device, config, warn=warn)
    try:
        model = find_model(setup.model)
    except VoicemockError as error:
        model = find_model(None)
        warn(f"{error.message} Going on with {model.name}.")
    return Equipment(setup, model, microphone, voice, loudspeaker, config.local_model)


def begin(question_set: QuestionSet, questions: tuple[Question, ...], equipment: Equipment) -> Store:
    """Put a new session's plan on disk and return its store; what was answered before is asked in other words."""
    lenses = equipment.setup.lenses
    through = (msgspec.structs.replace(q, lenses=tuple(dict.fromkeys((*q.lenses, *lenses)))) for q in questions)
    return new_session(
        title=question_set.title,
        question_set=question_set.id,
        voice=equipment.voice.name if equipment.voice else None,
        questions=worded_anew(tuple(through)),
        setup=equipment.setup,
    )


def choose_voice(wanted: str | None, config: Config, *, warn: Callable[[str], None]) -> Voice:
    """Open the voice asked for, which must be there, or the remembered one, or else the usual one."""
    opened = functools.partial(open_voice, rate_wpm=config.voice_rate, volume=config.voice_volume)
    if wanted:
        return opened(wanted)
    try:
        return opened(config.voice)
    except VoiceError as error:
        usual = opened(None)
        warn(f"{error.message} {error.hint} The voice '{usual.name}' speaks instead.")
        return usual


def choose_loudspeaker(wanted: str | None, config: Config, *, warn: Callable[[str], None]) -> str | int | None:
    """Return the loudspeaker asked for, which must be there, or the remembered one, or None for the system's choice."""
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
    store: Store,
    equipment: Equipment,
    *,
    stage: Stage,
    keys: KeySource,
    aloud: Callable[[Path], None] | None = None,
) -> Path:
    """Conduct the session from where it stands and return the path of its report, written whatever happens.

    aloud: plays the interviewer's words instead of this machine's loudspeaker.
    """
    setup, left = store.progress.setup, store.progress.remaining
    form = form_of(store.info)
    manner = form.manner if form else find_manner(setup.manner)
    speaker = Interviewer(equipment.voice, output_device=equipment.output_device, warn=stage.warned, aloud=aloud)
    asked = plural(len(left), "question") if left else "nothing more is asked"
    stage.told(f"{store.info.title}: {asked}. Model: {equipment.model.name}.")
    if note := fallback_note(equipment.model.name):
        stage.told(note)
    with contextlib.ExitStack() as session:
        session.enter_context(quiet())
        if not store.progress.takes and manner.greeting:
            speaker.prepare(manner.greeting, keep=True)
            speaker.wait()  # first words first: a model that loads meanwhile would hold them up
        ear = session.enter_context(LiveListener(equipment.model, counting=setup.live_counts, second=equipment.second))
        for step in left[:1]:
            speaker.prepare(step.question.text)
        if setup.predict:
            keep = functools.partial(keep_predictions, store.folder, tell=stage.warned)
            stage = PredictingStage(stage, keys, keep)
        room = Room(equipment.microphone.find, speaker, ear, keys, stage)
        if form is None:
            return Interview(store, room, manner=manner).run()
        return Interview(
            store, held(form, room, _material(setup)), manner=manner, probe=form.probe, pause=form.pause
        ).run()


def _material(setup: Setup) -> Material:
    """Return what this user's answers may be held against."""
    known = tuple(question for one in list_sets() for question in one.questions)
    return Material(stories=usable(read_bank()), known=known, notes=setup.notes)
