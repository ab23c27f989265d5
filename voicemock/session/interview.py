"""The spoken session: ask, record, listen back, show, go on."""

__all__ = ["Interview"]

import enum
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from voicemock.analyze import assemble
from voicemock.audio.record import Microphone, Recorder
from voicemock.errors import ModelError, VoicemockError
from voicemock.report import write_report
from voicemock.report.terminal import render_answer, render_next_steps
from voicemock.schema import AnswerReport, Question
from voicemock.session.keys import ENTER, KeySource
from voicemock.session.screen import Screen
from voicemock.session.store import Store

RECORDING_KEYS = "Enter ends the answer · s skips · r starts over · q finishes"
BETWEEN_KEYS = "Enter goes on · r answers again · q finishes"
POLL_S = 0.1


class End(enum.Enum):
    """How one recording ended."""

    ANSWERED = enum.auto()
    SKIPPED = enum.auto()
    AGAIN = enum.auto()
    FINISHED = enum.auto()


KEYS_END = {ENTER: End.ANSWERED, "s": End.SKIPPED, "r": End.AGAIN, "q": End.FINISHED}


class Interview:
    """One session from the first question to the report.

    ask: speaks a question and returns when it has been heard.
    analyse: reports on the recording of a take.
    pause: whether to wait for a key after each answer.
    """

    def __init__(
        self,
        questions: Sequence[Question],
        *,
        store: Store,
        microphone: Microphone,
        ask: Callable[[str], None],
        analyse: Callable[[Path, Question, int], AnswerReport],
        keys: KeySource,
        screen: Screen,
        pause: bool = True,
    ) -> None:
        self._questions = questions
        self._store = store
        self._microphone = microphone
        self._ask = ask
        self._analyse = analyse
        self._keys = keys
        self._screen = screen
        self._pause = pause
        self._answers: list[AnswerReport] = []
        self._skipped: list[str] = []

    def run(self) -> Path:
        """Ask every question and return the path of the report, written however the session ends."""
        try:
            for number, question in enumerate(self._questions, 1):
                if self._one(number, question) is End.FINISHED:
                    break
        except KeyboardInterrupt:
            self._screen.warn("Stopped. Writing the report on what was answered.")
        except VoicemockError:
            if self._answers:
                self._report()
            raise
        return self._report()

    def _one(self, number: int, question: Question) -> End:
        """Ask one question until it is answered, skipped, or the session is finished."""
        self._screen.question(question, number=number, total=len(self._questions))
        self._ask(question.text)
        take = 1
        while True:
            recording = self._store.take(number, question.id, take)
            end = self._record(recording, question)
            if end in (End.ANSWERED, End.FINISHED):
                self._listen(recording, question, take)
            if end is End.ANSWERED and self._pause:
                self._screen.say(f"\n{BETWEEN_KEYS}")
                end = KEYS_END[self._keys.wait(ENTER, "r", "q")]
            if end is End.SKIPPED:
                self._skipped.append(question.id)
            if end is not End.AGAIN:
                return end
            take += 1

    def _record(self, path: Path, question: Question) -> End:
        self._keys.clear()
        with self._microphone.record(path) as recorder, self._screen.recording(recorder, question, keys=RECORDING_KEYS):
            end = self._until_key(recorder)
        if recorder.error:
            self._screen.warn(f"{recorder.error.message} {recorder.error.hint}")
        if recorder.overflows:
            self._screen.warn(f"The computer was too busy {recorder.overflows} times; some sound is missing.")
        return end

    def _until_key(self, recorder: Recorder) -> End:
        while not recorder.finished:
            end = KEYS_END.get(self._keys.poll(POLL_S) or "")
            if end:
                return end
        return End.ANSWERED

    def _listen(self, recording: Path, question: Question, take: int) -> None:
        """Report on a take. Whatever fails here costs the candidate this report, not the session."""
        try:
            with self._screen.working("Listening back …"):
                answer = self._analyse(recording, question, take)
                self._store.save(recording, answer)
        except ModelError:
            raise  # no later take would fare better
        except Exception as error:
            reason = error.message if isinstance(error, VoicemockError) else f"{type(error).__name__}: {error}"
            self._screen.warn(f"This take could not be analysed ({reason}). It is kept: {recording}")
            return
        self._answers.append(answer)
        self._screen.say(f"\n{render_answer(answer).partition(chr(10) * 2)[2]}")

    def _report(self) -> Path:
        info = msgspec.structs.replace(self._store.info, skipped=tuple(self._skipped))
        report = assemble(self._answers, session=info)
        page = write_report(report, self._store.folder)
        if self._answers:
            self._screen.say(f"\n{render_next_steps(report)}")
        return page
