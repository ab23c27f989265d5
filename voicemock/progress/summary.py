"""All that is told of a history, as values; ``docs/progress.md`` describes them."""

__all__ = ["SCHEMA_VERSION", "Heard", "Progress", "progress_of", "sets_used"]

import datetime
from collections import Counter
from collections.abc import Collection, Sequence

import msgspec

from voicemock.archive.practised import Practised
from voicemock.archive.predictions import Predicted
from voicemock.progress.calibration import Calibrated, calibration
from voicemock.progress.changed import Changed, changed
from voicemock.progress.days import Day, Trained, days, not_yet, trained
from voicemock.progress.habits import Habit, crutch_words, pet_phrases
from voicemock.progress.judged import Judged, Verdict, judge
from voicemock.progress.series import competencies, delivery, heard_signals
from voicemock.progress.sessions import Sitting, sittings
from voicemock.schema import SignalName
from voicemock.signals import signals

SCHEMA_VERSION = 1


class Heard(msgspec.Struct, frozen=True, kw_only=True):
    """A signal over all answers: asked for, heard, and how often more it could not be told."""

    key: SignalName
    name: str
    heard: int
    asked: int
    unknown: int


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """A session that counts, in its place."""

    id: str
    started_at: str
    answers: int


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """What weeks of practice show.

    answers: to questions of their own, the last take of each. models: that heard them, in the order they first did.
    trends: every series, family by family.
    """

    schema_version: int
    sessions: tuple[Session, ...]
    answers: int
    spoken_s: float
    models: tuple[str, ...]
    trends: tuple[Judged, ...]
    signals: tuple[Heard, ...]
    crutch_words: tuple[Habit, ...]
    pet_phrases: tuple[Habit, ...]
    changed: tuple[Changed, ...]
    days: tuple[Day, ...]
    competencies: tuple[Trained, ...]
    not_yet: tuple[str, ...]
    calibration: tuple[Calibrated, ...] = ()

    @property
    def moved(self) -> tuple[Judged, ...]:
        """What is claimed: the better first."""
        claims = [one for one in self.trends if one.verdict in (Verdict.BETTER, Verdict.WORSE)]
        return tuple(sorted(claims, key=lambda one: one.verdict is Verdict.WORSE))


def progress_of(
    rows: Sequence[Practised],
    *,
    today: datetime.date,
    known: Collection[str] = (),
    reviews: bool = False,
    predicted: Sequence[Predicted] = (),
) -> Progress:
    """Return what a history shows; known: the competencies of the sets that were used."""
    sessions = sittings(rows, reviews=reviews)
    said = [row for sitting in sessions for row in sitting.everything]
    return Progress(
        schema_version=SCHEMA_VERSION,
        sessions=tuple(
            Session(id=s.session.id, started_at=s.session.started_at, answers=len(s.answers)) for s in sessions
        ),
        answers=sum(len(sitting.answers) for sitting in sessions),
        spoken_s=sum(row.length_s or 0.0 for row in said),
        models=tuple(dict.fromkeys(row.model for row in said)),
        trends=(*judge(delivery(sessions)), *judge(heard_signals(sessions)), *judge(competencies(sessions))),
        signals=_heard(sessions),
        crutch_words=crutch_words(sessions),
        pet_phrases=pet_phrases(sessions),
        changed=changed(sessions),
        days=days(sessions),
        competencies=trained(sessions, today=today),
        not_yet=not_yet(sessions, known),
        calibration=calibration(predicted),
    )


def sets_used(rows: Sequence[Practised]) -> frozenset[str]:
    """Return the ids of the question sets that were practised."""
    return frozenset(row.session.question_set for row in rows if row.session.question_set and not row.session.form)


def _heard(sessions: Sequence[Sitting]) -> tuple[Heard, ...]:
    """Return each signal that was expected, those most often asked for first."""
    told = Counter((n, one) for s in sessions for row in s.answers for n, one in row.expected.items())
    found = [
        Heard(
            key=name,
            name=signals()[name].name,
            heard=told[name, True],
            asked=told[name, True] + told[name, False],
            unknown=told[name, None],
        )
        for name in {name for name, _ in told} - {SignalName.ON_TOPIC}
    ]
    return tuple(sorted(found, key=lambda one: (-one.asked - one.unknown, one.name)))
