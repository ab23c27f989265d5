"""The spoken session: ask, record, listen back, probe, go on."""

__all__ = ["Ear", "Interview", "Speaker"]

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import msgspec

from voicemock.analyze import assemble
from voicemock.audio.record import Microphone
from voicemock.errors import DeviceError, ModelError, VoicemockError
from voicemock.report import write_report
from voicemock.report.terminal import render_next_steps, render_summary
from voicemock.schema import AnswerReport, FollowUp, Question
from voicemock.session.keys import ENTER, KeySource
from voicemock.session.manners import Manner
from voicemock.session.screen import Screen, TurnView
from voicemock.session.silence import SilenceWatch
from voicemock.session.store import Store
from voicemock.session.turn import KEYS_END, End, Options, Turn

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BETWEEN_KEYS = "Enter goes on · r answers again · q finishes"
FOLLOW_UP_S = (10.0, 60.0)
"""A good answer to a probe (voicemock default, unvalidated)."""


class Ear(Protocol):
    """Listens while an answer is given, so that little is left to do at its end."""

    def begin(self) -> None:
        """Start a new take."""

    def feed(self, block: "NDArray[np.float32]") -> None:
        """Take the next samples, 16 kHz mono; returns at once."""

    def finish(self, recording: Path, question: Question, take: int) -> AnswerReport:
        """Return the report on the take that was fed."""

    def abandon(self) -> None:
        """Throw the take away."""

    @property
    def partial(self) -> str:
        """The words so far."""

    @property
    def filled_pauses(self) -> int:
        """Filled pauses so far."""


class Speaker(Protocol):
    """Says the interviewer's words."""

    def prepare(self, text: str) -> None:
        """Get ready to say a text."""

    def say(self, text: str) -> None:
        """Say it and return when it has been heard."""


