"""Questions that were never asked, those of the weakest competencies first."""

__all__ = ["never_asked", "strengths", "weakest"]

import datetime
from collections.abc import Iterable, Mapping, Sequence

from voicemock.archive.practised import Practised
from voicemock.progress.days import trained
from voicemock.progress.sessions import sittings
from voicemock.schema import Question


def strengths(rows: Sequence[Practised], *, today: datetime.date) -> Mapping[str, float]:
    """Return how much of what was expected was heard, from 0 to 1, for each competency that was practised."""
    return {one.key: one.heard / one.asked if one.asked else 1.0 for one in trained(sittings(rows), today=today)}


def weakest(question: Question, shares: Mapping[str, float]) -> float:
    """Return the strength of a question's weakest competency; one that was never practised is the weakest."""
    return min((shares.get(name, 0.0) for name in question.competencies), default=1.0)


def never_asked(questions: Iterable[Question], rows: Sequence[Practised], *, today: datetime.date) -> list[Question]:
    """Return the questions that no answer is to, but in a drill, the weakest first."""
    asked = {row.question.id for row in rows if row.question and not row.session.exercise}
    shares = strengths(rows, today=today)
    return sorted((one for one in questions if one.id not in asked), key=lambda one: weakest(one, shares))
