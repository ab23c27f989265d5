"""What a plan holds, what it is made of, and how its weeks are counted."""

__all__ = [
    "Day",
    "Done",
    "Ground",
    "Item",
    "Plan",
    "Side",
    "Task",
    "Week",
    "gaps_of",
    "sides_of",
    "week_began",
    "weeks_left",
]

import datetime
import enum
from collections import Counter
from collections.abc import Sequence

import msgspec

from voicemock.archive.practised import Practised
from voicemock.preparation.planning.aims import Aims
from voicemock.preparation.stories.coverage import Coverage
from voicemock.progress.sessions import sittings
from voicemock.questions.sets import QuestionSet
from voicemock.schema import Dimension, Question, SignalName

DAYS = 7


class Task(enum.StrEnum):
    """What an item asks for."""

    STORY = "story"
    MOCK = "mock"
    DUE = "due"
    NEW = "new"
    AGAIN = "again"
    """A question that would come back later, or is not new: there is no other on that side of the job."""
    PACK = "pack"


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to do.

    about: a competency without a story, a kind of round, or a question's id. known: whether
    ``voicemock practice --question`` finds the question.
    """

    task: Task
    minutes: int
    about: str = ""
    dimension: Dimension | None = None
    question: Question | None = None
    known: bool = True
    done: bool = False


class Day(msgspec.Struct, frozen=True, kw_only=True):
    """One day; dimension: the side of the job it is about, None on the last day."""

    date: datetime.date
    dimension: Dimension | None
    items: tuple[Item, ...]

    @property
    def minutes(self) -> int:
        """Return how long all of it takes, done or not."""
        return sum(item.minutes for item in self.items)


class Week(msgspec.Struct, frozen=True, kw_only=True):
    """Days that are still to come, today among them; number: from 1, as they were counted when the plan was made."""

    number: int
    days: tuple[Day, ...]


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """One side of the job; week: answers this week. heard, asked: of the signals expected in all its answers."""

    dimension: Dimension
    week: int
    heard: int
    asked: int

    @property
    def share(self) -> float:
        """Return how much was heard, 0 if it was never practised."""
        return self.heard / self.asked if self.asked else 0.0


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """What was done in the week that today is in, which began on a day."""

    since: datetime.date
    answers: int
    days: int


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """A plan as it is on a day; sides: the weakest first. gaps: competencies without a story, the most asked first."""

    aims: Aims
    today: datetime.date
    number_of_weeks: int
    weeks: tuple[Week, ...]
    sides: tuple[Side, ...]
    gaps: tuple[str, ...]
    stories: int
    due: int
    done: Done

    @property
    def now(self) -> Day | None:
        """Return today, None before the plan's first day and on the day of the interview."""
        return next((day for week in self.weeks for day in week.days if day.date == self.today), None)


class Ground(msgspec.Struct, frozen=True, kw_only=True):
    """What a plan is made of.

    sets: all question sets, and the usual one if it is a file elsewhere. usual: its id. covered: the sets that the
    stories are held against; coverage: what they cover. stories: how many there are. this_morning: what those cover
    that were not written or changed today.
    """

    rows: Sequence[Practised]
    sets: Sequence[QuestionSet]
    usual: str
    covered: Sequence[QuestionSet]
    coverage: Coverage
    this_morning: Coverage
    stories: int


def weeks_left(aims: Aims, day: datetime.date) -> int:
    """Return how many whole weeks come after the week of a day; weeks end on the day before the interview."""
    return max(0, (aims.interview - day).days - 1) // DAYS


def week_began(aims: Aims, day: datetime.date) -> datetime.date:
    """Return the first day of a day's week."""
    return aims.interview - datetime.timedelta(days=DAYS * (weeks_left(aims, day) + 1))


def sides_of(rows: Sequence[Practised], *, since: datetime.date) -> tuple[Side, ...]:
    """Return how the four sides of the job stand, the weakest first, in the order they have where they are equal."""
    week: Counter[Dimension] = Counter()
    heard: Counter[Dimension] = Counter()
    asked: Counter[Dimension] = Counter()
    for sitting in sittings(rows):
        for row in sitting.answers:
            if row.question and (side := row.question.dimension):
                told = [one for name, one in row.expected.items() if name is not SignalName.ON_TOPIC]
                heard[side] += sum(one is True for one in told)
                asked[side] += sum(one is not None for one in told)
                week[side] += bool(sitting.day and sitting.day >= since)
    every = [Side(dimension=one, week=week[one], heard=heard[one], asked=asked[one]) for one in Dimension]
    return tuple(sorted(every, key=lambda side: side.share))


def gaps_of(ground: Ground, coverage: Coverage) -> tuple[str, ...]:
    """Return the competencies without a story, those that most questions ask for first."""
    weights = Counter(name for one in ground.covered for question in one.questions for name in question.competencies)
    return tuple(sorted(coverage.gaps, key=lambda name: (-weights[name], name)))
