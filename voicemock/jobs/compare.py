"""The takes of one question: which questions were answered, and the page on which takes are heard beside each other."""

__all__ = ["Answered", "answered", "takes_page"]

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from voicemock.archive.practised import Practised
from voicemock.archive.takes import read_takes
from voicemock.progress.compare import Compared
from voicemock.progress.compare_page import READ, render_compared


class Answered(msgspec.Struct, frozen=True):
    """A question that was answered. text: as it was asked last."""

    id: str
    text: str
    takes: int


def answered(rows: Sequence[Practised]) -> tuple[Answered, ...]:
    """Return the questions of these answers, those with the most takes first."""
    takes = Counter(row.question.id for row in rows if row.question)
    texts = {row.question.id: row.question.text for row in rows if row.question}
    return tuple(Answered(id, texts[id], count) for id, count in takes.most_common())


def takes_page(compared: Compared, *, page_in: Path, tell: Callable[[str], None]) -> str:
    """Return the page on the latest takes, to lie in a folder; tell: is told which cannot be read."""
    told = list(read_takes([(take.session, take.place) for take in compared.takes[-READ:]], tell=tell))
    return render_compared(compared, told, page_in=page_in)
