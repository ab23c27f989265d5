"""Each drill: what it asks, and that its short report says nothing that was not said."""

import datetime
import json

import msgspec
import pytest
from typer.testing import CliRunner

from tests.drilled import drilled, said, told
from tests.judgeable import finished_with_findings
from tests.stage import RecordedStage
from tests.test_interview import FakeEar, FakeKeys, FakeMicrophone, FakeSpeaker
from tests.weeks import row
from voicemock.analyze import assemble
from voicemock.archive.feedback import all_judged
from voicemock.archive.history import history
from voicemock.cli.main import app
from voicemock.errors import UnknownNameError, UsageError
from voicemock.interview.stage import Room
from voicemock.jobs import due
from voicemock.jobs.drills import drill_set
from voicemock.preparation.drills import find_drill, load_drills
from voicemock.preparation.form import NOT_JUDGED, SILENCE, Material
from voicemock.preparation.form import held as held_in
from voicemock.preparation.forms import form_of
from voicemock.preparation.named import named_story
from voicemock.preparation.stories.story import Story
from voicemock.progress.sessions import sittings
from voicemock.progress.summary import sets_used
from voicemock.questions.set_text import set_text
from voicemock.questions.sets import QuestionSet, find_question, list_sets
from voicemock.reading import from_text
from voicemock.reading.why import find_why
from voicemock.schema import Kind, Question, SessionInfo

LATE = find_question("delivered-late")
LONG = (
    "Last year our billing service was losing money every night. About 9 percent of 31,000 invoices failed "
    "because the old database timed out. My director wanted a quick fix, but I decided to move the whole thing to "
    "Postgres, because a patch would have cost us the same work twice. The trade-off was two months of double "
    "writes instead of one risky weekend. We wrote the plan with Ana, we moved one customer at a time, and I told "
    "sales every Friday where we stood. In the end failed invoices went from 9 percent to 2 percent, and we saved "
    "$200,000 a year. I learned to rehearse the way back before the way there."
)
SHORT = (
    "Billing lost 9 percent of its invoices each night, out of 30,000. I moved it to Postgres one customer at a "
    "time. That brought it down to 2 percent, and it saved $200,000 a year. What I learned is to rehearse the way "
    "back first."
)
TOO_SHORT = "We moved it, and it got better."
STORIES = (
    Story(id="billing", title="Moving billing to Postgres", competencies=("delivery", "architecture")),
    Story(id="sales", title="Conflict with the sales lead", competencies=("conflict",)),
)
MATERIAL = Material(stories=STORIES, known=tuple(q for one in list_sets() for q in one.questions))


def test_every_drill_can_be_planned_and_every_shipped_question_it_draws_suits():
    assert set(load_drills()) == {
        *("concepts", "name-it", "numbers", "pushback", "shrink", "warm-up", "we-to-i", "why"),
    }
    for name, drill in load_drills().items():
        asked = drill_set(name, "em_core").questions
        assert asked, name
        assert len({q.id for q in asked}) == len(asked)
        assert not any(q.expects for q in asked), "what a drill forces is not held against anybody"
        assert drill.summary[0].islower() or drill.summary[0] == '"'


def test_shrink_asks_one_story_three_times_and_says_what_survives():
    held = drilled("shrink", LONG, SHORT, SHORT, question=LATE)
    asked = [one.question for one in held.report.answers]
    assert [q.target_s for q in asked] == [(90.0, 120.0), (45.0, 60.0), (20.0, 30.0)]
    assert all(LATE.text in q.text for q in asked)
    last = held.stage.of("told")[-1]
    assert "What survived, told in 0:46, then 0:18, then 0:18:" in last
    assert 'still said: "from 9 percent to 2 percent"; "$200,000 a year"' in " ".join(last.split())
    assert 'still said in part: "About 9 percent of 31,000 invoices"' in " ".join(last.split())
    assert 'not recognised in the last: "two months".' in last
    assert "twice" not in last
    assert "Still there: " in last
    assert "what you learned" in last


