"""The days of a plan, one after the other: each takes from what is left to do."""

__all__ = ["Planner", "minutes_for"]

import datetime
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from voicemock.archive.practised import Practised
from voicemock.preparation.planning.aims import Aims
from voicemock.preparation.planning.fresh import never_asked, strengths, weakest
from voicemock.preparation.planning.planned import Day, Ground, Item, Task, gaps_of, sides_of, week_began, weeks_left
from voicemock.preparation.rounds import load_rounds
from voicemock.preparation.schedule import schedule_of
from voicemock.progress.sessions import sittings
from voicemock.progress.summary import sets_used
from voicemock.questions.sets import QuestionSet
from voicemock.schema import EXERCISES, Dimension, Question

STORY_MINUTES, PACK_MINUTES = 15, 15
"""To write a story down, and to read the card of the last day (voicemock defaults, unvalidated)."""
SPOKEN, TO_READ = 2, 1
"""An answer and its follow-ups take twice its longest good length, and the report on it a minute (voicemock defaults,
unvalidated)."""
ROUND_MINUTES = (15, 40)
"""The shortest whole round, in which two questions fit, and the longest (voicemock defaults, unvalidated)."""
OF_ITS_SIDE = 2
"""How many questions on a side of the job make a round one on it (voicemock default, unvalidated)."""
LIGHT = 2
"""By how much the last day is lighter than the others (voicemock default, unvalidated)."""
STORY_DAYS = 7
"""Stories come first in so many days: the first week (voicemock default, unvalidated)."""


def minutes_for(question: Question) -> int:
    """Return how long a question takes, with its follow-ups and a look at the report."""
    return math.ceil(SPOKEN * question.target_s[1] / 60) + TO_READ


