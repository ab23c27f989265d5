"""The plan: within the day's minutes, balanced, stories first, the weak before the strong; what was done is done."""

import datetime
import random
from collections import Counter

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.weeks import row
from voicemock.archive.practised import Practised
from voicemock.preparation.planning.aims import Aims
from voicemock.preparation.planning.plan import plan_of
from voicemock.preparation.planning.plan_lines import DIMENSIONS, command_of, plan_lines, title_of
from voicemock.preparation.planning.planned import Day, Ground, Item, Plan, Task
from voicemock.preparation.schedule import schedule_of
from voicemock.preparation.stories.coverage import coverage_of
from voicemock.preparation.stories.story import Story
from voicemock.progress.judged import Verdict
from voicemock.progress.summary import progress_of
from voicemock.questions.sets import QuestionSet
from voicemock.schema import Dimension, Kind, Question, Round, SessionInfo, SignalName

TODAY = datetime.date(2026, 12, 1)
DAY = datetime.timedelta(days=1)
EXPECTS = (SignalName.SITUATION, SignalName.ACTION, SignalName.RESULT, SignalName.METRIC)
NAMES = ("architecture", "coaching", "feedback", "delivery")
"""A competency for each side of the job."""


def question(n: int, **fields: object) -> Question:
    side = n % 4
    found = {
        "id": f"q{n}",
        "text": f"Question {n}?",
        "kind": Kind.BEHAVIOURAL,
        "competencies": (NAMES[side], f"extra-{n % 12}"),
        "expects": EXPECTS,
        "dimension": tuple(Dimension)[side],
        "rounds": (tuple(Round)[side],),
        "variants": (f"Other {n}?",),
    }
    return Question(**(found | fields))


CORE = QuestionSet(id="core", title="Core", description="", questions=tuple(map(question, range(48))))
KNOWN = {one.id: one for one in CORE.questions}


def aims(days: int = 28, **fields: object) -> Aims:
    return Aims(**({"interview": TODAY + days * DAY, "began": TODAY, "id": "x"} | fields))


def ground(rows=(), stories: tuple[Story, ...] = (), *, new: int = 0, sets=(CORE,)) -> Ground:
    """Return what a plan is made of; new: how many of the stories, from the end, were written today."""
    asked = {name for one in sets for q in one.questions for name in q.competencies}
    return Ground(
        rows=rows,
        sets=sets,
        usual=sets[0].id,
        covered=sets,
        coverage=coverage_of(stories, asked, {}),
        this_morning=coverage_of(stories[: len(stories) - new], asked, {}),
        stories=len(stories),
    )


def took(
    id: str, date: datetime.date, heard: int | None = 4, *, of: str = "core", form: str | None = None, known=KNOWN
) -> Practised:
    at = datetime.datetime.combine(date, datetime.time(19), tzinfo=datetime.UTC).isoformat()
    expected = {name: None if heard is None else n < heard for n, name in enumerate(EXPECTS)}
    info = SessionInfo(id=f"{at}-{id}", title="Core", started_at=at, question_set=of, form=form)
    return row(info, known[id], expected=expected)


def together(*ids: str, on: datetime.date, form: str | None = "loop/people", heard: int = 0) -> list[Practised]:
    """Return answers of one session."""
    (first, *others) = [took(id, on, heard, form=form) for id in ids]
    return [first, *(msgspec.structs.replace(one, session=first.session) for one in others)]


def days(plan: Plan) -> list[Day]:
    return [day for week in plan.weeks for day in week.days]


def tasks(day: Day) -> list[Task]:
    return [item.task for item in day.items]


ALL = tuple(
    Story(id=name, title=name, competencies=(name,)) for name in {c for q in CORE.questions for c in q.competencies}
)

answers = st.lists(
    st.tuples(st.sampled_from(sorted(KNOWN)), st.integers(0, 40), st.sampled_from([None, 0, 1, 2, 3, 4])), max_size=20
)


def history(taken) -> list[Practised]:
    return [took(id, TODAY - ago * DAY, heard) for id, ago, heard in sorted(taken, key=lambda one: -one[1])]


