"""Progress: what counts, what is never held against anybody, and how it is shown."""

import datetime
import json
import re
import stat
from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner

from tests.hostile import HOSTILE
from tests.practised import answered, begun, finished, killed
from tests.weeks import questions, row, said, session, weeks
from voicemock.archive.kept_rows import PAGE
from voicemock.cli.main import app
from voicemock.errors import UsageError
from voicemock.paths import user_data_dir
from voicemock.progress.changed import changed
from voicemock.progress.days import trained
from voicemock.progress.habits import crutch_words, pet_phrases
from voicemock.progress.judged import LEAST_SESSIONS, Verdict, judge
from voicemock.progress.page import render_progress
from voicemock.progress.series import competencies, delivery, heard_signals
from voicemock.progress.sessions import sittings
from voicemock.progress.summary import progress_of
from voicemock.progress.text import render_lines
from voicemock.progress.words import date
from voicemock.schema import SignalName

TODAY = datetime.date(2026, 12, 1)
ASKED = questions()[0]


def told(rows):
    return progress_of(rows, today=TODAY)


def series(rows, key):
    found = sittings(rows)
    every = (*delivery(found), *heard_signals(found), *competencies(found))
    return next((one for one in every if one.key == key), None)


def of_signal(heard, number=0):
    return row(session(number), ASKED, expected={SignalName.METRIC: heard})


# What counts


def test_only_the_last_take_counts_and_no_follow_up_does():
    first, then = session(0), session(1)
    rows = (
        row(first, ASKED, measures={"speech_rate": 200.0}, replaced=True),
        row(first, ASKED, measures={"speech_rate": 150.0}, take=2),
        row(first, msgspec.structs.replace(ASKED, id="q0-follow-up-1"), measures={"speech_rate": 90.0}, follows="q0"),
        row(then, ASKED, measures={"speech_rate": 140.0}),
    )
    assert [value.value for value in series(rows, "speech_rate").values] == [150, 140]
    assert told(rows).answers == 2


def test_the_demo_never_counts_and_a_review_only_if_asked():
    rows = [
        row(session(n, title=title, question_set=used), ASKED)
        for n, (title, used) in enumerate((("Demo", None), ("Review", None), ("Practice", None), ("Demo", "my_demo")))
    ]
    assert [one.session.title for one in sittings(rows)] == ["Practice", "Demo"]
    assert [one.session.title for one in sittings(rows, reviews=True)] == ["Review", "Practice", "Demo"]


def test_a_session_is_the_median_of_its_answers():
    rows = [row(session(0), ASKED, measures={"speech_rate": pace}) for pace in (100.0, 150.0, 400.0)]
    (value,) = series(rows, "speech_rate").values
    assert (value.value, value.of) == (150, 3)


# What could not be told is never an absence


def test_a_signal_that_could_not_be_told_is_neither_heard_nor_missed():
    (value,) = series([of_signal(True), of_signal(None), of_signal(False)], "metric").values
    assert (value.value, value.of, value.unknown) == (0.5, 2, 1)
    assert series([of_signal(None)], "metric") is None


def test_a_measure_that_was_not_assessed_leaves_its_session_out():
    rows = [row(session(n), ASKED, measures={"filled_pauses_per_min": v}) for n, v in enumerate((8.0, None, 4.0))]
    assert [(v.place, v.value) for v in series(rows, "filled_pauses_per_min").values] == [(0, 8.0), (2, 4.0)]


def test_a_recording_without_a_word_is_no_answer():
    rows = [row(session(0), ASKED, said="", measures={"filled_pauses_per_min": 0.0}), row(session(1), ASKED)]
    assert [one.id for one in told(rows).sessions] == [session(1).id]


def test_unassessed_sessions_in_the_middle_of_a_fall_do_not_make_it_a_rise():
    rows = [row(session(n), ASKED, measures={"filled_pauses_per_min": None if n % 3 else 9 - n / 4}) for n in range(30)]
    (one,) = [j for j in judge(delivery(sittings(rows))) if j.series.key == "filled_pauses_per_min"]
    assert one.verdict is Verdict.BETTER
    assert len(one.series.values) == 10


def test_a_rate_is_not_told_of_a_few_seconds():
    rows = [row(session(0), ASKED, measures={"crutch_words": 2.0, "length": s}) for s in (5.0, 60.0)]
    (value,) = series(rows, "crutch_words_per_min").values
    assert (value.value, value.of) == (2.0, 1)


# What is claimed


