"""What is due: nothing lost, nothing twice a day, the weak before the strong, in other words."""

import datetime
import json
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from tests.practised import answered, begun
from tests.weeks import row
from voicemock.analyze import assemble
from voicemock.archive.practised import Practised
from voicemock.cli import first_run, practice
from voicemock.cli.main import app
from voicemock.config import Config
from voicemock.jobs.due import due_set
from voicemock.jobs.wording import worded_anew
from voicemock.preparation.schedule import LONGEST_DAYS, Grade, Schedule, grade_of, schedule_of
from voicemock.questions.sets import load_set
from voicemock.schema import Kind, Question, SessionInfo, SignalName

START = datetime.date(2026, 11, 2)
EXPECTS = (SignalName.SITUATION, SignalName.ACTION, SignalName.RESULT, SignalName.METRIC)
ASKED = {
    f"q{n}": Question(
        id=f"q{n}", text=f"Text {n}?", kind=Kind.BEHAVIOURAL, expects=EXPECTS, variants=(f"Other {n}?", f"Third {n}?")
    )
    for n in range(8)
}
HEARD = {Grade.AGAIN: 1, Grade.HARD: 2, Grade.GOOD: 3, Grade.EASY: 4}


def on(day: int) -> datetime.date:
    return START + datetime.timedelta(days=day)


def took(
    id: str, day: int, heard: int | None, *, question: Question | None = None, hour: int = 9, **fields
) -> Practised:
    at = datetime.datetime.combine(on(day), datetime.time(hour), tzinfo=datetime.UTC).isoformat()
    info = SessionInfo(id=f"{at}-{id}", title="Core", started_at=at, question_set="em_core")
    expected = {name: None if heard is None else n < heard for n, name in enumerate(EXPECTS)}
    return row(info, question or ASKED[id], expected=expected, **fields)


def ids(found) -> list[str]:
    return [one.question.id for one in found]


@pytest.mark.parametrize(
    ("heard", "findings", "grade"),
    [
        (1, 0, Grade.AGAIN),
        (2, 0, Grade.HARD),
        (3, 0, Grade.GOOD),
        (3, 4, Grade.HARD),
        (4, 2, Grade.GOOD),
        (4, 1, Grade.EASY),
        (None, 9, None),
    ],
)
def test_the_grade_follows_what_was_heard_and_found(heard, findings, grade):
    assert grade_of(took("q0", 0, heard, findings=("pace",) * findings)) is grade


def test_an_answer_beside_the_question_is_weak_and_one_without_expectations_goes_by_its_findings():
    assert grade_of(took("q0", 0, None, findings=("off_topic",))) is Grade.AGAIN
    assert grade_of(msgspec.structs.replace(took("q0", 0, 4), expected={})) is Grade.GOOD
    assert grade_of(msgspec.structs.replace(took("q0", 0, 4), expected={}, findings=("pace",) * 4)) is Grade.HARD


answers = st.lists(
    st.tuples(st.sampled_from(sorted(ASKED)), st.integers(0, 60), st.sampled_from([None, 0, 1, 2, 3, 4])), max_size=30
)


@given(answers, st.integers(0, 120))
@settings(max_examples=60, deadline=None)
def test_nothing_is_lost_and_nothing_is_due_twice_a_day(taken, today):
    rows = [took(*one) for one in sorted(taken, key=lambda one: one[1])]
    found = schedule_of(rows, ASKED, today=on(today))
    every = ids(found.due) + ids(found.later)
    assert sorted(every) == sorted({id for id, _, _ in taken})
    last = {id: day for id, day, _ in sorted(taken, key=lambda one: one[1]) if day <= today + 1}
    for one in (*found.due, *found.later):
        if one.question.id not in last:
            assert one in found.due, "answered by a clock set wrongly"
            continue
        assert one.on > on(last[one.question.id])
        assert (one.on - on(last[one.question.id])).days <= LONGEST_DAYS
    assert [one.on for one in found.later] == sorted(one.on for one in found.later)


@given(answers, st.integers(0, 90))
@settings(max_examples=60, deadline=None)
def test_the_weak_come_before_the_strong(taken, today):
    rows = [took(*one) for one in sorted(taken, key=lambda one: one[1])]
    due = schedule_of(rows, ASKED, today=on(today)).due
    grades = [one.grade or Grade.HARD for one in due]
    assert grades == sorted(grades)