@given(answers, st.integers(0, 70), st.integers(10, 180), st.integers(1, 8))
@settings(max_examples=60, deadline=None)
def test_days_keep_to_their_minutes_and_weeks_to_their_sides(taken, until, minutes, weeks):
    stories = ALL[: len(taken)]
    found = plan_of(aims(until, minutes=minutes, weeks=weeks), ground(history(taken), stories), today=TODAY)
    every = days(found)
    assert all(day.minutes <= minutes for day in every)
    assert all(item.minutes >= 1 for day in every for item in day.items)
    assert [day.date for day in every] == [
        max(TODAY, found.aims.start) + n * DAY for n in range(min(until, 7 * weeks))
    ], "every day until the interview, and none after it"
    for week in found.weeks:
        if len(week.days) == 7:
            sides = {item.dimension for day in week.days for item in day.items}
            assert set(Dimension) <= sides
    if every:
        assert tasks(every[-1]) == [Task.PACK]
        assert every[-1].minutes <= minutes // 2
    assert [week.number for week in found.weeks] == list(range(1, len(found.weeks) + 1))


@given(answers, st.integers(2, 40))
@settings(max_examples=40, deadline=None)
def test_the_weak_come_before_the_strong_and_each_once(taken, until):
    rows = [one for one in history(taken) if not one.session.started_at.startswith(str(TODAY))]
    found = plan_of(aims(until, weeks=8), ground(rows, ALL), today=TODAY)
    asked = [item for day in days(found) for item in day.items if item.task in (Task.DUE, Task.NEW)]
    assert len({item.about for item in asked}) == len(asked)
    shares = {
        one.key: one.heard / one.asked if one.asked else 1.0 for one in progress_of(rows, today=TODAY).competencies
    }
    for side in Dimension:
        new = [item.question for item in asked if item.task is Task.NEW and item.dimension is side]
        weak = [min(shares.get(name, 0.0) for name in one.competencies) for one in new]
        assert weak == sorted(weak)
    for day in days(found):
        due = [item for item in day.items if item.task is Task.DUE]
        on = schedule_of(rows, KNOWN, today=day.date)
        grades = {one.question.id: one.weakness for one in on.due}
        assert [grades[item.about] for item in due] == sorted(grades[item.about] for item in due)


@given(answers, st.integers(1, 28), st.integers(10, 60), st.integers(0, 4))
@settings(max_examples=40, deadline=None)
def test_what_was_done_today_is_ticked_and_never_planned_again_today(taken, until, minutes, heard):
    rows = [one for one in history(taken) if not one.session.started_at.startswith(str(TODAY))]
    before = plan_of(aims(until, minutes=minutes), ground(rows, ALL), today=TODAY).now
    done = list(rows)
    for item in before.items:
        done += held(item, TODAY, heard)
    after = plan_of(aims(until, minutes=minutes), ground(done, ALL), today=TODAY)
    assert [msgspec.structs.replace(item, done=False) for item in after.now.items] == list(before.items)
    assert all(item.done for item in after.now.items if item.task is not Task.PACK)
    if before.items[0].task is not Task.PACK:
        assert "All done for today." in plan_lines(after)


def held(item: Item, date: datetime.date, heard: int) -> list[Practised]:
    """Return the answers that an item asks for."""
    if item.task is Task.MOCK:
        return together(*ids_of(item), on=date, heard=heard)
    return [took(id, date, heard) for id in ids_of(item)]


def ids_of(item: Item) -> list[str]:
    if item.task is Task.MOCK:
        return [one.id for one in CORE.questions if one.dimension is item.dimension][:2]
    return [item.about] if item.question else []