class Interview:
    """One session from the first question to the report.

    find_microphone: opens the microphone, again after one was lost.
    manner: the interviewer's wording and how much is probed; None asks the bare questions.
    pause: whether to wait for a key after each answer.
    """

    def __init__(
        self,
        questions: Sequence[Question],
        *,
        store: Store,
        find_microphone: Callable[[], Microphone],
        speaker: Speaker,
        ear: Ear,
        keys: KeySource,
        screen: Screen,
        manner: Manner | None = None,
        options: Options | None = None,
        pause: bool = True,
    ) -> None:
        self._questions = questions
        self._store = store
        self._find_microphone = find_microphone
        self._microphone = find_microphone()
        self._speaker = speaker
        self._ear = ear
        self._keys = keys
        self._screen = screen
        self._manner = manner
        self._options = options or Options()
        self._pause = pause
        self._answers: list[AnswerReport] = []
        self._skipped: list[str] = []

    def run(self) -> Path:
        """Ask every question and return the path of the report, written however the session ends."""
        try:
            for number, question in enumerate(self._questions, 1):
                if self._question(number, question) is End.FINISHED:
                    break
            else:
                self._say(self._manner.closing if self._manner else "")
        except KeyboardInterrupt:
            self._screen.warn("Stopped. Writing the report on what was answered.")
        except VoicemockError:
            if self._answers:
                self._report()
            raise
        return self._report()

    def _question(self, number: int, question: Question) -> End:
        """Ask one question and its follow-ups; return how it ended."""
        heading = f"Question {number} of {len(self._questions)}"
        self._say(self._lead(number))
        self._screen.question(question, heading)
        self._speaker.say(question.text)
        if number < len(self._questions):
            self._speaker.prepare(self._questions[number].text)
        take = 1
        while True:
            end, answer = self._answer(number, question, take)
            if end is End.CUT_SHORT and self._manner:
                end = self._probe(number, question, FollowUp(text=self._manner.cut_in, trigger="too long"), 0)
            elif end is End.ANSWERED and answer:
                end = self._probes(number, question, answer)
            if end is End.ANSWERED and self._pause:
                self._screen.say(f"\n{BETWEEN_KEYS}")
                end = KEYS_END[self._keys.wait(ENTER, "r", "q")]
            if end is End.SKIPPED:
                self._skipped.append(question.id)
            if end not in (End.AGAIN, End.LOST):
                return end
            take += 1

    def _lead(self, number: int) -> str:
        if self._manner is None:
            return ""
        return self._manner.greeting if number == 1 else self._manner.leads[(number - 2) % len(self._manner.leads)]

    def _probes(self, number: int, question: Question, answer: AnswerReport) -> End:
        """Ask what the answer left out."""
        probes = answer.follow_ups[: self._manner.follow_ups] if self._manner else ()
        for count, probe in enumerate(probes, 1):
            if self._probe(number, question, probe, count) is End.FINISHED:
                return End.FINISHED
        return End.ANSWERED

    def _probe(self, number: int, question: Question, probe: FollowUp, count: int) -> End:
        asked = Question(
            id=f"{question.id}-follow-up-{count}" if count else f"{question.id}-in-short",
            text=probe.text,
            kind=question.kind,
            tests=f"Asked because of: {probe.trigger}.",
            expects=(probe.signal,) if probe.signal else (),
            target_s=FOLLOW_UP_S,
        )
        self._screen.question(asked, "Follow-up")
        self._speaker.say(asked.text)
        take = 1
        while True:
            end, _ = self._answer(number, asked, take)
            if end not in (End.AGAIN, End.LOST):
                return End.FINISHED if end is End.FINISHED else End.ANSWERED
            take += 1

    def _answer(self, number: int, question: Question, take: int) -> tuple[End, AnswerReport | None]:
        """Record one take and, unless it is thrown away, listen back to it."""
        recording = self._store.take(number, question.id, take)
        end, notes = self._record(recording, question)
        if end in (End.SKIPPED, End.AGAIN):
            self._ear.abandon()
            return end, None
        answer = self._listen(recording, question, take, notes)
        if answer and (answer.transcript.words or end is not End.FINISHED):  # leaving at once is no answer
            self._answers.append(answer)
            self._screen.say(f"\n{render_summary(answer)}")
        return end, answer

    def _record(self, path: Path, question: Question) -> tuple[End, list[str]]:
        self._keys.clear()
        self._ear.begin()
        silence = SilenceWatch() if self._options.auto_stop_s else None

        def on_block(block: "NDArray[np.float32]") -> None:
            self._ear.feed(block)
            if silence:
                silence.feed(block)

        with self._microphone.record(path, on_block=on_block) as recorder:
            view = TurnView(recorder, question)
            turn = Turn(
                view,
                keys=self._keys,
                screen=self._screen,
                options=self._options,
                silence=silence,
                replay=lambda: self._speaker.say(question.text),
                partial=lambda: self._ear.partial,
                counts=lambda: self._ear.filled_pauses,
            )
            with self._screen.turn(view):
                end = turn.run()
        if recorder.overflows:
            self._screen.warn(f"The computer was too busy {recorder.overflows} times; some sound is missing.")
        if recorder.error:
            end = self._lost(recorder.error, recorder.elapsed_s)
        return end, turn.notes

    def _lost(self, error: VoicemockError, elapsed_s: float) -> End:
        """Say that the recording broke off and wait for a microphone; what was said is kept."""
        if not isinstance(error, DeviceError):
            raise error
        self._screen.warn(f"{error.message} The {elapsed_s:.0f} s before that are kept.")
        while True:
            self._screen.say("Connect a microphone and press Enter to answer on, or q to finish.")
            if self._keys.wait(ENTER, "q") == "q":
                return End.FINISHED
            try:
                self._microphone = self._find_microphone()
            except DeviceError as missing:
                self._screen.warn(missing.message)
            else:
                return End.LOST

    def _listen(self, recording: Path, question: Question, take: int, notes: list[str]) -> AnswerReport | None:
        """Report on a take. Whatever fails here costs the candidate this report, not the session."""
        try:
            with self._screen.working("Listening back …"):
                answer = self._ear.finish(recording, question, take)
                answer = msgspec.structs.replace(answer, notes=(*answer.notes, *notes))
                self._store.save(recording, answer)
        except ModelError:
            raise  # no later take would fare better
        except Exception as error:
            reason = error.message if isinstance(error, VoicemockError) else f"{type(error).__name__}: {error}"
            self._screen.warn(f"This take could not be analysed ({reason}). It is kept: {recording}")
            return None
        return answer

    def _say(self, text: str) -> None:
        if text:
            self._screen.say(text)
            self._speaker.say(text)

    def _report(self) -> Path:
        info = msgspec.structs.replace(self._store.info, skipped=tuple(self._skipped))
        report = assemble(self._answers, session=info)
        page = write_report(report, self._store.folder)
        if self._answers:
            self._screen.say(f"\n{render_next_steps(report)}")
        return page
