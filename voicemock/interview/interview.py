"""The spoken session: ask, record, listen back, probe, go on."""

__all__ = ["Ear", "Interview", "Speaker"]

import contextlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from voicemock.analyze import assemble
from voicemock.archive.progress import Ended, Take
from voicemock.archive.store import Store
from voicemock.audio.record import Microphone, Recorder
from voicemock.cli.answer_lines import render_next_steps, render_not_analysed, render_summary
from voicemock.cli.keys import ENTER, KeySource
from voicemock.cli.screen import Screen, TurnView
from voicemock.errors import DeviceError, ModelError, SessionError, VoicemockError
from voicemock.interview.arrival import SoundWatch
from voicemock.interview.manners import Manner
from voicemock.interview.silence import SilenceWatch
from voicemock.interview.stage import Ear, Speaker
from voicemock.interview.troubles import what_went_wrong
from voicemock.interview.turn import KEYS_END, End, Options, Turn
from voicemock.schema import AnswerReport, FollowUp, Question

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BETWEEN_KEYS = "Enter goes on · r answers again · q finishes"
FOLLOW_UP_S = (10.0, 60.0)
"""A good answer to a probe (voicemock default, unvalidated)."""

IN_SHORT_S = (3.0, 20.0)
"""The one sentence asked for when an answer is cut short (voicemock default, unvalidated)."""

ENDED = {End.SKIPPED: Ended.SKIPPED, End.AGAIN: Ended.AGAIN, End.LOST: Ended.OPEN, End.FINISHED: Ended.OPEN}
"""How the store calls an end; the others are answers. A part-answer counts where something was said."""