def paces(values):
    return judge(
        delivery(sittings([row(session(n), ASKED, measures={"speech_rate": v}) for n, v in enumerate(values)]))
    )


@pytest.mark.parametrize(
    ("values", "verdict"),
    [
        ([200 - 3.0 * n for n in range(14)], Verdict.BETTER),  # towards its range
        ([160 + 3.0 * n for n in range(14)], Verdict.WORSE),
        ([121 + 3.0 * n for n in range(14)], Verdict.STEADY),  # inside it all the time
        ([190 - 0.1 * n for n in range(14)], Verdict.STEADY),  # sure, and too small to notice
        ([200 - 3.0 * n for n in range(LEAST_SESSIONS - 1)], Verdict.TOO_FEW),
    ],
)
def test_pace_is_judged_by_how_far_it_is_from_its_range(values, verdict):
    assert [one.verdict for one in paces(values)] == [verdict]


@pytest.mark.parametrize(("ends", "verdict"), [(186, Verdict.STEADY), (180, Verdict.STEADY), (179, Verdict.BETTER)])
def test_a_fall_between_ends_that_did_not_fall_is_no_trend(ends, verdict):
    """Else it would be told as better from 180 to 186."""
    (one,) = paces([180.0] * 5 + [210 - 2.0 * n for n in range(20)] + [float(ends)] * 5)
    assert (one.before, one.now) == (180, ends)
    assert one.verdict is verdict


def test_length_is_judged_on_both_sides_of_its_range():
    lengths = [30 + 3.0 * n for n in range(10)]
    rows = [row(session(n), ASKED, measures={"length": s}) for n, s in enumerate(lengths)]
    (one,) = [j for j in judge(delivery(sittings(rows))) if j.series.key == "length"]
    assert one.series.values[0].value == pytest.approx(-0.5)
    assert one.verdict is Verdict.BETTER


@pytest.mark.parametrize(
    ("sessions", "says"),
    [(0, "No session so far"), (1, "1 session so far"), (3, "3 sessions so far; trends show from 6 on")],
)
def test_too_few_sessions_are_told_kindly(sessions, says):
    progress = told(weeks(1, sessions=sessions))
    assert not progress.moved
    assert says in render_lines(progress)
    assert says in render_progress(progress, today=TODAY)


def test_another_model_is_named():
    rows = [row(session(n), ASKED, model=model) for n, model in enumerate(("tiny.en", "base.en"))]
    assert "Heard by tiny.en and base.en: a part" in render_lines(told(rows))
    rows[1] = row(session(1), ASKED, model="text")
    assert "Heard by tiny.en and whoever wrote a transcript: a part" in " ".join(render_lines(told(rows)).split())
    assert "Heard by" not in render_lines(told(rows[:1]))


# Habits


def test_a_phrase_comes_back_over_stories_and_not_within_one():
    everywhere = ("At the end of the day {}.", "It cost us {}, at the end of the day.", "And at the end of the day {}.")
    things = ("trust", "money", "sleep", "people", "a quarter", "nothing")
    texts = [everywhere[n % 3].format(thing) for n, thing in enumerate(things)]
    rows = [one for n, text in enumerate(texts) for one in said(text, [n], question=questions()[n])]
    assert [(h.text, h.count, h.sessions) for h in pet_phrases(sittings(rows))] == [("at the end of the day", 6, 6)]
    rows = said("We moved the billing service to Postgres over a weekend.", range(6), question=ASKED)
    assert pet_phrases(sittings(rows)) == ()


def test_a_phrase_does_not_run_over_the_end_of_a_sentence_or_an_answer():
    rows = [one for n in range(6) for one in said("I own it. We go on.", [n], question=questions()[n])]
    assert pet_phrases(sittings(rows)) == ()


def test_a_phrase_said_often_on_one_day_is_no_habit():
    rows = [one for n in range(6) for one in said("At the end of the day.", [n % 2], question=questions()[n])]
    rows += [one for n in range(2, 6) for one in said("We go on.", [n])]
    assert pet_phrases(sittings(sorted(rows, key=lambda one: one.session.started_at))) == ()


def test_crutch_words_are_counted_over_sessions():
    rows = [row(session(n), ASKED, crutches={"like": 3} | ({"basically": 9} if n == 2 else {})) for n in range(4)]
    assert [(h.text, h.count, h.sessions) for h in crutch_words(sittings(rows))] == [("like", 12, 4)]


# Numbers that changed

