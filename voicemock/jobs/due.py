"""What `voicemock practice` asks if no set is named: what is due, and then what was never asked."""

__all__ = ["DUE", "due_set", "find_schedule"]

import datetime
from collections.abc import Callable, Mapping, Sequence

from voicemock.archive.history import history
from voicemock.archive.practised import Practised
from voicemock.preparation.schedule import Schedule, schedule_of
from voicemock.progress.days import trained
from voicemock.progress.sessions import sittings
from voicemock.progress.summary import sets_used
from voicemock.questions.sets import QuestionSet, list_sets
from voicemock.schema import Question

DUE = "due"
"""The id of the set that is made of what is due."""


def find_schedule(today: datetime.date, *, tell: Callable[[str], None]) -> Schedule:
    """Return the schedule of this user's history."""
    return schedule_of(history(tell=tell), _known(list_sets()), today=today)


def due_set(count: int, today: datetime.date) -> QuestionSet | None:
    """Return the questions that are due, at most so many, the weak first; None if none is.

    Where fewer are due, questions of the sets in use that were never asked follow, those of the weakest competencies
    first.
    """
    rows = history()
    sets = list_sets()
    due = [one.question for one in schedule_of(rows, _known(sets), today=today).due][:count]
    if not due:
        return None
    used = sets_used(rows)
    fresh = _fresh([one for one in sets if one.id in used], rows, today)
    questions = (*due, *fresh[: count - len(due)])
    return QuestionSet(id=DUE, title="What is due", description="", questions=questions)


def _known(sets: Sequence[QuestionSet]) -> Mapping[str, Question]:
    return {question.id: question for one in sets for question in one.questions}


def _fresh(sets: Sequence[QuestionSet], rows: Sequence[Practised], today: datetime.date) -> list[Question]:
    """Return the questions of some sets that were never asked; a competency never practised is the weakest."""
    asked = {row.question.id for row in rows if row.question}
    shares = {one.key: one.heard / one.asked if one.asked else 1.0 for one in trained(sittings(rows), today=today)}
    new = [question for one in sets for question in one.questions if question.id not in asked]
    return sorted(new, key=lambda question: min((shares.get(name, 0.0) for name in question.competencies), default=1.0))