def test_shrink_claims_nothing_of_a_telling_too_short_to_judge_and_compares_nothing_with_itself():
    last = told("shrink", LONG, TOO_SHORT, question=LATE)
    assert "Could not tell what survived" in last
    assert "Not heard" not in last
    assert "needs two tellings" in told("shrink", LONG, "", "", question=LATE)
    doubted = told("shrink", LONG, SHORT, question=LATE, confidence=0.49)
    assert "needs two tellings" in doubted
    assert "What survived" in told("shrink", LONG, SHORT, question=LATE, confidence=0.5)


@pytest.mark.parametrize("name", ["shrink", "we-to-i", "why"])
def test_a_story_is_held_against_itself_and_not_against_another(name):
    drill = find_drill(name)
    stories = {LATE: LONG, find_question("disagree-with-your-boss"): SHORT}
    each = [[said(text, asked) for asked in drill.plan([question])] for question, text in stories.items()]
    alone = [drill.ended(answers, Material()) for answers in each]
    both = drill.ended([*each[0], *each[1]], Material())
    assert both == ["On delivered-late:", *alone[0], "On disagree-with-your-boss:", *alone[1]]


def test_pushback_holds_the_numbers_of_each_question_apart():
    drill = find_drill("pushback")
    answers = []
    for question, text in zip(drill.plan([LATE, find_question("tired-team")]), (LONG, "It took 3 weeks."), strict=True):
        push = msgspec.structs.replace(question, id=f"{question.id}-follow-up-1", text="So what?")
        answers += [said(text, question), said("That is 3 weeks.", push)]
    lines = drill.ended(answers, Material())
    assert lines.index("On tired-team:") < lines.index('  Numbers at first: "3 weeks".')
    assert lines.count("  Said again under pressure: none.") == 1
    assert drill.ended(answers[:1], Material()) == ["You answered no push."]


def test_numbers_are_listed_by_what_they_measure():
    lines = told(
        "numbers",
        "We have 50,000 daily active users. The service carries about 300 requests a second, and it costs us 2 million "
        "dollars a year. I brought errors from 4 percent to 1 percent, and 12 people run it.",
    )
    for line in (
        'users: "50,000 daily active users"',
        'traffic or a share: "about 300 requests a second"',
        'money: "2 million dollars a year"',
        'errors: "from 4 percent to 1 percent"',
        'people: "12 people"',
        'before and after: "from 4 percent to 1 percent"',
    ):
        assert line in lines


def test_a_number_is_called_not_heard_only_where_none_can_be_it():
    lines = told("numbers", "It costs us 2 million dollars a year, and it takes 200 milliseconds.")
    assert "users: not heard" in lines
    assert "before and after: none was recognised" in lines
    assert "speed: " in lines
    lines = told("numbers", "It went from 900 to 200 after that.")
    assert "users: could not tell" in lines
    assert "not heard" not in lines
    assert "No words were heard well enough" in told("numbers", "")
    assert "none was recognised as from" in told("numbers", "We have 40 to 50 users."), "a range is no change"


def test_we_to_i_counts_both_tellings_and_quotes_what_is_left():
    we = "We had an outage. We decided to move, we told the customer, we built a plan, and we saved money."
    lines = told("we-to-i", we, LONG, question=LATE)
    assert 'before: "I" 0, "we" 5 (0% I)\n' in lines
    assert 'after:  "I" 4, "we" 5 (44% I)' in lines
    assert '"We wrote the plan with Ana,"' in lines
    few = told("we-to-i", we, "I moved it. I told them.", question=LATE)
    assert 'after:  "I" 2, "we" 0' in few
    assert few.count("% I") == 1, "two are too few for a share"
    assert "still says" not in few


def test_why_calls_the_second_telling_that_though_the_first_was_skipped():
    drill = find_drill("why")
    first, second = drill.plan([LATE])
    assert "  telling 2: words" in "\n".join(drill.ended([said(SHORT, second)], Material()))
    assert "  telling 1: words" in "\n".join(drill.ended([said(SHORT, first)], Material()))


