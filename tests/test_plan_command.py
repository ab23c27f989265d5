"""`voicemock plan`: what is remembered, what is written, and what is said when something is wrong."""

import datetime
import json
import stat

import pytest
from icalendar import Calendar
from typer.testing import CliRunner

from tests.test_plan import TODAY, aims, days, ground
from tests.test_schedule import practised
from voicemock.cli.main import app
from voicemock.errors import VoicemockError
from voicemock.preparation.planning import calendar
from voicemock.preparation.planning.aims import FEWEST_MINUTES, MOST_MINUTES, MOST_WEEKS, read_time
from voicemock.preparation.planning.calendar import to_calendar
from voicemock.preparation.planning.plan import plan_of
from voicemock.preparation.planning.remembered import plan_file
from voicemock.preparation.stories.bank import add_story
from voicemock.preparation.stories.draft import template

NOW = datetime.datetime.now().astimezone().date()
IN_A_MONTH = NOW + datetime.timedelta(days=28)


def run(*arguments: str) -> str:
    done = CliRunner().invoke(app, ["plan", *arguments])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == 0, done.output
    return done.stdout


def fails(*arguments: str) -> tuple[str, str]:
    with pytest.raises(VoicemockError) as error:
        run(*arguments)
    return error.value.message, error.value.hint


def test_the_date_is_remembered_and_the_plan_made_anew_from_today():
    first = run("--interview-date", str(IN_A_MONTH), "--minutes-a-day", "40")
    assert "In 28 days. 40 minutes a day over 4 weeks." in first
    assert stat.S_IMODE(plan_file().stat().st_mode) == 0o600
    assert run() == first
    practised(NOW)
    add_story("Billing", template("Billing", {"competencies": ["coaching"], "numbers": []}))
    again = run()
    assert "[x] Write down a story for coaching" in again
    assert "2 answers on 1 day" in again
    assert "- 1 story; none for communication" in again


def test_changing_one_thing_keeps_the_others():
    run("--interview-date", str(IN_A_MONTH), "--weeks", "2", "--at", "07:30")
    before = json.loads(plan_file().read_text())
    run("--minutes-a-day", "20")
    assert json.loads(plan_file().read_text()) == before | {"minutes": 20}
    moved = str(IN_A_MONTH + datetime.timedelta(days=7))
    run("--interview-date", moved)
    assert json.loads(plan_file().read_text()) == before | {"minutes": 20, "interview": moved}


def test_weeks_are_counted_from_the_day_the_plan_was_first_made():
    remember(began=str(NOW - datetime.timedelta(days=7)), weeks=5)
    assert "## Week 2 of 5" in run("--minutes-a-day", "20")


def test_forgetting_leaves_the_rest():
    run("--interview-date", str(IN_A_MONTH))
    assert "The plan is forgotten." in run("--forget")
    assert not plan_file().exists()
    assert "There is no plan to forget." in run("--forget")
    assert "no other option" in fails("--forget", "--weeks", "2")[0]


def test_what_is_no_date_and_what_has_passed_is_said():
    assert "not known yet" in fails()[0]
    assert "'soon' is not a date" in fails("--interview-date", "soon")[0]
    yesterday = str(NOW - datetime.timedelta(days=1))
    assert f"{yesterday} has passed" in fails("--interview-date", yesterday)[0]
    for wrong in ("25:00", "19:60", "24", "19:00+05:00", "1900", "19:5", "19:00:30", "seven", "7pm", ""):
        assert f"'{wrong}' is not a time" in fails("--interview-date", str(NOW), "--at", wrong)[0]
    assert not plan_file().exists()
    assert "Nothing to practise." in run("--interview-date", str(NOW))


@pytest.mark.parametrize(
    ("said", "at"), [("18.45", (18, 45)), ("18:45", (18, 45)), ("7", (7, 0)), (" 23:59", (23, 59))]
)
def test_a_time_of_day_is_taken_as_it_is_written(said, at):
    assert read_time(said) == datetime.time(*at)


def remember(**fields: object) -> None:
    run("--interview-date", str(IN_A_MONTH))
    plan_file().write_text(json.dumps(json.loads(plan_file().read_text()) | fields))


def test_after_the_interview_the_next_one_begins_anew():
    remember(interview=str(NOW - datetime.timedelta(days=2)), began=str(NOW - datetime.timedelta(days=30)), minutes=60)
    after = run()
    assert "Your interview was 2 days ago" in after
    assert "`voicemock debrief FILE`" in after
    assert "30 minutes a day over 4 weeks" in run("--interview-date", str(IN_A_MONTH))
    assert json.loads(plan_file().read_text())["began"] == str(NOW)


