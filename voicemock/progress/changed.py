"""Counts that changed: ten engineers in one telling of a story, eight in a later one.

An interviewer who hears both trusts neither. But two tellings may be two stories, and two numbers may count two things,
so nothing is said unless everything else agrees.
"""

__all__ = ["Changed", "Told", "changed"]

from collections import defaultdict
from collections.abc import Sequence

import msgspec

from voicemock.archive.practised import Practised
from voicemock.progress.sessions import Sitting
from voicemock.reading.amounts import Amount
from voicemock.reading.retold import by_noun, differ, same_story, telling


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """A number as it was told."""

    value: float
    quote: str
    session: str
    started_at: str


class Changed(msgspec.Struct, frozen=True, kw_only=True):
    """A count that was told differently; question: the one both answers are to. was, now: the earlier and the later."""

    question: str
    noun: str
    was: Told
    now: Told


def changed(sessions: Sequence[Sitting]) -> tuple[Changed, ...]:
    """Return the counts whose last telling differs from an earlier one of the same story, the latest first."""
    told: dict[str, list[Practised]] = defaultdict(list)
    for sitting in sessions:
        for row in sitting.answers:
            if row.question and row.amounts:
                told[row.question.id].append(row)
    found = [one for rows in told.values() for one in _of_question(rows)]
    places = {sitting.session.id: sitting.place for sitting in sessions}
    return tuple(sorted(found, key=lambda one: (places[one.now.session], one.noun), reverse=True))


def _of_question(rows: Sequence[Practised]) -> list[Changed]:
    """Compare each telling with the one before it of the same story; of several changes of a count, keep the last."""
    found: dict[str, Changed] = {}
    words = [telling(row.said) for row in rows]
    for later, row in enumerate(rows):
        earlier = next((at for at in range(later - 1, -1, -1) if same_story(words[at], words[later])), None)
        if earlier is None or rows[earlier].session.id == row.session.id:
            continue
        before, now = by_noun(rows[earlier].amounts), by_noun(row.amounts)
        for noun in before.keys() & now.keys():
            if differ(before[noun], now[noun]):
                asked = row.question.text if row.question else ""
                was, then = _told(rows[earlier], before[noun]), _told(row, now[noun])
                found[noun] = Changed(question=asked, noun=noun, was=was, now=then)
            else:
                found.pop(noun, None)  # told alike again
    return list(found.values())


def _told(row: Practised, amount: Amount) -> Told:
    return Told(value=amount.value, quote=amount.quote, session=row.session.id, started_at=row.session.started_at)