def test_why_counts_sentences_by_words_anyone_can_see():
    why = find_why(from_text("We moved it because it broke. It took a week. We gave up a release. Since May it works."))
    assert [one.quote for one in why.found] == ["We moved it because it broke", "We gave up a release"]
    assert (why.sentences, why.of_sentences) == (4, 0.5)
    assert find_why(from_text("")).of_sentences == 0.0
    lines = told("why", LONG, TOO_SHORT, question=LATE)
    assert "telling 1: words say why in 3 of 7 sentences (43%)" in lines
    assert "telling 2: words say why in 0 of 1 sentence (0%)" in lines
    assert "could not tell" in lines
    assert "what was weighed: not heard" not in lines
    late = told("why", "", LONG, question=LATE)
    assert "telling 1: not heard well enough" in late
    assert "telling 2: words say why in 3 of 7 sentences" in late, "the second is called the second"


@pytest.mark.parametrize(
    ("said", "stories", "lines"),
    [
        ("This tests delivery. I'd tell the billing one.", STORIES, ("You named delivery.", "it shows delivery")),
        ("That is about conflict.", STORIES, ("words of conflict were heard", "Could not tell which story")),
        ("Ownership, and the sales lead.", STORIES, ("You named ownership.", "does not say that it shows this")),
        ("Um, no idea.", STORIES, ("Could not tell what you named.", '"Moving billing to Postgres" would do')),
        ("It is delivery.", (), ("You named delivery.", "no stories in your bank yet")),
    ],
)
def test_name_it_says_what_was_named_or_that_it_could_not_tell(said, stories, lines):
    lines_told = told("name-it", said, question=LATE, material=Material(stories=stories, known=MATERIAL.known))
    for line in lines:
        assert line in lines_told
    right = int("You named" in lines[0])
    assert f"named {right} of 1 time" in lines_told
    assert ("Your story: told which" in lines_told) is bool(stories)


def test_what_a_question_tests_and_what_was_named_are_spelled_alike():
    question = msgspec.structs.replace(LATE, competencies=("decision-making",))
    told_of = told("name-it", "It is decision making.", question=question, material=Material())
    assert "It tests decision-making. You named decision-making." in told_of


def test_a_story_is_named_by_words_of_its_own_alone():
    assert named_story("the sales conflict", STORIES).id == "sales"
    assert named_story("conflict", STORIES, apart="conflict") is None
    assert named_story("something else", STORIES) is None
    twins = (*STORIES, Story(id="other", title="Billing once more"))
    assert named_story("the billing story", twins) is None, "two have the word"
    assert named_story("billing with Postgres", twins).id == "billing"
    assert named_story("", ()) is None
    third = Story(id="kafka", title="The outage of Kafka")
    more = (Story(id="late", title="Billing and the outage"), STORIES[0], third)
    assert named_story("billing, Postgres, the outage", more).id == "billing", "the rarer word tells more"


def test_name_it_counts_who_began_within_five_seconds():
    drill = find_drill("name-it")
    (asked,) = drill.plan([LATE])
    answers = [said("Delivery.", asked, starts_s=at) for at in (0.0, 5.0, 5.1)]
    assert "First word within 5 s: 2 of 3 times." in drill.ended(answers, MATERIAL)


def test_concepts_are_sixteen_and_shown_with_their_points():
    drill = find_drill("concepts")
    assert sum(drill.suits(q) for q in MATERIAL.known) == 16
    text = "A one-to-one is every week. They bring the topics, and I listen. We talk about career. I never cancel it."
    lines = told("concepts", text, question=find_question("what-one-to-ones-are-for"))
    assert "Points: heard 5 of 6" in lines
    assert 'every week or two: "one-to-one is every week"' in lines
    assert lines.count("every week") == 2, "a point is told once, with its words"
    assert "what-one-to-ones-are-for: 5 of 6" in lines
    assert "could not tell" in told("concepts", "", question=find_question("what-one-to-ones-are-for"))


