"""A question that comes back is asked in other words."""

__all__ = ["worded_anew"]

import contextlib

import msgspec

from voicemock.archive.folders import session_folders
from voicemock.archive.progress import Ended, read_progress
from voicemock.errors import SessionError
from voicemock.schema import Question


def worded_anew(question_set: str, questions: tuple[Question, ...]) -> tuple[Question, ...]:
    """Return the questions, those that were answered in the last session of their set in their next wording."""
    last = _last_wordings(question_set)
    return tuple(_next_wording(question, last.get(question.id)) for question in questions)


def _last_wordings(question_set: str) -> dict[str, str]:
    """Return how each question was worded that was answered in the last session of a set, by its id."""
    for folder in session_folders():
        with contextlib.suppress(OSError, SessionError):  # what is damaged, or no such session, is told elsewhere
            progress = read_progress(folder)
            if progress.session.question_set == question_set:
                answered = (take.step for take in progress.takes if take.ended is Ended.ANSWERED)
                return {step.question.id: step.question.text for step in answered if not step.follow_up}
    return {}


def _next_wording(question: Question, last: str | None) -> Question:
    wordings = (question.text, *question.variants)
    if last not in wordings:
        return question
    return msgspec.structs.replace(question, text=wordings[(wordings.index(last) + 1) % len(wordings)])
