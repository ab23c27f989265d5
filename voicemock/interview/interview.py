"""The spoken session: which question is asked when, and what happens next."""

__all__ = ["BETWEEN_KEYS", "FOLLOW_UP", "Interview", "Probe"]

import contextlib
import itertools
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from voicemock.analyze import assemble
from voicemock.archive.feedback import quiet_checks
from voicemock.archive.progress import Take
from voicemock.archive.store import Store
from voicemock.errors import SessionError
from voicemock.interview.manners import BARE, Manner
from voicemock.interview.stage import ENTER, Room
from voicemock.interview.takes import Takes
from voicemock.interview.turn import KEYS_END, TurnEnd
from voicemock.schema import AnswerReport, FollowUp, Question

FOLLOW_UP = "Follow-up"
BETWEEN_KEYS = "Enter goes on · r answers again · q finishes"

FOLLOW_UP_S = (10.0, 60.0)
"""A good answer to a probe (voicemock default, unvalidated)."""

IN_SHORT_S = (3.0, 20.0)
"""The one sentence asked for when an answer is cut short (voicemock default, unvalidated)."""


Probe = Callable[[Sequence[AnswerReport], int], FollowUp | None]
"""What is asked next, if anything; given the answers to a question and what was asked after it, and a count from 1."""


class Interview:
    """One session from the first question, or the one it was cut short at, to the report.

    store: holds the plan and how much of it is done; every step is on disk before the next begins.
    manner: the interviewer's wording and how much is probed.
    probe: decides what is asked after an answer; by default what it left out, as often as the manner has it.
    pause: whether to wait for a key after each answer.
    """

    def __init__(
        self, store: Store, room: Room, *, manner: Manner = BARE, probe: Probe | None = None, pause: bool = True
    ) -> None:
        self._store = store
        self._questions = store.progress.questions
        self._setup = store.progress.setup
        self._room = room
        self._stage = room.stage
        self._manner = manner
        self._next = probe or self._left_out
        self._pause = pause
        self._takes = Takes(store, room, first_word_s=manner.first_word_s)

    def run(self) -> Path:
        """Ask what is left to ask and return the path of the report, which is written however the session ends."""
        try:
            self._catch_up()
            self._ask_all()
        except KeyboardInterrupt:
            self._stage.warned("Stopped. Writing the report on what you answered.")
            if self._store.waiting:
                self._stage.warned("One take has not been listened to yet; `voicemock resume` will do that.")
                return self._report(finished=False)
        except BaseException:  # a closed terminal too: the report first
            with contextlib.suppress(SessionError):  # report what ended the session, not what followed from it
                if self._store.answers:
                    self._report(finished=False)
            raise
        return self._report(finished=True)

    def _catch_up(self) -> None:
        """Listen to what an earlier run recorded but never listened to."""
        for take in self._store.waiting:
            self._takes.listen(take, self._room.ear.analyse)

    def _ask_all(self) -> None:
        remaining = self._store.progress.remaining
        for step in remaining:
            if step.follow_up:
                end, _ = self._ask(step.number, step.question, FOLLOW_UP)
            else:
                end = self._question(step.number, step.question)
            if end is TurnEnd.FINISHED:
                return
        if remaining:
            self._say(self._manner.closing)

    def _question(self, number: int, question: Question) -> TurnEnd:
        """Ask one question and its follow-ups, as often as the candidate wants to answer it."""
        self._say(self._manner.greeting if number == 1 else self._manner.leads[number % len(self._manner.leads)])
        while True:
            end, answer = self._ask(number, question, f"Question {number} of {len(self._questions)}")
            if end is TurnEnd.CUT_SHORT:
                end, _ = self._ask(number, self._in_short(question), "")
                end = TurnEnd.FINISHED if end is TurnEnd.FINISHED else TurnEnd.ANSWERED
                if answer:
                    self._stage.heard(answer, earlier=True)
            elif end is TurnEnd.ANSWERED and answer:
                end = self._probes(number, question, answer)
            if end is TurnEnd.ANSWERED and self._pause:
                self._room.keys.clear()  # an impatient Enter does not skip what was found either
                self._stage.told(f"\n{BETWEEN_KEYS}")
                end = KEYS_END[self._room.keys.wait(ENTER, "r", "q")]
            if end is not TurnEnd.AGAIN:
                return end

    def _probes(self, number: int, question: Question, answer: AnswerReport) -> TurnEnd:
        """Ask back until there is nothing more to ask."""
        given = [answer]
        for count in itertools.count(1):
            if (probe := self._next(given, count)) is None:
                break
            end, more = self._ask(number, _follow_up(question, probe, f"follow-up-{count}"), FOLLOW_UP)
            if end is TurnEnd.FINISHED:
                return end
            given += [more] if more else []
        return TurnEnd.ANSWERED

    def _left_out(self, given: Sequence[AnswerReport], count: int) -> FollowUp | None:
        probes = given[0].follow_ups[: self._manner.follow_ups]
        return probes[count - 1] if count <= len(probes) else None

    def _in_short(self, question: Question) -> Question:
        return _follow_up(question, FollowUp(text=self._manner.cut_in, trigger="too long"), "in-short", IN_SHORT_S)

    def _ask(self, number: int, question: Question, heading: str) -> tuple[TurnEnd, AnswerReport | None]:
        """Ask and record until there is an answer, or none is wanted; without a heading it has already been asked."""
        self._store.ask(number, question)
        if heading:
            self._put(question, heading)
        if number < len(self._questions):
            self._room.speaker.prepare(self._questions[number].text)
        if self._may_cut_in(question):
            self._room.speaker.prepare(self._manner.cut_in)
        while True:
            end, answer = self._answer(question)
            if end is TurnEnd.AGAIN:
                self._stage.told("Starting over.")
            if end is TurnEnd.LOST:
                end = self._takes.wait_for_microphone()
            if end not in (TurnEnd.AGAIN, TurnEnd.LOST):
                return end, answer

    def _put(self, question: Question, heading: str) -> None:
        """Show a question and say it."""
        self._stage.asked(question, heading)
        if not self._room.speaker.say(question.text):
            self._stage.unspoken(question)

    def _may_cut_in(self, question: Question) -> bool:
        return self._setup.interruptions and bool(self._manner.cut_in) and question in self._questions

    def _answer(self, question: Question) -> tuple[TurnEnd, AnswerReport | None]:
        """Record one take and, unless it is thrown away, listen back to it."""
        end, take = self._takes.record(question, may_cut_in=self._may_cut_in(question))
        if not take.reported or not self._store.path(take).exists():
            self._room.ear.abandon()
            return end, None
        if end is TurnEnd.CUT_SHORT:
            return end, self._cut_in(take)
        return end, self._takes.listen(take, self._room.ear.finish)

    def _cut_in(self, take: Take) -> AnswerReport | None:
        """Stop the candidate at once; the answer is listened to while the interviewer speaks."""
        question = take.step.question
        with ThreadPoolExecutor(1) as beside:
            heard = beside.submit(self._room.ear.finish, self._store.path(take), question, take.take)
            self._put(self._in_short(question), "The interviewer cuts in")
            return self._takes.listen(take, lambda *_: heard.result(), show=False)

    def _say(self, text: str) -> None:
        if text:
            self._stage.told(text)
            self._room.speaker.say(text)

    def _report(self, *, finished: bool) -> Path:
        info = self._store.info
        report = assemble(self._store.answers, session=info, quiet=() if info.demo else quiet_checks())
        page = self._store.write_report(report, finished=finished)
        self._stage.ended(report)
        return page


def _follow_up(question: Question, probe: FollowUp, name: str, target_s: tuple[float, float] = FOLLOW_UP_S) -> Question:
    return Question(
        id=f"{question.id}-{name}",
        text=probe.text,
        kind=question.kind,
        expects=(probe.signal,) if probe.signal else (),
        target_s=target_s,
    )