def test_a_week_trains_every_side_twice_but_one_and_the_weakest_first():
    rows = [took("q3", TODAY - 9 * DAY, 0), took("q0", TODAY - 9 * DAY, 4), took("q1", TODAY - 9 * DAY, 2)]
    found = plan_of(aims(), ground(rows, ALL), today=TODAY)
    execution, feedback, people, technical = (
        Dimension.EXECUTION,
        Dimension.COMMUNICATION,
        Dimension.ORGANISATIONAL_LEADERSHIP,
        Dimension.TECHNICAL_LEADERSHIP,
    )
    assert [side.dimension for side in found.sides] == [feedback, execution, people, technical]
    assert [day.dimension for day in found.weeks[0].days][:4] == [feedback, execution, people, technical]
    assert sorted(Counter(day.dimension for day in found.weeks[0].days).values()) == [1, 2, 2, 2]


def test_a_week_begun_goes_on_with_what_it_lacks():
    ahead = took("q0", TODAY + DAY, None)  # the clock was wrong once
    beside = msgspec.structs.replace(ahead, expected={SignalName.ON_TOPIC: True})
    rows = [took("q0", TODAY - DAY, 0), took("q2", TODAY - DAY, 0), took("q3", TODAY - DAY, 0), beside]
    found = plan_of(aims(26, began=TODAY - 2 * DAY), ground(rows, ALL), today=TODAY)
    assert found.now.dimension is Dimension.ORGANISATIONAL_LEADERSHIP, "the only side without an answer this week"
    assert len(found.weeks[0].days) == 5
    assert (found.done.since, found.done.answers, found.done.days) == (TODAY - 2 * DAY, 3, 1)
    assert {side.dimension: side.week for side in found.sides}[Dimension.EXECUTION] == 1
    assert sum(side.asked for side in found.sides) == 3 * len(EXPECTS)


def test_stories_come_before_anything_else_in_the_first_week_and_only_there():
    found = plan_of(aims(), ground(), today=TODAY)
    first = days(found)[:7]
    assert [tasks(day)[0] for day in first] == [Task.STORY] * 7
    assert Task.NEW in tasks(first[0])
    assert not any(Task.STORY in tasks(day) for day in days(found)[7:])
    assert [day.items[0].about for day in first][:4] == [
        NAMES[list(Dimension).index(day.dimension)] for day in first[:4]
    ]
    assert found.gaps[:4] == ("architecture", "coaching", "delivery", "feedback"), "asked for most, then by name"


def test_ten_minutes_are_a_story_or_a_question():
    found = plan_of(aims(minutes=10), ground(), today=TODAY)
    assert {len(day.items) for day in days(found)} == {1}
    assert days(found)[0].minutes == 10


def test_a_day_on_another_side_than_the_gap_has_time_for_both_or_leaves_the_story():
    only = tuple(story for story in ALL if story.id != "coaching")
    enough, short = (plan_of(aims(minutes=minutes), ground(stories=only), today=TODAY).now for minutes in (21, 20))
    assert [tasks(day) for day in (enough, short)] == [[Task.STORY, Task.NEW], [Task.STORY]]
    assert enough.dimension is short.dimension is Dimension.ORGANISATIONAL_LEADERSHIP
    dimensionless = msgspec.structs.replace(
        CORE, questions=(*CORE.questions, question(99, dimension=None, competencies=("odd",)))
    )
    enough, short = (
        plan_of(aims(minutes=minutes), ground(stories=ALL, sets=(dimensionless,)), today=TODAY).now
        for minutes in (21, 20)
    )
    assert [tasks(day) for day in (enough, short)] == [[Task.STORY, Task.NEW], [Task.NEW] * 3]
    assert enough.dimension is not None


def test_a_story_of_today_is_ticked_once_it_is_there_and_no_other_is_asked_for_today():
    before = plan_of(aims(), ground(stories=ALL[:2]), today=TODAY)
    gap = before.now.items[0].about
    story = Story(id="s", title="s", competencies=(gap,))
    after = plan_of(aims(), ground(stories=(*ALL[:2], story), new=1), today=TODAY)
    assert after.now.items[0] == msgspec.structs.replace(before.now.items[0], done=True)
    assert command_of(after.now.items[0]) == ""
    assert after.now.items[1:] == before.now.items[1:]
    assert f"- [x] Write down a story for {gap} (15 min)" in plan_lines(after)
    planned = [
        item.about for plan in (before, after) for day in days(plan) for item in day.items if item.task is Task.STORY
    ]
    assert planned.count(gap) == 2, "once in each, on the first day"
    assert planned == [*planned[:7]] * 2


