"""A question that comes back is asked in other words."""

__all__ = ["worded_anew"]

from voicemock.archive.history import history
from voicemock.preparation.wording import last_wordings, reworded
from voicemock.schema import Question


def worded_anew(questions: tuple[Question, ...]) -> tuple[Question, ...]:
    """Return the questions, those that were answered before in the wording after their last."""
    last = last_wordings(history())  # what is damaged is told elsewhere
    return tuple(reworded(question, last) for question in questions)