def test_pushback_takes_up_your_own_numbers_three_deep():
    second = "That is $200,000 a year, and 40,000 users who get a bill, in 2 weeks."
    held = drilled("pushback", LONG, second, "", "9 percent, by the log.", question=LATE)
    assert held.spoken[2:] == ['You said "$200,000 a year". So what?', SILENCE, '"40,000 users". How do you know?']
    last = " ".join(held.stage.of("told")[-1].split())
    assert "(The interviewer says nothing.) You said nothing." in last
    assert "First word after 0.0 s, then 0:06." in last
    assert 'Said again under pressure: "$200,000 a year"; "9 percent".' in last
    assert 'New under pressure: "40,000 users"; "2 weeks". Make sure they agree with the first.' in last
    assert [stands.question.follow_up_to for stands in held.report.answers[1:]] == ["delivered-late-under-pressure"] * 3


def test_pushback_without_a_number_asks_all_the_same():
    held = drilled("pushback", TOO_SHORT, "It was calmer.", "", "People said so.", question=LATE)
    assert held.spoken[2:] == ["So what?", SILENCE, "How do you know?"]
    assert "No number was recognised in your first answer" in " ".join(held.lines.split())
    named = drilled("pushback", "It took 3 weeks.", "Yes.", "", "Yes.", question=LATE)
    assert named.spoken[2] == 'You said "3 weeks". So what?', "a time, where nothing weightier was said"


def test_the_take_that_counts_is_the_last():
    drill = find_drill("numbers")
    (asked,) = drill.plan([])
    answers = (said("We have 10 users.", asked), said("It costs 5 dollars a year.", asked, take=2))
    shown = RecordedStage()
    room = held_in(drill, Room(FakeMicrophone, FakeSpeaker(), FakeEar(None), FakeKeys(), shown), Material())
    room.stage.ended(assemble(answers))
    assert "5 dollars" in shown.of("told")[-1]
    assert "10 users" not in shown.of("told")[-1]
    assert shown.of("ended")[0].answers == ()


def test_a_warm_up_is_kept_and_not_judged():
    held = drilled("warm-up", LONG)
    (answer,) = held.report.answers
    assert answer.transcript.text == LONG
    assert NOT_JUDGED in answer.notes
    assert not (answer.findings or answer.measures or answer.signals or answer.fillers or answer.follow_ups)
    assert "You spoke for 0:46. Nothing was judged." in held.lines
    assert "Nothing was judged" in (held.folder / "report.html").read_text()
    assert "Nothing was judged" in (held.folder / "report.md").read_text()
    assert len({drill_set("warm-up", "em_core").questions[0].id for _ in range(60)}) > 1


def test_no_drill_counts_as_practice():
    held = drilled("shrink", *[TOO_SHORT] * 3, question=LATE)
    rows = history()
    assert len(rows) == 3
    assert rows[0].session.form == "drill/x"
    assert not sittings(rows)
    assert not sets_used(rows)
    today = datetime.date(2026, 12, 1)
    schedule = due.find_schedule("em_core", today, tell=print)
    assert not schedule.due
    assert not schedule.later
    assert held.folder.name.endswith("drill-x")


def test_a_concept_that_was_only_drilled_is_still_to_be_practised():
    (concepts,) = (one for one in list_sets() if one.id == "em_concepts")
    drilled_once = SessionInfo(id="s", title="Drill", started_at="2026-12-01T09:00:00+00:00", form="drill/concepts")
    practised = msgspec.structs.replace(drilled_once, form=None, question_set="em_concepts")
    day = datetime.date(2026, 12, 1)
    assert concepts.questions[0] in due._fresh([concepts], [row(drilled_once, concepts.questions[0])], day)
    assert concepts.questions[0] not in due._fresh([concepts], [row(practised, concepts.questions[0])], day)