class Planner:
    """Plans days in their order; what was answered today was planned this morning.

    due_now: how many questions are due and not answered yet today.
    """

    def __init__(self, aims: Aims, ground: Ground, today: datetime.date) -> None:
        self._aims, self._ground, self._today = aims, ground, today
        self._known = {question.id: question for one in ground.sets for question in one.questions}
        self.due_now = len(schedule_of(ground.rows, self._known, today=today).due)
        this_morning, self._answered = _split(ground.rows, today)
        self._gaps = list(gaps_of(ground, ground.this_morning))
        self._gap_sides = _sides_of_gaps(ground.covered)
        self._written: set[str] = set()
        self._planned: set[str] = set()
        self._again: Counter[str] = Counter()
        self._counts: Counter[Dimension] = Counter()
        self._week = -1
        self._rounds: set[Dimension] = set()
        self._look_at(this_morning)

    def day(self, date: datetime.date) -> Day:
        """Return the next day's plan."""
        if date > self._today and self._rows is not self._ground.rows:
            self._look_at(self._ground.rows)
            self._planned -= {row.question.id for row in self._answered if row.question}
            self._gaps = [gap for gap in gaps_of(self._ground, self._ground.coverage) if gap not in self._written]
        if weeks_left(self._aims, date) != self._week:
            self._week = weeks_left(self._aims, date)
            began = week_began(self._aims, date)
            self._rounds = _with_a_round(self._rows, since=began)
            self._counts = _days_with(self._rows, since=began)
        if date == self._aims.interview - datetime.timedelta(days=1):
            minutes = min(PACK_MINUTES, self._aims.minutes // LIGHT)
            return Day(date=date, dimension=None, items=(Item(task=Task.PACK, minutes=minutes),))
        dimension = self._side_of(date)
        self._counts[dimension] += 1
        return self._ticked(Day(date=date, dimension=dimension, items=tuple(self._items(date, dimension))))

    def _side_of(self, date: datetime.date) -> Dimension:
        """Return the side of the job that had the fewest days this week; of several one with a story to write."""
        lacking = {self._gap_sides.get(gap) for gap in self._gaps} if self._is_early(date) else set()
        return min(self._sides, key=lambda side: (self._counts[side], side not in lacking))

    def _is_early(self, date: datetime.date) -> bool:
        return (date - max(self._aims.start, self._today)).days < STORY_DAYS

    def _look_at(self, rows: Sequence[Practised]) -> None:
        """Plan from here on from these answers."""
        self._rows = rows
        today = self._today
        schedule = schedule_of(rows, self._known, today=today)
        self._back = [*schedule.due, *schedule.later]
        self._shares = strengths(rows, today=today)
        self._sides = [side.dimension for side in sides_of(rows, since=today)]
        used = {*sets_used(rows), self._ground.usual}
        own = [question for one in self._ground.sets if one.id in used for question in one.questions]
        others = [question for one in self._ground.sets if one.id not in used for question in one.questions]
        spoken = [question for question in others if question.kind not in EXERCISES]
        self._new = [*never_asked(own, rows, today=today), *never_asked(spoken, rows, today=today)]

    def _items(self, date: datetime.date, dimension: Dimension) -> Iterator[Item]:
        """Yield what is done on a day: a story, a round, and questions, those that come back first."""
        left = self._aims.minutes
        story = self._story(date, dimension, left)
        left -= story.minutes if story else 0
        mock = self._round(date, dimension, left)
        left -= mock.minutes if mock else 0
        yield from filter(None, (story, mock))
        found: dict[str, Item] = {}
        if not mock:
            must = self._must(date, dimension, self._aims.minutes if story else left)
            if must and must.minutes <= left:
                found[must.about] = must
                left -= must.minutes
                self._again[must.about] += must.task is Task.AGAIN
        room = left
        for item in self._questions(date, dimension):
            if item.about in found or item.minutes > room:
                continue
            if item.minutes > left:
                break  # it comes first tomorrow; what is stronger does not overtake it
            found[item.about] = item
            left -= item.minutes
        self._planned |= found.keys()
        weak = {one.question.id: one.weakness for one in self._back}
        due = sorted((one for one in found.values() if one.task is Task.DUE), key=lambda one: weak[one.about])
        yield from (*due, *(one for one in found.values() if one.task is not Task.DUE))

    def _story(self, date: datetime.date, dimension: Dimension, left: int) -> Item | None:
        """Return a story to write: for a gap of the day's side of the job, else for the greatest if there is time."""
        if not self._is_early(date):
            return None
        minutes = min(STORY_MINUTES, left)
        fitting = [gap for gap in self._gaps if self._gap_sides.get(gap) is dimension]
        if not fitting:
            must = self._must(date, dimension, self._aims.minutes)
            if must and left - minutes < must.minutes:
                return None
        gap = next(iter(fitting or self._gaps), None)
        if gap is None:
            return None
        self._gaps.remove(gap)
        self._written.add(gap)
        return Item(task=Task.STORY, minutes=minutes, about=gap, dimension=self._gap_sides.get(gap))

    def _round(self, date: datetime.date, dimension: Dimension, left: int) -> Item | None:
        """Return a whole round for a side of the job that has had none in the last week."""
        if weeks_left(self._aims, date) or dimension in self._rounds:
            return None
        asked = [one for one in self._known.values() if one.dimension is dimension and one.kind not in EXERCISES]
        counts = Counter(kind for one in asked for kind, form in load_rounds().items() if form.round in one.rounds)
        kind = max(counts, key=lambda one: (counts[one], one), default="")
        if left < ROUND_MINUTES[0] or counts[kind] < OF_ITS_SIDE:
            return None
        self._rounds.add(dimension)
        return Item(task=Task.MOCK, minutes=min(left, ROUND_MINUTES[1]), about=kind, dimension=dimension)

    def _must(self, date: datetime.date, dimension: Dimension, left: int) -> Item | None:
        """Return a question of the day's side of the job: one that is due, a new one, or else any."""
        found = next((one for one in self._questions(date, dimension) if one.dimension is dimension), None)
        if found is None:
            again = [one for one in self._known.values() if one.dimension is dimension]
            again.sort(key=lambda one: (self._again[one.id], weakest(one, self._shares)))
            found = next((self._asked(Task.AGAIN, one) for one in again), None)
        return msgspec.structs.replace(found, minutes=min(left, found.minutes)) if found else None

    def _questions(self, date: datetime.date, dimension: Dimension) -> Iterator[Item]:
        """Yield the questions for a day: what is due by then, the weak first, and new ones of the day's side."""
        due = [one for one in self._back if one.on <= date and one.question.id not in self._planned]
        yield from (self._asked(Task.DUE, one.question) for one in sorted(due, key=lambda one: one.weakness))
        for side in (dimension, None):
            new = (one for one in self._new if one.dimension is side and one.id not in self._planned)
            yield from (self._asked(Task.NEW, one) for one in new)

    def _asked(self, task: Task, question: Question) -> Item:
        return Item(
            task=task,
            minutes=minutes_for(question),
            about=question.id,
            dimension=question.dimension,
            question=question,
            known=question.id in self._known,
        )

    def _ticked(self, day: Day) -> Day:
        """Tick what was done today."""
        if day.date != self._today:
            return day
        return msgspec.structs.replace(day, items=tuple(self._done(item) for item in day.items))

    def _done(self, item: Item) -> Item:
        done = any(row.question.id == item.about for row in self._answered if row.question)
        if item.task is Task.STORY:
            done = item.about not in self._ground.coverage.gaps
        if item.task is Task.MOCK:
            done = item.dimension in _with_a_round(self._answered, since=self._today)
        return msgspec.structs.replace(item, done=done)


def _split(rows: Sequence[Practised], today: datetime.date) -> tuple[list[Practised], list[Practised]]:
    """Return the answers of other days, and those of today that count."""
    now = {sitting.session.id: sitting for sitting in sittings(rows) if sitting.day == today}
    return [row for row in rows if row.session.id not in now], [row for one in now.values() for row in one.answers]


def _days_with(rows: Sequence[Practised], *, since: datetime.date) -> Counter[Dimension]:
    """Return on how many days each side of the job was practised."""
    days = {
        (sitting.day, row.question.dimension)
        for sitting in sittings(rows)
        for row in sitting.answers
        if sitting.day and sitting.day >= since and row.question and row.question.dimension
    }
    return Counter(side for _, side in days if side)


def _with_a_round(rows: Sequence[Practised], *, since: datetime.date) -> set[Dimension]:
    """Return the sides of the job that a whole round asked several questions on."""
    counts = Counter(
        (sitting.place, row.question.dimension)
        for sitting in sittings(rows)
        for row in sitting.answers
        if sitting.day and sitting.day >= since and (sitting.session.form or "").startswith("loop/") and row.question
    )
    return {side for (_, side), count in counts.items() if side and count >= OF_ITS_SIDE}


def _sides_of_gaps(sets: Sequence[QuestionSet]) -> Mapping[str, Dimension]:
    """Return for each competency the side of the job that most questions about it are on."""
    counts: dict[str, Counter[Dimension]] = {}
    for one in sets:
        for question in one.questions:
            if question.dimension:
                for name in question.competencies:
                    counts.setdefault(name, Counter())[question.dimension] += 1
    return {name: max(found, key=lambda side: (found[side], side)) for name, found in counts.items()}