STORY = (
    "In the spring I led {} through the migration of our billing platform. Nobody had touched the invoices"
    " database before, and finance closed the quarter on that weekend. I decided against switching everything at once,"
    " because a rollback would have cost us the whole reconciliation."
)
AGAIN = (
    "So last spring I led {}, and we did the migration of the billing platform. The invoices database was something"
    " nobody dared to touch, and finance wanted to close the quarter. Switching at once was the obvious plan, but a"
    " rollback would mean the reconciliation again, so I decided against it."
)
ANOTHER = (
    "My hardest year was the acquisition in Lisbon. Overnight I led {} who had never written down an architecture"
    " decision. I started with lunches instead of processes, and listened for a month before changing anything at all."
)


def tellings(*texts, question=ASKED):
    return changed(sittings([one for n, text in enumerate(texts) for one in said(text, [n], question=question)]))


def test_another_number_in_the_same_story_is_quoted_with_both_dates():
    (one,) = tellings(STORY.format("ten engineers"), AGAIN.format("eight engineers"))
    assert (one.noun, one.was.value, one.now.value) == ("engineers", 10, 8)
    assert "ten engineers" in one.was.quote
    assert "eight engineers" in one.now.quote
    assert one.was.started_at < one.now.started_at


def test_the_number_that_changed_last_comes_first():
    first, second = (msgspec.structs.replace(ASKED, id=id) for id in ("a", "b"))
    rows = [said(STORY.format("ten engineers"), [0], question=q)[0] for q in (first, second)]
    rows += said(AGAIN.format("eight engineers"), [1], question=second)
    rows += said(AGAIN.format("nine engineers"), [2], question=first)
    assert [one.now.value for one in changed(sittings(rows))] == [9, 8]


@pytest.mark.parametrize(
    "texts",
    [
        (STORY.format("ten engineers"), AGAIN.format("10 engineers")),
        (STORY.format("ten engineers"), ANOTHER.format("eight engineers")),  # another story
        (STORY.format("ten engineers"), AGAIN.format("eight designers")),  # of something else
        (STORY.format("about ten engineers"), AGAIN.format("nine engineers")),
        (STORY.format("ten engineers"), AGAIN.format("eight engineers") + " Two engineers left."),  # which is meant?
        (STORY.format("ten engineers"), AGAIN.format("a team") + " Eight engineers applied."),  # put otherwise
        (STORY.format("a few engineers"), AGAIN.format("eight engineers")),
        (STORY.format("ten engineers"), AGAIN.format("eight engineers"), STORY.format("eight engineers"))[1:],
        (STORY.format("ten engineers"), AGAIN.format("eight engineers"), STORY.format("eight engineers")),
    ],
)
def test_silence_where_it_may_not_be_a_change(texts):
    assert tellings(*texts) == ()


def test_the_same_story_for_another_question_is_not_compared():
    rows = said(STORY.format("ten engineers"), [0], question=ASKED)
    rows += said(AGAIN.format("eight engineers"), [1], question=questions()[1])
    assert changed(sittings(rows)) == ()


# Days


def test_competencies_not_practised_for_long_come_first():
    rows = [row(session(0), ASKED), row(session(39), questions()[1])]
    found = trained(sittings(rows), today=TODAY)
    assert [(one.key, one.is_long_ago) for one in found[:3]] == [
        ("coaching", True),
        ("conflict", True),
        ("delivery", False),
    ]
    progress = progress_of(rows, today=TODAY, known={"conflict", "mentoring"})
    assert "Conflict: 43 days ago" in render_lines(progress)
    assert "Not practised yet: Mentoring" in render_lines(progress)


def test_answers_a_day_are_counted_by_the_day_they_were_given():
    assert sum(day.answers for day in told(weeks(1)).days) == 160
    unreadable = row(msgspec.structs.replace(session(0), started_at="yesterday"), ASKED)
    assert told([unreadable]).days == ()


# Shown


def test_the_page_holds_a_table_behind_each_picture():
    page = render_progress(told(weeks(1)), today=TODAY)
    assert page.count("<figure") == page.count("</table>", 0, page.index('id="heard"')) == 14
    assert page.count('role="img"') == 15
    assert "<script" not in page
    assert "Filled pauses</strong> from" in page


def test_a_long_history_keeps_its_tables_short():
    page = render_progress(told(weeks(1, sessions=90)), today=TODAY)
    assert "30 earlier: <code>voicemock progress --json -</code>" in page
    dates = [str(datetime.date(2026, 9, 1) + datetime.timedelta(days=n)) for n in range(63)]
    days = [row(msgspec.structs.replace(session(0), id=at, started_at=at), ASKED) for at in dates]
    page = render_progress(told(days), today=TODAY)
    assert "63 days with practice in all" in page
    assert "3 earlier: <code>" in page[page.index("The days") :]
    assert "1 day with practice" in render_progress(told(days[:1]), today=TODAY)


