"""The one session that may be running: begun or taken up again from a page, in a thread of its own."""

__all__ = ["Choice", "Session"]

import datetime
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import msgspec

from voicemock.archive.listing import find_session
from voicemock.archive.progress import Setup
from voicemock.archive.resume import open_session
from voicemock.archive.store import Store
from voicemock.audio.microphones import Finder, MicrophoneFinder
from voicemock.audio.play import play
from voicemock.config import Config, load_config
from voicemock.errors import VoicemockError
from voicemock.jobs.drills import form_set
from voicemock.jobs.due import due_set
from voicemock.jobs.practise import Equipment, begin, checked, choose_questions, conduct, equip, equip_again
from voicemock.page.aloud import Aloud
from voicemock.page.board import Board, Line, Phase
from voicemock.page.keys import HungUp, PageKeys
from voicemock.page.microphone import BrowserMicrophone, Tap
from voicemock.page.reply import problem
from voicemock.page.stage import PageStage
from voicemock.questions.sets import QuestionSet, load_set, set_in_settings
from voicemock.schema import Question

BROWSER = "browser"


class Choice(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a page was asked for.

    resume: a session's id, or what is new. set: None is what is due, or some of the usual set if nothing is.
    form: a drill, a round or the candidate's own questions, as in ``SessionInfo``; minutes, dimension: of a round.
    predict: guess what was heard before it is shown, which a drill and the like have no room for.
    microphone: a device's name, "browser", "" for the system's choice, or None for the usual one.
    browser_sound: a tab speaks.
    """

    resume: str | None = None
    set: str | None = None
    form: str | None = None
    minutes: Annotated[int, msgspec.Meta(ge=10, le=90)] = 40
    dimension: str | None = None
    question: str | None = None
    count: Annotated[int, msgspec.Meta(ge=1)] = 5
    manner: str = "neutral"
    voice: str | None = None
    microphone: str | None = None
    browser_sound: bool = False
    auto_stop_s: Annotated[float, msgspec.Meta(ge=6)] | None = None
    interruptions: bool = False
    live_counts: bool = False
    predict: bool = False
    text_only: bool = False
    blind: bool = False

    @property
    def setup(self) -> Setup:
        """Return what of it is remembered with the session."""
        return Setup(
            voice=self.voice,
            manner=self.manner,
            auto_stop_s=self.auto_stop_s,
            interruptions=self.interruptions,
            live_counts=self.live_counts,
            predict=self.predict and not self.form,
            text_only=self.text_only,
            blind=self.blind,
            form=self.form,
        )


class Session:
    """A session from the first click to its report."""

    def __init__(self, choice: Choice, board: Board, tap: Tap) -> None:
        self._choice = choice
        self._board = board
        self._tap = tap
        self._hung_up = threading.Event()
        self.keys = PageKeys(board, self._hung_up)
        self.aloud = Aloud(board, self._hung_up)
        self._thread = threading.Thread(target=self._run, name="voicemock-session", daemon=True)
        board.begin(phase=Phase.STARTING, browser=choice.microphone == BROWSER)
        self._thread.start()

    @property
    def running(self) -> bool:
        """Whether it has not ended yet."""
        return self._thread.is_alive()

    def hang_up(self) -> None:
        """End it in order: what was said is kept, the report written; returns at once."""
        self._hung_up.set()

    def wait(self, timeout_s: float) -> None:
        """Wait until it has ended, at most so long."""
        self._thread.join(timeout_s)

    def _run(self) -> None:
        try:
            self._hold()
        except HungUp:
            self._board.turn(phase=Phase.FAILED, live=None, problem=Line("The session was closed. Nothing is lost."))
        except BaseException as error:
            what = error if isinstance(error, Exception) else VoicemockError("The session was stopped.")
            told = problem(what)[1]
            self._board.turn(phase=Phase.FAILED, live=None, problem=Line(f"{told.message} {told.hint}".strip()))

    def _hold(self) -> None:
        choice, config = self._choice, load_config()
        stage = PageStage(self._board, blind=choice.blind)
        store, equipment = (self._again if choice.resume else self._new)(config, stage)
        try:
            self._board.show(session=store.folder.name, title=store.info.title)
            conduct(store, equipment, stage=stage, keys=self.keys, aloud=self._player(equipment))
            self._board.turn(phase=Phase.ENDED, live=None, keys=())
        finally:
            store.close()

    def _new(self, config: Config, stage: PageStage) -> tuple[Store, Equipment]:
        chosen, questions = self._questions(config, stage)
        equipment = equip(
            checked(self._choice.setup),
            config,
            microphone=self._microphone(config, stage.warned),
            output_device=None,
            warn=stage.warned,
        )
        return begin(chosen, questions, equipment), equipment

    def _again(self, config: Config, stage: PageStage) -> tuple[Store, Equipment]:
        store = open_session(find_session(self._choice.resume).folder, tell=stage.told)
        try:
            microphone = self._microphone(config, stage.warned)
            microphone.check()
            equipment = equip_again(
                store.progress.setup, config, microphone=microphone, output_device=None, warn=stage.warned
            )
        except BaseException:
            store.close()
            raise
        return store, equipment

    def _questions(self, config: Config, stage: PageStage) -> tuple[QuestionSet, tuple[Question, ...]]:
        choice = self._choice
        if choice.form:
            formed = form_set(
                choice.form,
                config.question_set,
                count=choice.count,
                minutes=choice.minutes,
                dimension=choice.dimension,
            )
            return formed, formed.questions
        if not choice.set and not choice.question:
            today = datetime.datetime.now().astimezone().date()
            if due := due_set(choice.count, config.question_set, today, tell=stage.warned):
                return due.chosen, due.chosen.questions
        chosen = load_set(choice.set) if choice.set else set_in_settings(config.question_set)
        return chosen, choose_questions(chosen, question=choice.question, count=choice.count)

    def _microphone(self, config: Config, warn: Callable[[str], None]) -> Finder:
        wanted = self._choice.microphone
        if wanted == BROWSER:
            return BrowserMicrophone(self._tap)
        remembered = config.input_device if wanted is None else None
        return MicrophoneFinder(wanted or None, remembered=remembered, warn=warn)

    def _player(self, equipment: Equipment) -> Callable[[Path], None]:
        def aloud(path: Path) -> None:
            play(path, device=equipment.output_device, stop=self._hung_up)
            if self._hung_up.is_set():
                raise HungUp

        return self.aloud.play if self._choice.browser_sound else aloud