def test_the_last_week_holds_a_round_for_each_side_and_the_others_none():
    found = plan_of(aims(), ground(stories=ALL), today=TODAY)
    rounds = [(n, item) for n, day in enumerate(days(found)) for item in day.items if item.task is Task.MOCK]
    assert [n for n, _ in rounds] == [21, 22, 23, 24]
    assert {item.dimension for _, item in rounds} == set(Dimension)
    item = rounds[0][1]
    assert command_of(item) == f"voicemock loop {item.about} --dimension {item.dimension} --minutes 30"
    for minutes, lasts in ((15, 15), (39, 39), (41, 40)):
        found = plan_of(aims(minutes=minutes), ground(stories=ALL), today=TODAY)
        assert {one.minutes for day in days(found) for one in day.items if one.task is Task.MOCK} == {lasts}
    short = plan_of(aims(4), ground(), today=TODAY)
    assert [tasks(day)[:2] for day in days(short)[:3]] == [[Task.STORY, Task.MOCK]] * 3, "stories first, even then"
    none = plan_of(aims(minutes=14), ground(stories=ALL), today=TODAY)
    assert not any(Task.MOCK in tasks(day) for day in days(none))


def test_a_round_is_of_the_kind_that_has_most_questions_on_its_side():
    more = [question(n, id=f"z{n}", rounds=(Round.STRATEGY, Round.MOTIVATION)) for n in range(0, 52, 4)]
    found = plan_of(
        aims(6),
        ground(stories=ALL, sets=(CORE, msgspec.structs.replace(CORE, id="z", questions=tuple(more)))),
        today=TODAY,
    )
    kinds = {one.dimension: one.about for day in days(found) for one in day.items if one.task is Task.MOCK}
    assert kinds[Dimension.TECHNICAL_LEADERSHIP] == "strategy", "a kind that `voicemock loop` knows"
    assert kinds[Dimension.ORGANISATIONAL_LEADERSHIP] == "technical-leadership"
    one = msgspec.structs.replace(CORE, questions=CORE.questions[:5])
    found = plan_of(aims(6), ground(stories=ALL, sets=(one,)), today=TODAY)
    sides = {item.dimension for day in days(found) for item in day.items if item.task is Task.MOCK}
    assert sides == {Dimension.TECHNICAL_LEADERSHIP}, "one question is no round"


def test_a_round_is_done_once_a_whole_round_asked_two_of_its_side():
    start = aims(6)
    item = plan_of(start, ground(stories=ALL), today=TODAY).now.items[0]

    def ticked(rows):
        return plan_of(start, ground(rows, ALL), today=TODAY).now.items[0].done

    assert item.task is Task.MOCK
    assert ticked(together(*ids_of(item), on=TODAY))
    assert not ticked(together(*ids_of(item)[1:], on=TODAY))
    assert not ticked(together(*ids_of(item), on=TODAY, form=None)), "questions are not a whole round"
    assert not ticked([took(id, TODAY, form="loop/people") for id in ids_of(item)]), "two of one each"


def test_a_round_held_this_week_is_not_planned_again():
    def sides(rows):
        found = plan_of(aims(7 - bool(rows)), ground(rows, ALL), today=TODAY)
        return {item.dimension for day in days(found) for item in day.items if item.task is Task.MOCK}

    assert sides([]) == set(Dimension)
    assert sides(together("q0", "q4", on=TODAY - DAY)) == set(Dimension) - {Dimension.TECHNICAL_LEADERSHIP}
    assert sides(together("q0", "q1", on=TODAY - DAY)) == set(Dimension)
    assert sides(together("q0", "q4", on=TODAY - DAY, form=None)) == set(Dimension)
    assert sides(together("q0", "q4", on=TODAY - 2 * DAY)) == set(Dimension), "that was the week before"