def test_verdicts_on_a_drill_count_for_no_check(monkeypatch):
    folder = finished_with_findings()
    CliRunner().invoke(app, ["feedback", folder.name, "--wrong", "hedging-1.1"], catch_exceptions=False)
    assert list(all_judged(print))
    path = folder / "progress.json"
    plan = json.loads(path.read_text())
    plan["session"]["form"] = "drill/shrink"
    path.write_text(json.dumps(plan))
    assert not list(all_judged(print))


@pytest.mark.parametrize(
    ("form", "known"), [("drill/shrink", True), ("drill/gone", False), ("other/x", False), (None, False), ("", False)]
)
def test_a_stored_session_finds_its_form_again_and_an_unknown_one_is_practice(form, known):
    info = SessionInfo(id="s", title="Drill", started_at="", form=form)
    assert (form_of(info) is not None) is known


@pytest.mark.parametrize(
    ("form", "exercise"), [("drill/x", True), ("reverse/x", True), ("loop/x", False), (None, False)]
)
def test_rounds_count_and_exercises_do_not(form, exercise):
    assert SessionInfo(id="s", title="t", started_at="", form=form).exercise is exercise


def test_a_question_of_the_usual_set_is_found_where_that_is_a_file_elsewhere(tmp_path):
    path = tmp_path / "mine.toml"
    question = msgspec.structs.replace(LATE, id="of-my-own")
    mine = QuestionSet(id="mine", title="Mine", description="Mine.", questions=(question,))
    path.write_text(set_text(mine, why={}), encoding="utf-8")
    (asked, *_) = drill_set("shrink", str(path), question="of-my-own").questions
    assert asked.text.startswith(LATE.text)
    assert drill_set("shrink", str(path), question="delivered-late").questions, "a set that is listed"
    assert drill_set("shrink", str(tmp_path / "gone.toml"), question="delivered-late").questions
    with pytest.raises(UnknownNameError):
        drill_set("shrink", str(path), question="of-nobody")


def test_what_is_drawn_is_chosen_by_name_by_count_and_from_the_usual_set():
    assert len(drill_set("name-it", "em_core", count=3).questions) == 3
    assert {q.id for q in drill_set("shrink", "em_core", question="delivered-late").questions} == {
        f"delivered-late-in-{n}" for n in (120, 60, 30)
    }
    ours = {f"{q.id}-named" for one in list_sets() if one.id == "em_hiring" for q in one.questions}
    assert {q.id for q in drill_set("name-it", "em_hiring").questions} <= ours
    assert drill_set("concepts", "em_core").questions[0].kind is Kind.CONCEPT, "none in the usual set"
    with pytest.raises(UsageError, match="does not suit") as error:
        drill_set("why", "em_core", question="twelve-month-roadmap")
    assert error.value.hint
    assert drill_set("why", "em_core", question=error.value.hint.split()[-1].strip(".")).questions
    with pytest.raises(UsageError, match="does not suit"):
        drill_set("shrink", "em_core", question="what-calibration-is")
    with pytest.raises(UsageError, match="brings its own"):
        drill_set("numbers", "em_core", count=2)
    with pytest.raises(UnknownNameError):
        drill_set("shirnk", "em_core")


def test_the_command_lists_them_and_explains_a_wrong_name():
    listed = CliRunner().invoke(app, ["drill"]).stdout
    assert all(name in listed for name in load_drills())
    done = CliRunner().invoke(app, ["drill", "shirnk"])
    assert "shrink" in str(done.exception) + getattr(done.exception, "hint", "")
    done = CliRunner().invoke(app, ["drill", "shrink", "--question", "delivered-late", "-n", "2"])
    assert "--question names one question" in str(done.exception)


def test_a_story_question_stays_the_same_behind_what_is_added():
    (asked,) = find_drill("name-it").plan([LATE])
    assert asked.text.startswith(LATE.text)
    assert isinstance(asked, Question)
    assert asked.competencies == LATE.competencies