@given(st.lists(st.tuples(st.integers(1, 20), st.sampled_from([0, 2, 3, 4])), max_size=6), st.sampled_from([0, 2, 3]))
@settings(max_examples=60, deadline=None)
def test_with_the_same_past_a_weaker_answer_never_comes_back_later(past, heard):
    day, rows = 0, []
    for gap, before in past:
        rows.append(took("q0", day, before))
        day += gap
    weak, strong = (
        _only(schedule_of([*rows, took("q0", day, now)], ASKED, today=on(day))).on for now in (heard, heard + 1)
    )
    assert weak <= strong


def _only(schedule: Schedule):
    (one,) = (*schedule.due, *schedule.later)
    return one


@given(st.integers(0, 2**32 - 1), st.integers(1, 5))
@settings(max_examples=20, deadline=None)
def test_a_user_of_eight_weeks_who_asks_each_day_sees_every_question_again(seed, a_day):
    """Simulated clock: what is due is asked, at most so many a day, and heard as chance has it."""
    import random

    chance = random.Random(seed)
    rows = [took(id, 0, chance.choice([1, 2, 3, 4])) for id in ASKED]
    wordings = {id: ["Text" + id[1:]] for id in ASKED}
    for day in range(1, 57):
        found = schedule_of(rows, ASKED, today=on(day))
        assert len(found.due) + len(found.later) == len(ASKED)
        for one in found.due[:a_day]:
            rows.append(took(one.question.id, day, chance.choice([1, 2, 3, 4]), question=one.question))
            assert one.question.text != wordings[one.question.id][-1], "never twice in the same words"
            wordings[one.question.id].append(one.question.text)
        again = schedule_of(rows, ASKED, today=on(day))
        assert not set(ids(again.due)) & set(ids(found.due[:a_day]))
    if a_day == 5:
        assert all(len(asked) > 1 for asked in wordings.values())


def test_a_question_comes_back_in_the_next_wording_and_one_of_no_set_as_it_was():
    rows = [took("q0", 0, 1, question=msgspec.structs.replace(ASKED["q0"], text="Third 0?"))]
    assert _only(schedule_of(rows, ASKED, today=on(1))).question.text == "Text 0?"
    gone = _only(schedule_of([took("q1", 0, 1)], {}, today=on(1)))
    assert gone.question.text == "Other 1?"


def test_follow_ups_replaced_takes_the_demo_and_reviews_are_not_scheduled():
    rows = [
        took("q0", 0, 1, follows="q1"),
        took("q1", 0, 1, replaced=True),
        msgspec.structs.replace(took("q2", 0, 1), session=SessionInfo(id="d", title="Demo", started_at="")),
        msgspec.structs.replace(took("q3", 0, 1), session=SessionInfo(id="r", title="Review", started_at="")),
    ]
    assert schedule_of(rows, ASKED, today=on(9)) == Schedule(due=(), later=())


def test_a_date_that_cannot_be_read_or_lies_ahead_loses_nothing_and_keeps_nothing_away():
    lost = msgspec.structs.replace(
        took("q0", 0, 4), session=SessionInfo(id="x", title="Core", started_at="?", question_set="s")
    )
    ahead = took("q1", 400, 4)
    found = schedule_of([lost, ahead], ASKED, today=on(0))
    assert (ids(found.due), ids(found.later)) == (["q0", "q1"], [])
    east, later = took("q2", 1, 4), took("q2", 2, 4)  # tomorrow, where it is that already
    assert ids(schedule_of([east], ASKED, today=on(0)).later) == ["q2"]
    assert ids(schedule_of([later], ASKED, today=on(0)).due) == ["q2"]


def practised(
    day: datetime.date, questions: tuple[Question, ...] | None = None, *, of: str = "em_core", hour: int = 9
) -> Path:
    """Answer two questions of the core set on a day, or those given; of: the set's id."""
    store = begun(questions=questions or load_set("em_core").questions[:2])
    for number in range(1, len(store.progress.questions) + 1):
        answered(store, number)
    started = datetime.datetime.combine(day, datetime.time(hour)).astimezone().isoformat()
    info = msgspec.structs.replace(store.progress.session, started_at=started, question_set=of)
    store.progress = msgspec.structs.replace(store.progress, session=info)
    store.write_report(assemble(store.answers, session=store.info), finished=True)
    store.close()
    return store.folder


def shown(*arguments: str) -> str:
    """Return what a command prints, its lines joined."""
    done = CliRunner().invoke(app, arguments)
    assert not done.exception, done.exception
    return " ".join(done.output.split())


def asked_by(monkeypatch, *arguments: str):
    """Return what `voicemock practice` would ask."""
    held = []
    monkeypatch.setattr(practice, "hold", lambda chosen, questions, *_, **__: held.append((chosen, questions)))
    done = CliRunner().invoke(app, ["practice", *arguments])
    assert not done.exception, done.exception
    return held[0]


