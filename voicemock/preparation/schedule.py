"""What is due: questions come back by how well they went, the weak sooner, in other words.

Pure: a history and a day in, what is due out. The intervals are those of FSRS (https://github.com/open-spaced-repetition),
with its published parameters; they were fitted to flashcards, not to interviews.
"""

__all__ = ["DUE", "Due", "Grade", "Schedule", "grade_of", "heard_of", "schedule_of"]

import datetime
import enum
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from voicemock.archive.practised import Practised
from voicemock.preparation.wording import last_wordings, reworded
from voicemock.progress.sessions import Sitting, sittings
from voicemock.schema import Question, SignalName

if TYPE_CHECKING:
    from fsrs import Card

DUE = "due"
"""The id of the set that is made of what is due."""
WEAK, FAIR = 0.5, 0.75
"""Shares of the expected signals: below the first an answer is weak, below the second it needs work; and the findings
that lower a grade, or keep it from the best (voicemock defaults, unvalidated)."""
MOST_FINDINGS, FEW_FINDINGS = 3, 1
LONGEST_DAYS = 28
"""A preparation is four weeks long in the articles: nothing stays away for longer, and a question that is in no set
comes back for no longer (voicemock default, unvalidated)."""
A_DAY = datetime.timedelta(days=1)
NOON = datetime.time(12, tzinfo=datetime.UTC)
"""Every review is put at one time of its day, so that intervals are whole days."""


class Grade(enum.IntEnum):
    """How an answer went, as FSRS counts it."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """One question, in the words it is to be asked in next.

    on: the day from which it is due. last: when it was answered last, None if no date can be read. grade: of that
    answer, None if it could not be told. heard, asked: of the signals it expected.
    """

    question: Question
    on: datetime.date
    last: datetime.date | None
    grade: Grade | None
    heard: int
    asked: int

    @property
    def weakness(self) -> tuple[float, float, datetime.date, str]:
        """Return what to sort by, so that the weakest comes first."""
        share = self.heard / self.asked if self.asked else 1.0
        return (self.grade or Grade.HARD, share, self.on, self.question.id)


class Schedule(msgspec.Struct, frozen=True, kw_only=True):
    """Every question that was practised, in one of the two. due: now, the weak first. later: the soonest first."""

    due: tuple[Due, ...]
    later: tuple[Due, ...]
    schema_version: int = 1


def schedule_of(rows: Sequence[Practised], known: Mapping[str, Question], *, today: datetime.date) -> Schedule:
    """Return what is due and what comes later; no question of a set that was practised is in neither.

    known: the questions of all sets, by id. One that is in none, because its set is gone or is a file elsewhere, comes
    back as it was asked, for four weeks after the last session of its set in which it was answered.
    """
    answers: dict[str, list[tuple[datetime.date | None, Practised]]] = {}
    sessions = sittings(rows)
    for sitting in sessions:
        ahead = sitting.day and sitting.day > today + A_DAY  # by a clock set wrongly: as good as no date
        for row in sitting.answers:
            if row.question:
                answers.setdefault(row.question.id, []).append((None if ahead else sitting.day, row))
    lately = _lately(sessions, today)
    last = last_wordings(rows)
    found = [
        _next(reworded(question, last), given)
        for id, given in answers.items()
        if (question := known.get(id) or (given[-1][1].question if id in lately else None))
    ]
    return Schedule(
        due=tuple(sorted((one for one in found if one.on <= today), key=lambda one: one.weakness)),
        later=tuple(sorted((one for one in found if one.on > today), key=lambda one: (one.on, one.question.id))),
    )


def _lately(sessions: Sequence[Sitting], today: datetime.date) -> frozenset[str]:
    """Return the questions answered in the last weeks in a session of their own set, not because they were due."""
    since = today - datetime.timedelta(days=LONGEST_DAYS)
    own = (one for one in sessions if one.session.question_set != DUE and one.day and one.day >= since)
    return frozenset(row.question.id for one in own for row in one.answers if row.question)


def grade_of(row: Practised) -> Grade | None:
    """Return how an answer went; None if it could not be judged, which is no fault of the answer."""
    heard, asked = heard_of(row)
    findings = len(row.findings)
    if "off_topic" in row.findings:
        return Grade.AGAIN
    if not asked:
        if row.expected:
            return None
        return Grade.HARD if findings > MOST_FINDINGS else Grade.GOOD
    if heard < WEAK * asked:
        return Grade.AGAIN
    if heard < FAIR * asked or findings > MOST_FINDINGS:
        return Grade.HARD
    return Grade.EASY if heard == asked and findings <= FEW_FINDINGS else Grade.GOOD


def heard_of(row: Practised) -> tuple[int, int]:
    """Return how many of the signals an answer's question expected were heard, and of how many that could be told."""
    told = [heard for name, heard in row.expected.items() if name is not SignalName.ON_TOPIC and heard is not None]
    return sum(told), len(told)


def _next(question: Question, given: Sequence[tuple[datetime.date | None, Practised]]) -> Due:
    """Return when a question comes back; given: its answers in their order."""
    last_day, row = given[-1]
    days = [day for day, _ in given if day]
    last = max(days, default=None)
    card = _card({day: grade for day, grade in _graded(given) if day})
    on = card.due.date() if card else datetime.date.min
    if last:
        on = max(on, last + A_DAY)  # never twice on one day, judged or not
    heard, asked = heard_of(row)
    return Due(question=question, on=on, last=last_day, grade=grade_of(row), heard=heard, asked=asked)


def _graded(
    given: Sequence[tuple[datetime.date | None, Practised]],
) -> Iterator[tuple[datetime.date | None, Grade]]:
    for day, row in given:
        if (grade := grade_of(row)) is not None:
            yield day, grade


def _card(reviews: Mapping[datetime.date, Grade]) -> "Card | None":
    """Return FSRS's card after one review a day, the last of that day; None without any."""
    from fsrs import Card, Rating, Scheduler

    scheduler = Scheduler(learning_steps=(), relearning_steps=(), maximum_interval=LONGEST_DAYS, enable_fuzzing=False)
    card = None
    for day in sorted(reviews):
        at = datetime.datetime.combine(day, NOON)
        card, _ = scheduler.review_card(card or Card(card_id=1), Rating(int(reviews[day])), at)
    return card