def test_concepts_and_drills_are_planned_only_for_those_who_use_their_set():
    concepts = QuestionSet(
        id="concepts",
        title="",
        description="",
        questions=tuple(question(n, id=f"c{n}", kind=Kind.CONCEPT) for n in range(100, 200)),
    )

    def asked(rows):
        found = plan_of(aims(60, weeks=8), ground(rows, ALL, sets=(CORE, concepts)), today=TODAY)
        return {item.about[0] for day in days(found) for item in day.items if item.task is Task.NEW}

    assert asked([]) == {"q"}
    known = {one.id: one for one in concepts.questions}
    assert asked([took("c100", TODAY - 9 * DAY, of="concepts", known=known)]) == {"q", "c"}


def test_what_went_badly_today_comes_back_in_the_days_to_come():
    planned = plan_of(aims(), ground(stories=ALL), today=TODAY).now.items[0].about
    tomorrow = days(plan_of(aims(), ground([took(planned, TODAY, 0)], ALL), today=TODAY))[1]
    assert (Task.DUE, planned) in {(item.task, item.about) for item in tomorrow.items}


def test_a_stronger_question_that_is_shorter_does_not_overtake_a_weak_one():
    slow = question(1, target_s=(60.0, 600.0))
    sets = (msgspec.structs.replace(CORE, questions=(question(0), slow, *CORE.questions[2:])),)
    rows = [took("q0", TODAY - 9 * DAY, 0), took("q1", TODAY - 8 * DAY, 1), took("q4", TODAY - 7 * DAY, 2)]

    def due(minutes):
        return [
            item.about for item in plan_of(aims(minutes=minutes), ground(rows, ALL, sets=sets), today=TODAY).now.items
        ]

    assert due(39) == ["q0", "q1", "q4", "q2"], "the last is new, on the day's side"
    assert due(38) == ["q0", "q1", "q2"]
    assert due(32) == ["q0", "q2"], "q4 would fit, and waits for q1"
    assert due(20) == ["q0", "q4", "q2"], "q1 fits into no such day"


def test_questions_without_a_side_fill_a_day_after_those_of_its_side():
    own = QuestionSet(
        id="own",
        title="",
        description="",
        questions=tuple(question(n, id=f"own-{n}", dimension=None if n > 3 else Dimension.EXECUTION) for n in range(8)),
    )
    now = plan_of(aims(), ground(stories=ALL, sets=(own,)), today=TODAY).weeks[0].days
    execution = next(day for day in now if day.dimension is Dimension.EXECUTION)
    sides = [item.dimension for day in now for item in day.items]
    assert None in sides
    assert execution.items[0].dimension is Dimension.EXECUTION


def test_a_side_without_a_new_question_is_asked_one_again():
    few = QuestionSet(id="few", title="", description="", questions=CORE.questions[:4])
    found = plan_of(aims(14), ground(stories=ALL, sets=(few,)), today=TODAY)
    assert [tasks(day) for day in days(found)[3:5]] == [[Task.NEW], [Task.AGAIN]]
    assert "1 once more." in "\n".join(plan_lines(found))
    twice = QuestionSet(id="few", title="", description="", questions=CORE.questions[:8])
    every = days(plan_of(aims(28, minutes=10), ground(stories=ALL, sets=(twice,)), today=TODAY))
    again = [day.items[0].about for day in every if tasks(day) == [Task.AGAIN]]
    counts = Counter(again)
    assert len(counts) == 8
    assert all(abs(counts[f"q{n}"] - counts[f"q{n + 4}"]) <= 1 for n in range(4)), "they take turns"


def test_a_question_of_no_set_is_asked_by_plain_practice():
    gone = question(77, dimension=None)
    found = plan_of(aims(), ground([took("q77", TODAY - DAY, 0, known={"q77": gone})], ALL), today=TODAY)
    item = next(item for item in found.now.items if item.about == "q77")
    assert command_of(item) == "voicemock practice"
    assert command_of(msgspec.structs.replace(item, known=True)) == "voicemock practice --question q77"