TODAY = datetime.datetime.now().astimezone().date()
YESTERDAY = TODAY - datetime.timedelta(days=1)


def test_without_a_history_practice_is_as_it_was(monkeypatch):
    chosen, questions = asked_by(monkeypatch)
    assert chosen.id == "em_core"
    assert len(questions) == 5
    assert set(questions) <= set(load_set("em_core").questions)


def test_without_a_set_what_is_due_is_asked_first_in_other_words_and_new_ones_follow(monkeypatch):
    practised(YESTERDAY)
    core = load_set("em_core").questions
    chosen, questions = asked_by(monkeypatch)
    assert chosen.id == "due"
    assert {q.id for q in questions[:2]} == {q.id for q in core[:2]}
    assert all(q.text in next(c for c in core if c.id == q.id).variants for q in questions[:2])
    assert len(questions) == 5
    assert set(questions[2:]) <= set(core[2:])
    assert len(asked_by(monkeypatch, "--questions", "1")[1]) == 1


@pytest.mark.parametrize("arguments", [("em_core",), ("--competency", "conflict"), ("--question", "saying-no")])
def test_what_is_named_is_asked(monkeypatch, arguments):
    practised(YESTERDAY)
    assert asked_by(monkeypatch, *arguments)[0].id == "em_core"


def test_the_set_chosen_at_the_first_run_is_kept_to(monkeypatch):
    practised(YESTERDAY)
    monkeypatch.setattr(first_run, "to_ask", lambda _: ("question_set", "voice"))
    monkeypatch.setattr(first_run, "set_up", lambda *_, **__: Config(question_set="em_hiring"))
    assert asked_by(monkeypatch)[0].id == "em_hiring"


def test_what_was_answered_today_is_not_asked_again_today(monkeypatch):
    practised(TODAY)
    assert due_set(5, "em_core", TODAY, tell=print) is None
    assert asked_by(monkeypatch)[0].id == "em_core"


def test_due_lists_them_and_writes_json():
    assert "you have not answered a question that could come back" in CliRunner().invoke(app, ["due"]).stdout
    practised(YESTERDAY)
    told = CliRunner().invoke(app, ["due"]).stdout
    assert "underperforming-engineer\n    Think of someone on your team" in told
    assert "yesterday: could not tell how it went" in told
    assert "`voicemock practice` asks them, worded differently from last time." in told
    written = json.loads(CliRunner().invoke(app, ["due", "--json", "-"]).stdout)
    assert len(written["due"]) == 2
    assert written["later"] == []


def test_due_says_when_the_others_come_back():
    practised(TODAY)
    told = shown("due")
    assert "Nothing is due today." in told
    assert "2 questions will come back later, the next tomorrow." in told


OWN = tuple(Question(id=f"own-{n}", text=f"Own {n}?", kind=Kind.CONCEPT) for n in range(1, 4))
THREE_DAYS_AGO = TODAY - datetime.timedelta(days=3)
LONG_AGO = TODAY - datetime.timedelta(days=LONGEST_DAYS + 1)


def set_file(path: Path, *numbers: int) -> Path:
    asked = "".join(f'[[questions]]\nid = "own-{n}"\ntext = "Own {n}?"\nkind = "behavioural"\n\n' for n in numbers)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'schema_version = 1\nid = "{path.stem}"\ntitle = "Own"\ndescription = "Own."\n\n{asked}')
    return path


def test_as_many_are_asked_as_are_wanted_when_every_question_of_the_set_was_asked(monkeypatch):
    monkeypatch.setattr("voicemock.jobs.due.history", lambda **_: _easy_but_first())
    _, questions = asked_by(monkeypatch)
    assert questions[0].id == load_set("em_core").questions[0].id
    assert len({q.id for q in questions}) == 5


def _easy_but_first():
    """Return a history in which the first question of the core set is due, and all others come back later."""
    rows = []
    for n, question in enumerate(load_set("em_core").questions):
        day = YESTERDAY if n else YESTERDAY - datetime.timedelta(days=2)
        info = SessionInfo(id=f"s{n}", title="Core", started_at=f"{day}T09:00:00+00:00", question_set="em_core")
        expected = dict.fromkeys(question.expects, bool(n))
        rows.append(row(info, question, expected=expected))
    return tuple(rows)


