"""The stage of an interview as a page shows it."""

__all__ = ["PageStage"]

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import msgspec

from voicemock.archive.feedback import quiet_checks
from voicemock.interview.interview import BETWEEN_KEYS, FOLLOW_UP
from voicemock.interview.stage import TurnView
from voicemock.page.board import Board, Line, Live, Phase, Put
from voicemock.page.reply import on_the_page
from voicemock.report.in_short import strength_said, summary
from voicemock.schema import AnswerReport, Question, SessionReport

PACE_S = 0.1
"""The shortest time between two looks at a recording; a key is shown at once."""


class PageStage:
    """Puts on the board what an interview shows.

    blind: questions are heard, not shown.
    """

    def __init__(self, board: Board, *, blind: bool = False) -> None:
        self._board = board
        self._blind = blind
        self._shown_at = 0.0
        self._shown: Live | None = None
        self._over = False

    def told(self, text: str) -> None:
        """Show something about the session; the keys are buttons here."""
        if (text := text.strip()) and text != BETWEEN_KEYS:
            self._board.say(Line(on_the_page(text)))

    def warned(self, text: str) -> None:
        """Show that something went wrong that does not end the session."""
        self._board.say(Line(on_the_page(text.strip()), warning=True))

    def asked(self, question: Question, heading: str) -> None:
        """Show the question and what it tests; what was said before makes room, warnings do not."""
        warnings = tuple(line for line in self._board.scene.said if line.warning)
        put = Put(heading=heading, text=question.text, tests=question.tests, target_s=question.target_s)
        if self._blind:
            put = Put(heading=heading, text=None, target_s=question.target_s)
        summary = self._board.scene.summary if heading == FOLLOW_UP else ()  # what a follow-up is about
        self._board.turn(phase=Phase.ASKING, put=put, said=warnings[-2:], live=None, keys=(), summary=summary)

    def unspoken(self, question: Question) -> None:
        """Show a question that could not be heard, and all that follow."""
        self._blind = False
        if put := self._board.scene.put:
            shown = msgspec.structs.replace(put, text=question.text, tests=question.tests, spoken=False)
            self._board.show(put=shown)

    @contextmanager
    def recording(self, view: TurnView) -> Iterator[None]:
        """Show a recording until the context ends."""
        self._shown = None
        self._board.turn(phase=Phase.RECORDING, live=_live(view), keys=())
        try:
            yield
        finally:
            self._board.turn(phase=Phase.LISTENING, live=None)

    def moved(self, view: TurnView) -> None:
        """Show where a recording stands: what a key did at once, the level several times a second."""
        live, shown, now = _live(view), self._shown, time.monotonic()
        states = shown and (shown.paused, shown.message, shown.unheard, shown.partial)
        if states == (live.paused, live.message, live.unheard, live.partial) and now - self._shown_at < PACE_S:
            return
        self._shown, self._shown_at = live, now
        self._board.show(live=live)

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Show that the answer is listened to."""
        self._board.show(phase=Phase.LISTENING)
        yield

    def heard(self, answer: AnswerReport, *, earlier: bool = False) -> None:
        """Show the figures, the signals and the one thing to change."""
        self._board.show(summary=summary(answer, quiet=quiet_checks()), earlier=earlier)

    def reported(self, lines: Sequence[str]) -> None:
        """Show what a drill or a round says of an answer, or of all of them."""
        self._board.show(**{"report" if self._over else "summary": tuple(map(on_the_page, lines))})

    def ended(self, report: SessionReport) -> None:
        """Show what to change next, and what is missing from the report."""
        self._over = True
        own = bool(report.answers)  # a drill has a report of its own
        left_out = report.session.not_analysed if report.session else ()
        self._board.show(
            worked=tuple(map(strength_said, report.what_worked if own else ())),
            steps=tuple(step.text for step in report.next_steps if own),
            missing=tuple(
                f"“{one.question}” (take {one.take}): {one.reason or 'not listened to yet'}" for one in left_out
            ),
        )


def _live(view: TurnView) -> Live:
    recorder = view.recorder
    return Live(
        elapsed_s=round(recorder.elapsed_s, 1),
        level_db=round(recorder.level_db, 1),
        clipped=recorder.clipped,
        paused=view.paused,
        unheard=view.unheard and not view.paused,
        counts=view.counts,
        countdown_s=None if view.countdown_s is None else round(view.countdown_s),
        partial=view.partial,
        message=view.message,
    )
