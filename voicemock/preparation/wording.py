"""In which words a question comes back: in the wording after the one it was asked in last."""

__all__ = ["last_wordings", "reworded"]

from collections.abc import Iterable, Mapping

import msgspec

from voicemock.archive.practised import Practised
from voicemock.progress.sessions import counts
from voicemock.schema import Question


def last_wordings(rows: Iterable[Practised]) -> dict[str, str]:
    """Return how each question was worded when the user answered it last, whatever the set, by its id.

    rows: the oldest first. The demo and reviews do not count, nor do follow-ups.
    """
    own = (row for row in rows if row.question and not row.follows and counts(row.session, reviews=False))
    return {row.question.id: row.question.text for row in own if row.question}


def reworded(question: Question, last: Mapping[str, str]) -> Question:
    """Return a question in its next wording; done twice, it is as done once.

    last: what ``last_wordings`` returns.
    """
    # One that was reworded before has lost its first words, and carries those it has now among its variants.
    first = () if question.text in question.variants else (question.text,)
    wordings = (*first, *question.variants)
    before = last.get(question.id)
    if before not in wordings:
        return question
    return msgspec.structs.replace(question, text=wordings[(wordings.index(before) + 1) % len(wordings)])