class Interview:
    """One session from the first question, or the one it was cut short at, to the report.

    store: holds the plan and what was done of it; every step is on disk before the next begins.
    find_microphone: opens the microphone, again after one was lost.
    manner: the interviewer's wording and how much is probed; None asks the bare questions.
    pause: whether to wait for a key after each answer.
    """

    def __init__(
        self,
        store: Store,
        *,
        find_microphone: Callable[[], Microphone],
        speaker: Speaker,
        ear: Ear,
        keys: KeySource,
        screen: Screen,
        manner: Manner | None = None,
        options: Options | None = None,
        pause: bool = True,
    ) -> None:
        self._store = store
        self._questions = store.progress.questions
        self._find_microphone = find_microphone
        self._microphone: Microphone | None = None
        self._speaker = speaker
        self._ear = ear
        self._keys = keys
        self._screen = screen
        self._manner = manner
        self._options = options or Options()
        self._pause = pause
        self._heard = False  # whether this microphone ever gave sound

    def run(self) -> Path:
        """Ask what is left to ask and return the path of the report, written however the session ends."""
        try:
            self._catch_up()
            self._ask_all()
        except KeyboardInterrupt:
            self._screen.warn("Stopped. Writing the report on what was answered.")
            if self._store.waiting:
                self._screen.warn("One take was not listened to yet; `voicemock resume` does that.")
                return self._report(finished=False)
        except BaseException:  # a closed terminal too: the report first
            with contextlib.suppress(SessionError):  # what ended the session is told, not what came of it
                if self._store.answers:
                    self._report(finished=False)
            raise
        return self._report(finished=True)

    def _catch_up(self) -> None:
        """Listen to what an earlier run recorded and never listened to."""
        for take in self._store.waiting:
            self._listen(take, self._ear.analyse)

    def _ask_all(self) -> None:
        remaining = self._store.progress.remaining
        for step in remaining:
            if step.follow_up:
                end, _ = self._ask(step.number, step.question, "Follow-up")
            else:
                end = self._question(step.number, step.question)
            if end is End.FINISHED:
                return
        if remaining and self._manner:
            self._say(self._manner.closing)

    def _question(self, number: int, question: Question) -> End:
        """Ask one question and its follow-ups, as often as the candidate wants to answer it."""
        self._say(self._lead(number))
        while True:
            end, answer = self._ask(number, question, f"Question {number} of {len(self._questions)}")
            if end is End.CUT_SHORT and self._manner:
                end = self._probe(number, self._in_short(question, self._manner), said=True)
                if answer:
                    self._screen.say(f"\nThe answer before that:\n{render_summary(answer)}")
            elif end is End.ANSWERED and answer:
                end = self._probes(number, question, answer)
            if end is End.ANSWERED and self._pause:
                self._screen.say(f"\n{BETWEEN_KEYS}")
                end = KEYS_END[self._keys.wait(ENTER, "r", "q")]
            if end is not End.AGAIN:
                return end

    def _lead(self, number: int) -> str:
        if self._manner is None:
            return ""
        return self._manner.greeting if number == 1 else self._manner.leads[number % len(self._manner.leads)]

    def _probes(self, number: int, question: Question, answer: AnswerReport) -> End:
        """Ask what the answer left out."""
        probes = answer.follow_ups[: self._manner.follow_ups] if self._manner else ()
        for count, probe in enumerate(probes, 1):
            if self._probe(number, _follow_up(question, probe, f"follow-up-{count}")) is End.FINISHED:
                return End.FINISHED
        return End.ANSWERED

    def _probe(self, number: int, asked: Question, *, said: bool = False) -> End:
        end, _ = self._ask(number, asked, "" if said else "Follow-up")
        return End.FINISHED if end is End.FINISHED else End.ANSWERED

    def _in_short(self, question: Question, manner: Manner) -> Question:
        return _follow_up(question, FollowUp(text=manner.cut_in, trigger="too long"), "in-short", IN_SHORT_S)

    def _ask(self, number: int, question: Question, heading: str) -> tuple[End, AnswerReport | None]:
        """Ask and record until there is an answer, or none is wanted; without a heading it was asked already."""
        self._store.ask(number, question)
        if heading:
            self._put(question, heading)
        if number < len(self._questions):
            self._speaker.prepare(self._questions[number].text)
        if self._may_cut_in(question) and self._manner:
            self._speaker.prepare(self._manner.cut_in)
        while True:
            end, answer = self._answer(question)
            if end is End.AGAIN:
                self._screen.say("Starting over.")
            if end is End.LOST:
                end = self._wait_for_microphone()
            if end not in (End.AGAIN, End.LOST):
                return end, answer

    def _put(self, question: Question, heading: str) -> None:
        """Show a question and say it."""
        self._screen.question(question, heading)
        if not self._speaker.say(question.text):
            self._screen.reveal(question)

    def _may_cut_in(self, question: Question) -> bool:
        return self._options.interruptions and question in self._questions

    def _answer(self, question: Question) -> tuple[End, AnswerReport | None]:
        """Record one take and, unless it is thrown away, listen back to it."""
        take = self._store.begin()
        try:
            end, notes, troubles = self._record(self._store.path(take), question)
        except DeviceError as error:
            self._screen.warn(f"{error.message} {error.hint}".strip())
            end, notes, troubles = End.LOST, [], []
        take = self._store.end(take, ENDED.get(end, Ended.ANSWERED), notes=notes, troubles=troubles)
        if take.reported and self._store.path(take).exists():
            if end is End.CUT_SHORT and self._manner:
                return end, self._cut_in(take, self._manner)
            return end, self._listen(take, self._ear.finish)
        self._ear.abandon()
        return end, None

    def _cut_in(self, take: Take, manner: Manner) -> AnswerReport | None:
        """Stop the candidate at once; the answer is listened to while the interviewer speaks."""
        question = take.step.question
        with ThreadPoolExecutor(1) as beside:
            heard = beside.submit(self._ear.finish, self._store.path(take), question, take.take)
            self._put(self._in_short(question, manner), "The interviewer cuts in")
            return self._listen(take, lambda *_: heard.result(), show=False)

    def _record(self, path: Path, question: Question) -> tuple[End, list[str], list[str]]:
        """Record one take; return how it ended, what the candidate typed, and what went wrong."""
        self._keys.clear()
        self._ear.begin()
        interruptions = self._may_cut_in(question)
        silence = SilenceWatch() if self._options.auto_stop_s or interruptions else None
        sound = SoundWatch(heard_before=self._heard)

        def on_block(block: "NDArray[np.float32]") -> None:
            self._ear.feed(block)
            sound.feed(block)
            if silence:
                silence.feed(block)

        self._microphone = self._microphone or self._find_microphone()
        with self._microphone.record(path, on_block=on_block) as recorder:
            view = TurnView(recorder, question, sound=sound)
            turn = Turn(
                view,
                keys=self._keys,
                screen=self._screen,
                options=msgspec.structs.replace(self._options, interruptions=interruptions),
                silence=silence,
                replay=lambda: self._speaker.say(question.text),
                partial=lambda: self._ear.partial,
                counts=lambda: self._ear.filled_pauses,
            )
            with self._screen.turn(view):
                end = turn.run()
        self._heard = self._heard or sound.heard
        troubles = what_went_wrong(recorder)
        for trouble in troubles:
            self._screen.warn(trouble)
        if sound.missing and not sound.heard:
            self._screen.warn("Nothing came from the microphone during this answer.")
        self._tell(recorder, watched=silence is not None)
        end = End.LOST if recorder.error else end
        return end, turn.notes, troubles

    def _tell(self, recorder: Recorder, *, watched: bool) -> None:
        """Say what went wrong with a recording; raises what the session cannot go on with."""
        if recorder.overflows:
            self._screen.warn(f"The computer was too busy {recorder.overflows} times; some sound is missing.")
        if recorder.error and not isinstance(recorder.error, DeviceError):
            raise recorder.error
        if recorder.listener_error and watched:
            self._screen.warn("Silence could not be told from speech in this answer; the recording is complete.")
        if recorder.error:
            self._screen.warn(f"{recorder.error.message} The {recorder.elapsed_s:.0f} s before that are kept.")

    def _wait_for_microphone(self) -> End:
        while True:
            self._screen.say("Connect a microphone, then press Enter to go on with your answer; q finishes.")
            if self._keys.wait(ENTER, "q") == "q":
                return End.FINISHED
            try:
                self._microphone, self._heard = self._find_microphone(), False
            except DeviceError as missing:
                self._screen.warn(f"{missing.message} {missing.hint}".strip())
            else:
                return End.LOST

    def _listen(
        self, take: Take, how: Callable[[Path, Question, int], AnswerReport], *, show: bool = True
    ) -> AnswerReport | None:
        """Report on a take. Whatever fails here costs the candidate this report, not the session."""
        recording = self._store.path(take)
        try:
            with self._screen.working("Listening back …"):
                answer = how(recording, take.step.question, take.take)
        except ModelError:  # no later take would fare better
            resume = f"voicemock resume {self._store.folder.name}"
            self._screen.warn(f"What you said is kept. Once the model works again, `{resume}` listens to it.")
            raise
        except Exception as error:
            reason = error.message if isinstance(error, VoicemockError) else f"{type(error).__name__}: {error}"
            self._screen.warn(f"This take could not be analysed ({reason}). It is kept: {recording}")
            self._store.fail(take, reason)
            return None
        answer = msgspec.structs.replace(answer, notes=(*answer.notes, *take.troubles), candidate_notes=take.notes)
        self._store.save(recording, answer)
        if show and (take.ended is Ended.ANSWERED or answer.transcript.words):
            self._screen.say(f"\n{render_summary(answer)}")
        return answer

    def _say(self, text: str) -> None:
        if text:
            self._screen.say(text)
            self._speaker.say(text)

    def _report(self, *, finished: bool) -> Path:
        report = assemble(self._store.answers, session=self._store.info)
        page = self._store.write_report(report, finished=finished)
        if report.answers:
            self._screen.say(f"\n{render_next_steps(report)}")
        if report.session and report.session.not_analysed:
            self._screen.warn(f"\n{render_not_analysed(report.session)}")
        return page


def _follow_up(question: Question, probe: FollowUp, name: str, target_s: tuple[float, float] = FOLLOW_UP_S) -> Question:
    return Question(
        id=f"{question.id}-{name}",
        text=probe.text,
        kind=question.kind,
        expects=(probe.signal,) if probe.signal else (),
        target_s=target_s,
    )