@pytest.mark.parametrize(
    ("until", "weeks", "first", "number", "said"),
    [
        (0, 4, None, 0, "Nothing to practise."),
        (1, 4, 0, 1, "light"),
        (3, 4, 0, 1, "Today, Tuesday 1 December"),
        (28, 4, 0, 4, "Week 4 of 4"),
        (29, 4, 1, 4, "The plan begins on Wednesday 2 December"),
        (182, 4, 154, 4, "The plan begins on Tuesday 4 May"),
        (10, 26, 0, 2, "Week 2 of 2"),
    ],
)
def test_however_far_away_the_day_is(until, weeks, first, number, said):
    found = plan_of(aims(until, weeks=weeks), ground(), today=TODAY)
    assert found.number_of_weeks == number
    every = days(found)
    assert (every[0].date if every else None) == (None if first is None else TODAY + first * DAY)
    assert said in "\n".join(plan_lines(found))


def test_four_weeks_of_a_user_who_follows_the_plan():
    """Simulated clock: answers get better; at every step the plan, what is due, the gaps and the progress agree."""
    chance = random.Random(17)
    start = aims()
    rows: list[Practised] = []
    stories: list[Story] = []
    gaps_by_week = []
    for n in range(28):
        today = TODAY + n * DAY
        found = plan_of(start, ground(tuple(rows), tuple(stories)), today=today)
        due = schedule_of(rows, KNOWN, today=today)
        due_ids = {one.question.id for one in due.due}
        planned = found.now
        assert found.due == len(due.due)
        assert {item.about for item in planned.items if item.task is Task.DUE} <= due_ids
        coverage = coverage_of(stories, {c for q in CORE.questions for c in q.competencies}, {})
        assert set(found.gaps) == set(coverage.gaps)
        if n % 7 == 0:
            gaps_by_week.append(len(found.gaps))
        shown = progress_of(rows, today=today)
        assert sum(side.asked for side in found.sides) == sum(one.asked for one in shown.signals)
        assert sum(side.heard for side in found.sides) == sum(one.heard for one in shown.signals)
        assert not [one for one in shown.trends if one.verdict is Verdict.WORSE], "nothing got worse"
        for item in planned.items:
            if item.task is Task.STORY:
                stories.append(Story(id=item.about, title=item.about, competencies=(item.about,)))
            for id in ids_of(item):
                asked = next((one.question for one in due.due if one.question.id == id), KNOWN[id])
                if item.task is not Task.MOCK:
                    assert item.question == asked, "in the words in which `due` has it"
                heard = sum(chance.random() < 0.3 + 0.65 * n / 27 for _ in EXPECTS)
                done = held(item, today, heard)
                rows += [one for one in done if one.question and one.question.id == id]
        new = sum(item.task is Task.STORY for item in planned.items)
        after = plan_of(start, ground(tuple(rows), tuple(stories), new=new), today=today)
        assert all(item.done or item.task is Task.PACK for item in after.now.items)
    assert gaps_by_week == sorted(gaps_by_week, reverse=True)
    assert (gaps_by_week[0], gaps_by_week[1]) == (16, 9)
    shown = progress_of(rows, today=today)
    assert [one.series.key for one in shown.moved if one.verdict is Verdict.BETTER], "what was planted is found"
    practised = Counter(one.question.dimension for one in rows)
    assert min(practised.values()) > max(practised.values()) / 2
    last = plan_of(start, ground(tuple(rows), tuple(stories)), today=start.interview)
    assert last.weeks == ()


def test_a_round_is_called_by_its_side_and_a_far_start_by_its_year():
    item = plan_of(aims(6), ground(stories=ALL), today=TODAY).now.items[0]
    assert item.task is Task.MOCK and item.dimension
    assert title_of(item).startswith(f"A whole round on {DIMENSIONS[item.dimension]}, ")
    lines = "\n".join(plan_lines(plan_of(aims(7), ground(stories=ALL), today=TODAY)))
    assert ". A whole round, " in lines or ". A whole round." in lines
    assert "begins on Tuesday 4 May 2027" in "\n".join(plan_lines(plan_of(aims(182), ground(), today=TODAY)))
    assert "- no stories yet for" in "\n".join(plan_lines(plan_of(aims(6), ground(), today=TODAY)))
