"""What `voicemock practice` asks if no set is named: what is due, and then what was never asked."""

__all__ = ["DueSet", "due_set", "find_schedule", "usual_set"]

import contextlib
import datetime
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from voicemock.archive.history import history
from voicemock.archive.practised import Practised
from voicemock.errors import VoicemockError
from voicemock.preparation.planning.fresh import never_asked
from voicemock.preparation.schedule import DUE, Schedule, schedule_of
from voicemock.progress.summary import sets_used
from voicemock.questions.sets import QuestionSet, list_sets, load_set
from voicemock.schema import Question


class DueSet(NamedTuple):
    """What is asked. due: how many are due, asked or not. new, early: asked though never before, and before its day."""

    chosen: QuestionSet
    due: int
    new: int
    early: int


def find_schedule(usual: str, today: datetime.date, *, tell: Callable[[str], None]) -> Schedule:
    """Return the schedule of this user's history; usual: the set of the settings. tell: is told what is damaged."""
    return schedule_of(history(tell=tell), _known((*list_sets(), *usual_set(usual))), today=today)


def due_set(count: int, usual: str, today: datetime.date, *, tell: Callable[[str], None]) -> DueSet | None:
    """Return the questions that are due, at most so many, the weak first; None if none is.

    Where fewer are due, others follow: those of the sets in use that were never asked, of the weakest competencies
    first; those that come back later, the soonest first; new ones of the usual set; and last what was answered today.
    usual: the set of the settings. tell: is told what is damaged.
    """
    rows, own = history(tell=tell), usual_set(usual)
    sets = (*list_sets(), *own)
    schedule = schedule_of(rows, _known(sets), today=today)
    if not schedule.due:
        return None
    used = sets_used(rows)
    due = [one.question for one in schedule.due]
    fresh = _fresh([one for one in sets if one.id in used], rows, today)
    spare = _fresh(own, rows, today)
    later = [one.question for one in schedule.later if one.last != today]
    again = [one.question for one in schedule.later if one.last == today]
    found: dict[str, Question] = {}
    for question in (*due, *fresh, *later, *spare, *again):
        found.setdefault(question.id, question)
    asked = tuple(found.values())[:count]
    new = len({question.id for question in asked} & {question.id for question in (*fresh, *spare)})
    early = max(0, len(asked) - len(due) - new)
    title = "What is due, and more" if new or early else "What is due"
    return DueSet(QuestionSet(id=DUE, title=title, description="", questions=asked), len(due), new, early)


def usual_set(name: str) -> tuple[QuestionSet, ...]:
    """Return the set of the settings, which may be a file elsewhere; none if it cannot be read."""
    with contextlib.suppress(VoicemockError, OSError):
        return (load_set(name),)
    return ()


def _known(sets: Sequence[QuestionSet]) -> Mapping[str, Question]:
    return {question.id: question for one in sets for question in one.questions}


def _fresh(sets: Sequence[QuestionSet], rows: Sequence[Practised], today: datetime.date) -> list[Question]:
    return never_asked((question for one in sets for question in one.questions), rows, today=today)
