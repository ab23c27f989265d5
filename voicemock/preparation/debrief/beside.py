"""Practice beside the real thing: what was practised of a question, and how that went."""

__all__ = ["Beside", "How", "beside"]

import enum
from collections.abc import Sequence

import msgspec

from voicemock.archive.practised import Practised
from voicemock.preparation.competencies import competencies_in
from voicemock.preparation.debrief.questions import same_question
from voicemock.preparation.schedule import Grade, grade_of, heard_of
from voicemock.progress.sessions import sittings
from voicemock.schema import Question


class How(enum.StrEnum):
    """How near to the question the practised one is."""

    SAME = "same"
    COMPETENCY = "competency"


class Beside(msgspec.Struct, frozen=True, kw_only=True):
    """What was practised. how: the same question, or others that test the same competency, which is named.

    times: sessions in which it was answered. day: of the last, as an ISO date. text: the question of the last.
    heard, asked: of the signals it expected then. grade: of that answer, None if it could not be told.
    """

    how: How
    times: int
    day: str
    text: str
    heard: int
    asked: int
    grade: Grade | None
    competency: str = ""


def beside(question: Question, rows: Sequence[Practised]) -> Beside | None:
    """Return what was practised of a question, None if nothing was; rows: the history, the oldest first."""
    answers = [(one.day, row) for one in sittings(rows) for row in one.answers if row.question and one.day]
    practised = {row.question.text: row.question for _, row in answers if row.question}
    same = same_question(question.text, tuple(practised.values()))
    ids = {question.id, *((same.id,) if same else ())}
    found = [(day, row) for day, row in answers if row.question and row.question.id in ids]
    competency = ""
    if not found and not question.follow_up_to:
        for competency in question.competencies or tuple(competencies_in(question.text)):
            found = [(day, row) for day, row in answers if row.question and competency in row.question.competencies]
            if found:
                break
    if not found:
        return None
    day, row = found[-1]
    heard, asked = heard_of(row)
    return Beside(
        how=How.COMPETENCY if competency else How.SAME,
        times=len({row.session.id for _, row in found}),
        day=str(day),
        text=row.question.text if row.question else "",
        heard=heard,
        asked=asked,
        grade=grade_of(row),
        competency=competency,
    )