def test_the_dates_below_a_picture_are_those_of_its_edges():
    """Else dots in the right half would stand over the date of the first of them, at the left edge."""
    rows = [row(session(n), ASKED, measures={"hedges": 1.0 if 3 < n < 7 else None}) for n in range(10)]
    page = render_progress(told(rows), today=TODAY)
    below = page[page.index("Hedges") :]
    below = below[below.index('class="span"') :].partition("</p>")[0]
    assert re.findall(r"<span>(.*?)</span>", below) == [date(session(n).started_at, short=True) for n in (0, 9)]


def hostile_rows():
    question = msgspec.structs.replace(ASKED, text=HOSTILE, competencies=(HOSTILE, "a\nb"))
    rows = []
    for n, text in enumerate((STORY.format("ten engineers"), AGAIN.format("eight engineers"))):
        (one,) = said(text, [n], question=question)
        quoted = tuple(msgspec.structs.replace(a, noun=HOSTILE, quote=HOSTILE) for a in one.amounts)
        rows.append(msgspec.structs.replace(one, amounts=quoted, model=f"{HOSTILE}{n}"))
    for n in range(2, 9):
        said_there = " ".join(HOSTILE.split()).lower()
        rows.append(
            row(session(n), questions()[n], said=f"{said_there} .", crutches={HOSTILE: 3}, measures={"hedges": 1.0})
        )
    return rows


def test_hostile_names_and_quotes_are_harmless():
    progress = progress_of(hostile_rows(), today=TODAY, known={HOSTILE})
    assert progress.changed
    assert progress.crutch_words
    assert progress.pet_phrases
    page, text = render_progress(progress, today=TODAY), render_lines(progress)
    assert not re.search("<script|<img|\x1b|\x00|\u202e", page)
    assert page.count("&lt;img") > 5
    assert "7*7" in page
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)


# The command


def run(*arguments):
    return CliRunner().invoke(app, ["progress", *arguments], catch_exceptions=False)


def test_without_a_session_it_says_how_to_begin_and_writes_no_page():
    done = run("--no-open")
    assert done.exit_code == 0
    assert "No session so far. `voicemock practice` starts one." in done.stdout
    assert not (user_data_dir() / PAGE).exists()


def test_the_page_is_private_and_beside_the_sessions(tmp_path):
    finished()
    done = run("--no-open")
    page = user_data_dir() / PAGE
    assert f"Page: {page}" in done.stdout
    assert "1 session so far; trends show from 6 on." in done.stdout
    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    assert run("--no-open", "--html", str(tmp_path / "mine.html")).exit_code == 0
    assert (tmp_path / "mine.html").read_bytes() == page.read_bytes()


def test_json_is_printed_and_nothing_else():
    store = begun()
    answered(store, 1, text="So, um, like, we moved ten engineers.")
    killed(store)
    figures = json.loads(run("--json", "-").stdout)
    assert figures["schema_version"] == 1
    assert [one["answers"] for one in figures["sessions"]] == [1]
    assert not (user_data_dir() / PAGE).exists()


def test_the_page_and_the_figures_are_not_written_over_each_other(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    page = str(user_data_dir() / PAGE)
    for options in (("--html", "x", "--json", "./x"), ("--json", page)):
        done = CliRunner().invoke(app, ["progress", *options])
        assert isinstance(done.exception, UsageError) and "is named twice" in done.exception.message
    assert not (tmp_path / "x").exists() and not Path(page).exists()


@pytest.mark.parametrize("command", ["read", "review"])
def test_figures_are_not_written_over_what_was_read(command, tmp_path):
    path = tmp_path / "answer.txt"
    path.write_text("We moved it.")
    done = CliRunner().invoke(app, [command, str(path), "--json", str(path)])
    assert isinstance(done.exception, UsageError) and "is named twice" in done.exception.message
    assert path.read_text() == "We moved it."


def test_a_page_that_cannot_be_written_is_said_before_any_work(tmp_path):
    from voicemock.errors import UsageError

    with pytest.raises(UsageError, match="cannot be written"):
        run("--html", str(tmp_path / "no" / "folder.html"))
    with pytest.raises(UsageError, match="writes a file"):
        run("--html", "-")
