"""What weeks of practice show, from every stored session."""

__all__ = ["find_progress"]

import datetime
from collections.abc import Callable

from voicemock.archive.history import history
from voicemock.archive.predictions import all_predictions
from voicemock.progress.summary import Progress, progress_of, sets_used
from voicemock.questions.sets import list_sets


def find_progress(today: datetime.date, *, reviews: bool, tell: Callable[[str], None]) -> Progress:
    """Return this user's progress; reviews: recordings count too. tell: is told what is damaged."""
    rows = history(tell=tell)
    used = sets_used(rows)
    known = {c for one in list_sets() if one.id in used for question in one.questions for c in question.competencies}
    return progress_of(rows, today=today, known=known, reviews=reviews, predicted=all_predictions(tell=tell))
