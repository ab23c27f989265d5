"""The pages of takes side by side: the questions that were answered, and one of them in its frame."""

__all__ = ["answered_questions", "takes", "takes_document"]

from typing import TYPE_CHECKING

import msgspec

from voicemock.errors import UnknownNameError
from voicemock.page.house import House
from voicemock.page.reply import Asked, Page, Reply
from voicemock.page.sessions import framed

if TYPE_CHECKING:
    from voicemock.jobs.compare import Answered
    from voicemock.progress.compare import Compared


class Answers(msgspec.Struct, frozen=True):
    """The questions that were answered, those with the most takes first."""

    questions: "tuple[Answered, ...]"


class Takes(msgspec.Struct, frozen=True):
    """The takes of a question; known: it is in a set, and can be asked again."""

    compared: "Compared"
    known: bool


def answered_questions(_house: House, _asked: Asked) -> Page:
    """Return the list."""
    from voicemock.archive.history import history
    from voicemock.jobs.compare import answered
    from voicemock.progress.compare import own_answers

    return Page("compare", Answers(answered(own_answers(history()))))


def takes(_house: House, asked: Asked) -> Page:
    """Return the page around the takes of a question."""
    from voicemock.questions.sets import list_sets

    known = {question.id for one in list_sets() for question in one.questions}
    found = _compared(asked.at["id"])
    return Page("takes", Takes(found, found.question in known))


def takes_document(_house: House, asked: Asked) -> Reply:
    """Return the page on which they are heard beside each other."""
    from voicemock.jobs.compare import takes_page
    from voicemock.paths import user_data_dir

    page = takes_page(_compared(asked.at["id"]), page_in=user_data_dir(), tell=lambda _: None)
    return framed(page.encode("utf-8", "replace"))


def _compared(id: str) -> "Compared":
    from voicemock.archive.history import history
    from voicemock.progress.compare import compare, own_answers

    rows = own_answers(history())
    found = compare(rows, id)
    if found is None:
        raise UnknownNameError("answered question", id, {row.question.id for row in rows if row.question})
    return found