def test_a_set_that_is_a_file_elsewhere_is_topped_up_from_the_usual_set(monkeypatch):
    practised(THREE_DAYS_AGO, OWN, of="mine")
    chosen, questions = asked_by(monkeypatch)
    assert {q.id for q in questions[:3]} == {q.id for q in OWN}
    assert len(questions) == 5
    assert {q.id for q in questions[3:]} <= {q.id for q in load_set("em_core").questions}
    assert chosen.title == "What is due, and more"


def test_a_usual_set_that_is_a_file_elsewhere_is_a_set_in_use(monkeypatch, tmp_path):
    path = set_file(tmp_path / "mine.toml", 1, 2, 3, 4, 5, 6)
    monkeypatch.setattr("voicemock.config.load_config", lambda: Config(question_set=str(path)))
    practised(LONG_AGO, OWN, of="mine")
    _, questions = asked_by(monkeypatch)
    assert {q.id for q in questions} < {f"own-{n}" for n in range(1, 7)}
    assert len(questions) == 5
    assert "own-1" in shown("due"), "it is a set that is there, so its questions come back for good"


def test_what_was_answered_today_comes_last(monkeypatch):
    practised(THREE_DAYS_AGO, OWN[:1], of="mine")
    practised(TODAY, OWN[1:], of="mine", hour=0)
    _, questions = asked_by(monkeypatch)
    assert questions[0].id == "own-1"
    assert not {q.id for q in questions} & {"own-2", "own-3"}
    every = asked_by(monkeypatch, "-n", "99")[1]
    assert {q.id for q in every[-2:]} == {"own-2", "own-3"}


def printed_by(monkeypatch, *arguments: str) -> str:
    monkeypatch.setattr(practice, "hold", lambda *_, **__: None)
    return shown("practice", *arguments)


def test_practice_says_how_many_are_due_and_how_to_be_asked_from_the_set(monkeypatch):
    practised(YESTERDAY)
    told = printed_by(monkeypatch)
    assert "2 questions are due. 3 are new to you." in told
    assert "`voicemock practice em_core` asks from your set instead." in told
    one = printed_by(monkeypatch, "-n", "1")
    assert "2 questions are due. The first is asked." in one
    assert asked_by(monkeypatch, "-n", "1")[0].title == "What is due"
    assert "due" not in printed_by(monkeypatch, "em_core")


def test_practice_says_what_comes_back_earlier_than_planned(monkeypatch):
    monkeypatch.setattr("voicemock.jobs.due.history", lambda **_: _easy_but_first())
    assert "1 question is due. 4 come back earlier than planned." in printed_by(monkeypatch)


def test_practice_tells_of_damaged_sessions(monkeypatch):
    practised(YESTERDAY)
    damaged = practised(YESTERDAY - datetime.timedelta(days=1))
    (damaged / "progress.json").write_text('{"schema_version": 999}')
    (damaged / "session.json").unlink()
    assert f"{damaged.name} is left out" in printed_by(monkeypatch)


def test_a_question_of_a_set_that_is_gone_does_not_come_back_for_good():
    day = {n: on(n) for n in (1, LONGEST_DAYS, LONGEST_DAYS + 1)}
    rows = [took("q1", 0, 1)]
    assert [len(schedule_of(rows, {}, today=one).due) for one in day.values()] == [1, 1, 0]
    because_due = took("q1", 20, 1)
    info = msgspec.structs.replace(because_due.session, question_set="due")
    rows.append(msgspec.structs.replace(because_due, session=info))
    assert schedule_of(rows, {}, today=day[LONGEST_DAYS + 1]) == Schedule(due=(), later=())
    assert ids(schedule_of(rows, ASKED, today=day[LONGEST_DAYS + 1]).due) == ["q1"]


def test_due_says_how_many_of_them_are_asked():
    practised(YESTERDAY, load_set("em_core").questions[:7])
    assert "`voicemock practice` asks the first 5 of them, worded differently from last time." in shown("due")


def test_due_promises_other_words_only_where_there_are_some():
    practised(THREE_DAYS_AGO, OWN[:1], of="mine")
    assert "`voicemock practice` asks it." in shown("due")
    practised(YESTERDAY)
    assert "asks them, worded differently from last time where the set has other wordings." in shown("due")


def test_due_says_how_a_question_without_expected_points_was_graded():
    practised(THREE_DAYS_AGO, OWN[:1], of="mine")
    assert "3 days ago: graded by its findings alone" in shown("due")


def test_a_session_of_what_is_due_words_nothing_anew_twice():
    practised(YESTERDAY)
    found = due_set(5, "em_core", TODAY, tell=print)
    assert worded_anew(found.chosen.questions) == found.chosen.questions
