"""The rows that count: of practice, the last take of each answer, by session."""

__all__ = ["Sitting", "counts", "sittings"]

import datetime
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from voicemock.archive.practised import Practised
from voicemock.schema import SessionInfo

REVIEWS = ("Review", "Debrief")
"""The titles of sessions made of what was recorded elsewhere."""


class Sitting(NamedTuple):
    """One session.

    place: among all that count, from 0. answers: to its own questions, the take that counts of each.
    everything: that was said, follow-ups too, without replaced takes.
    """

    place: int
    session: SessionInfo
    answers: tuple[Practised, ...]
    everything: tuple[Practised, ...]

    @property
    def day(self) -> datetime.date | None:
        """Return the day it was begun on, None if its date cannot be read."""
        try:
            return datetime.datetime.fromisoformat(self.session.started_at).date()
        except ValueError:
            return None


def sittings(rows: Sequence[Practised], *, reviews: bool = False) -> tuple[Sitting, ...]:
    """Return the sessions with an answer in the order of the rows, the oldest first.

    The demo's answers are nobody's, and those of a drill are forced. Recordings that were reviewed may be anybody's, so
    they count only if asked for.
    """
    found: list[Sitting] = []
    for _, group in groupby(rows, key=lambda row: row.session.id):
        said = [row for row in group if not row.replaced and row.said]
        if said and counts(said[0].session, reviews=reviews):
            own = tuple(row for row in said if row.follows is None)
            found.append(Sitting(len(found), said[0].session, own, tuple(said)))
    return tuple(found)


def counts(session: SessionInfo, *, reviews: bool) -> bool:
    """Return whether a session is the user's own practice, and no drill; reviews: recordings made elsewhere are."""
    if session.demo or session.exercise:
        return False
    return session.question_set is not None or reviews or session.title not in REVIEWS