@pytest.mark.parametrize(
    "broken",
    [
        {"minutes": 9},
        {"minutes": 181},
        {"weeks": 0},
        {"weeks": 27},
        {"interview": "soon"},
        {"interview": "0001-01-02", "began": "0001-01-01"},
        {"began": str(IN_A_MONTH + datetime.timedelta(days=1))},
        {"schema_version": 2},
        {"at": "19:00:00Z"},
    ],
)
def test_a_file_that_is_broken_is_named_and_replaced_once_a_date_is_given(broken):
    remember(**broken)
    for arguments in ((), ("--minutes-a-day", "20")):
        message, hint = fails(*arguments)
        assert str(plan_file()) in message
        assert "--interview-date" in hint and "--forget" in hint
    assert "In 28 days." in run("--interview-date", str(IN_A_MONTH))
    run()


@pytest.mark.parametrize("kept", [{"minutes": 10}, {"minutes": 180}, {"weeks": 1}, {"weeks": 26}])
def test_the_least_and_the_most_are_kept(kept):
    remember(**kept)
    run()


def test_files_are_written_where_asked_and_private(tmp_path):
    out, ics = tmp_path / "plan.md", tmp_path / "plan.ics"
    said = run("--interview-date", str(IN_A_MONTH), "--out", str(out), "--ics", str(ics))
    assert out.read_text() == said
    assert {stat.S_IMODE(path.stat().st_mode) for path in (out, ics)} == {0o600}
    assert len(Calendar.from_ical(ics.read_bytes()).events) == 29
    assert run("--out", "-") == said
    message, _ = fails("--out", str(tmp_path / "gone" / "plan.md"))
    assert "cannot be written" in message


def test_without_icalendar_what_to_install_is_said_and_nothing_is_done(monkeypatch):
    monkeypatch.setattr(calendar.importlib.util, "find_spec", lambda _: None)
    message, hint = fails("--interview-date", str(IN_A_MONTH), "--ics", "a.ics")
    assert "icalendar" in message
    assert 'pip install "voicemock[prepare]"' in hint
    assert not plan_file().exists()


@pytest.mark.parametrize(
    ("option", "least", "most"),
    [("--minutes-a-day", FEWEST_MINUTES, MOST_MINUTES), ("--weeks", 1, MOST_WEEKS)],
)
def test_the_options_take_what_can_be_remembered(option, least, most):
    for value, code in ((least - 1, 2), (least, 0), (most, 0), (most + 1, 2)):
        done = CliRunner().invoke(app, ["plan", "--interview-date", str(IN_A_MONTH), option, str(value)])
        assert done.exit_code == code


AT = datetime.datetime(2026, 12, 1, 9, 0, tzinfo=datetime.UTC)


def events(plan, now=AT):
    return {str(event["uid"]): event for event in Calendar.from_ical(to_calendar(plan, now=now)).events}


def test_importing_again_replaces_each_day():
    first = plan_of(aims(), ground(), today=TODAY)
    before = events(first)
    later = events(plan_of(aims(), ground(), today=TODAY + datetime.timedelta(days=9)), AT + datetime.timedelta(days=9))
    assert len(before) == 29
    assert len(later) == 20
    assert later.keys() < before.keys()
    assert all(later[uid]["sequence"] > before[uid]["sequence"] for uid in later)
    assert all(later[uid].start == before[uid].start for uid in later)
    assert not before.keys() & events(plan_of(aims(id="y"), ground(), today=TODAY)).keys()


def test_an_entry_lasts_as_its_day_and_stays_at_its_hour_when_clocks_change():
    october = datetime.date(2026, 10, 20)  # clocks go back on 25 October in Europe
    plan = plan_of(
        aims(interview=october + datetime.timedelta(days=10), began=october, at=datetime.time(7, 30)),
        ground(),
        today=october,
    )
    found = list(events(plan).values())
    assert [event.start for event in found[:-1]] == [
        datetime.datetime(2026, 10, 20, 7, 30) + datetime.timedelta(days=n) for n in range(10)
    ]
    assert all(event.start.tzinfo is None for event in found[:-1])
    assert [event.end - event.start for event in found[:-1]] == [
        datetime.timedelta(minutes=day.minutes) for day in days(plan)
    ]
    assert found[-1].start == plan.aims.interview
    assert {str(event["class"]) for event in found} == {"PRIVATE"}
    text = to_calendar(plan, now=AT).decode()
    for sent in ("VALARM", "ATTENDEE", "ORGANIZER", "METHOD", "TZID"):
        assert sent not in text
    assert "voicemock practice --question" in text.replace("\r\n ", "")


def test_a_calendar_is_not_written_over_the_plan(tmp_path):
    for out, ics in ((tmp_path / "a", f"{tmp_path}/../{tmp_path.name}/a"), ("-", "-")):
        message, _ = fails("--interview-date", str(IN_A_MONTH), "--out", str(out), "--ics", str(ics))
        assert "is named twice" in message
    assert not plan_file().exists()
    assert not (tmp_path / "a").exists()
    run("--interview-date", str(IN_A_MONTH), "--out", "/dev/null", "--ics", "/dev/null")
