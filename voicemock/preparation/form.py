"""How a session is held that is no plain practice: what is said, asked back, shown and kept.

A drill, a round and the candidate's own questions are forms. The interview itself is the same.
"""

__all__ = ["SILENCE", "Form", "Material", "held"]

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from voicemock.coaching.standing import standings
from voicemock.interview.interview import Probe
from voicemock.interview.manners import BARE, Manner
from voicemock.interview.stage import Ear, Room, Stage
from voicemock.phrases import clock
from voicemock.preparation.stories.story import Story
from voicemock.report.words import target
from voicemock.schema import AnswerReport, Pronouns, Question, SessionReport

SILENCE = "(The interviewer says nothing.)"
"""A stage direction, for it stands in brackets: it is shown, and never said."""
NOT_JUDGED = "This was a warm-up: nothing was judged."


class Material(msgspec.Struct, frozen=True, kw_only=True):
    """What answers may be held against. known: all questions of all sets. notes: on the firm, empty without any."""

    stories: tuple[Story, ...] = ()
    known: tuple[Question, ...] = ()
    notes: str = ""


def _length(answer: AnswerReport, _: Material) -> Sequence[str]:
    """Say how long an answer was against what was asked for."""
    if answer.duration_s is None or answer.question is None:
        return ["You said nothing that could be heard."]
    return [f"{clock(answer.duration_s)} of {target(answer.question)}."]


def _nothing(*_: object) -> Sequence[str]:
    return ()


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """What makes a session another than practice.

    manner: what the interviewer says around the questions. probe: what is asked after an answer; None for what a
    manner asks. pause: whether a key is waited for between answers. judged: whether answers are kept with what was
    found in them. after: the lines shown after an answer. ended: the lines shown at the end. next_steps: whether the
    usual three things to change come before those.
    """

    manner: Manner = BARE
    probe: Probe | None = None
    pause: bool = True
    judged: bool = True
    after: Callable[[AnswerReport, Material], Sequence[str]] = _length
    ended: Callable[[Sequence[AnswerReport], Material], Sequence[str]] = _nothing
    next_steps: bool = False


def held(form: Form, room: Room, material: Material) -> Room:
    """Return a room in which sessions of this form are held."""
    ear = room.ear if form.judged else _UnjudgingEar(room.ear)
    return Room(room.find_microphone, room.speaker, ear, room.keys, _FormStage(room.stage, form, material))


class _FormStage:
    """Shows what the form says of answers; everything else as the stage behind it does."""

    def __init__(self, stage: Stage, form: Form, material: Material) -> None:
        self._stage, self._form, self._material = stage, form, material
        self.told, self.warned, self.asked, self.unspoken = stage.told, stage.warned, stage.asked, stage.unspoken
        self.recording, self.moved, self.listening = stage.recording, stage.moved, stage.listening
        self.reported = stage.reported

    def heard(self, answer: AnswerReport, *, earlier: bool = False) -> None:  # noqa: ARG002
        """Show what the form says of an answer."""
        self._report(self._form.after(answer, self._material))

    def ended(self, report: SessionReport) -> None:
        """Show what the form says of the session, and what is missing from the report."""
        shown = report if self._form.next_steps else msgspec.structs.replace(report, answers=())
        self._stage.ended(shown)
        found = zip(report.answers, standings(report.answers), strict=True)
        self._report(
            self._form.ended([answer for answer, stands in found if stands.replaced_by is None], self._material)
        )

    def _report(self, lines: Sequence[str]) -> None:
        if lines:
            self.reported(lines)


class _UnjudgingEar:
    """Listens as the ear behind it does, and keeps the words alone."""

    def __init__(self, ear: Ear) -> None:
        self._ear = ear
        self.begin, self.feed, self.abandon = ear.begin, ear.feed, ear.abandon

    @property
    def partial(self) -> str:
        """The words so far."""
        return self._ear.partial

    @property
    def filled_pauses(self) -> int:
        """None: they are not counted either."""
        return 0

    def finish(self, recording: Path, question: Question, take: int) -> AnswerReport:
        """Return the words of the take that was fed."""
        return _unjudged(self._ear.finish(recording, question, take))

    def analyse(self, recording: Path, question: Question, take: int) -> AnswerReport:
        """Return the words of a recording made earlier."""
        return _unjudged(self._ear.analyse(recording, question, take))


def _unjudged(answer: AnswerReport) -> AnswerReport:
    return AnswerReport(
        question=answer.question,
        recording=answer.recording,
        transcript=answer.transcript,
        fillers=(),
        pronouns=Pronouns(),
        signals={},
        measures={},
        findings=(),
        take=answer.take,
        notes=(*answer.notes, NOT_JUDGED),
        asides=answer.asides,
    )
