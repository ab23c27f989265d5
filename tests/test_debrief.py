"""A real interview afterwards: who answers, which question each answer belongs to, what was practised of it."""

import contextlib
import errno
import json
import stat
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests import calls
from tests.calls import ANA, BO, LATE, LI
from tests.here import voicemock_here
from tests.weeks import row, session
from voicemock.archive.history import history
from voicemock.archive.lock import writing
from voicemock.cli.main import app
from voicemock.errors import DataFileError, UsageError
from voicemock.jobs.debrief import LOCK, NOT_HEARD
from voicemock.paths import sessions_dir, shipped, user_data_dir
from voicemock.preparation.debrief.additions import new_questions, with_questions
from voicemock.preparation.debrief.asking import asks, bare, invites, listens, questions_in
from voicemock.preparation.debrief.beside import How, beside
from voicemock.preparation.debrief.candidate import candidate_of
from voicemock.preparation.debrief.exchanges import Exchange, exchanges_in
from voicemock.preparation.debrief.questions import Asked, questions_of, same_question
from voicemock.preparation.schedule import Grade
from voicemock.progress.sessions import sittings
from voicemock.questions.sets import list_sets, validate
from voicemock.schema import Kind, Question, SignalName
from voicemock.transcripts import Turn, read_transcript

S = SignalName
KNOWN = [question for one in list_sets() for question in one.questions]
BY_ID = {question.id: question for question in KNOWN}
LONG = "We moved the whole service in three weeks, and I told the people in sales about the new date on the same day."
STORY = "Tell me about a time you changed a plan that everybody liked."


def call(*said: str) -> list[Turn]:
    """Return turns of "A: words"."""
    return [Turn(speaker=name, text=text) for name, _, text in (line.partition(": ") for line in said)]


def exchanges(*said: str):
    return exchanges_in(call(*said), "A").exchanges


def answered(*said: str) -> list[tuple[str, tuple[int, ...]]]:
    return [(one.question, one.answer) for one in exchanges(*said)]


def questions(*texts: str):
    found = [Exchange(question=text, by="B", place=0, at_s=None, answer=(1,), words=50) for text in texts]
    return [one.question for one in questions_of(found, KNOWN)]


# Words


@pytest.mark.parametrize("text", ["Mm-hm.", "Right, got it.", "Okay okay okay", "Really?", "That makes sense.", "…"])
def test_somebody_listens(text):
    assert listens(text)
    assert not asks(text)


@pytest.mark.parametrize("text", ["Why?", "Okay, and then what", "Yes yes yes yes yes yes", "And so right?"])
def test_somebody_says_more_than_that(text):
    assert not listens(text)


@pytest.mark.parametrize(
    "text",
    ["Tell me about your team.", "so how did you handle it", "What was the result?", "Imagine she leaves.",
     "Okay, great, why do you want this job", "Was hat Sie motiviert?", "Walk us through your background",
     "How did you know it was correct?"],
)  # fmt: skip
def test_a_question_is_one_with_or_without_its_mark(text):
    assert questions_in(text) == text


@pytest.mark.parametrize(
    "text",
    ["Can you hear me?", "How are you today?", "You moved it, right?", "Does that make sense?", "What we do is pay.",
     "Is it okay if I record this?", "When could you start?", "What is your salary expectation? Your current salary?",
     "Do you have any questions for us?", "What questions do you have?", "They tell us that it works.",
     "You had to explain to them why, right?", "Would you be willing to relocate to Berlin for this role?",
     "Do you need a visa for this?", "Does Tuesday at ten work for you?", "How does Tuesday work for you?",
     "Tell me about your salary expectations for a role of this size and with this scope, please.",
     "Would anything around your notice period be very hard for you or for the people with you?",
     "Did that help?", "Is there a time that works for you?",
     "Is there anything that we should still know about your other offers?"],
)  # fmt: skip
def test_small_talk_and_arrangements_are_no_interview_question(text):
    assert questions_in(text) == ""


@pytest.mark.parametrize(
    "text",
    ["Where do you see yourself in five years?", "Could you start by walking us through your background?",
     "How do you make sense of bad data?", "Take a minute and tell me about yourself.",
     "Have you ever run out of time on a project?", "How did you handle a colleague's salary complaint?",
     "Walk me through a migration you led, yeah?", "Tell me about a conflict, okay?", "Who was on call, right?",
     "Why did you choose Kafka, right?", "Maybe describe the outage, okay?", "How does that work for you?",
     "Describe a time when a launch could not start on its start date", "Did it stop when visa problems came up?",
     "How did you get your team’s visa problem solved?", "What happened when they wanted to relocate your team?",
     "Who helped you when the other offers came in for both of your leads?"],
)  # fmt: skip
def test_an_interview_question_is_not_taken_for_small_talk(text):
    assert questions_in(text) == text


def test_did_that_help_asks_about_an_answer_right_before_it():
    said = [f"B: {STORY}", f"A: {LONG}", "B: Right. And did that help?", f"A: {LONG}"]
    assert answered(*said) == [(STORY, (1,)), ("And did that help?", (3,))]
    assert answered(f"B: {STORY}", "A: Which year?", "B: Any. Did that help?", f"A: {LONG}") == [(STORY, (3,))]
    back = [f"B: {STORY}", f"A: {LONG}", "B: I see, it is so.", "A: Is it forty?", "B: Did that help?", f"A: {LONG}"]
    assert answered(*back) == [(STORY, (1,))]
    assert answered(f"B: {STORY}", f"A: {LONG}", "B: It is forty. Did that help?") == [(STORY, (1,))]


def test_only_what_is_asked_is_kept_and_its_end_if_it_is_long():
    assert questions_in("We are forty. How are you? Tell me about a failure. It can be small. What came of it?") == (
        "Tell me about a failure. What came of it?"
    )
    assert questions_in("Why did you go? We moved.", last=True) == ""
    assert questions_in("We moved. Why did you go?", last=True) == "Why did you go?"
    assert len(questions_in(f"Why {'so ' * 78}much?").split()) == 80
    long = questions_in(f"Why {'so ' * 90}much?").split()
    assert (long[0], len(long), long[-1]) == ("…", 81, "much?")


def test_what_leads_to_a_question_is_not_part_of_it():
    assert bare("Okay, great, so why us?") == "Why us?"
    assert bare("Sonny, why us?") == "Sonny, why us?"


def test_an_invitation_to_ask():
    assert invites("Do you have any questions for us?")
    assert invites("Now it's over to you.")
    assert invites("That's all. What questions can I answer?")
    assert not invites("Tell me about the hardest question you ask candidates.")


# Who the candidate is


def test_the_candidate_is_who_answers_at_length():
    found = read_transcript(Path("a.vtt"), calls.written("teams.vtt"))
    who = candidate_of(found.turns, found.speakers, None)
    assert who.name == ANA
    assert who.why == "Most of the longer answers to questions (4 of 5) come from this speaker."


@pytest.mark.parametrize(("me", "name"), [("lind", BO), (ANA, ANA), ("李", LI), ("3", LI), (" 1 ", ANA)])
def test_the_user_says_who_they_are(me, name):
    found = read_transcript(Path("a.vtt"), calls.written("teams.vtt"))
    assert (candidate_of(found.turns, found.speakers, me).name, candidate_of(found.turns, found.speakers, me).why) == (
        name,
        "",
    )


def test_a_whole_name_is_meant_before_a_part_of_another():
    assert candidate_of(call("Ana: Hi.", "Anabel: Hi."), ("Ana", "Anabel"), "ana").name == "Ana"


@pytest.mark.parametrize("me", ["eve", "a", "0", "3", ""])
def test_a_name_that_nobody_or_several_have_lists_everybody(me):
    with pytest.raises(UsageError, match="called") as caught:
        candidate_of(call("Ana: Hello there.", "Anton: Hi.", "Ana: So."), ("Ana", "Anton"), me)
    assert '1  Ana: "Hello there."' in caught.value.message
    assert '2  Anton: "Hi."' in caught.value.message


def test_the_number_in_a_name_is_meant_before_a_place_in_the_list():
    said = call("Speaker 2: We moved it.", "Speaker 1: Why?")
    assert candidate_of(said, ("Speaker 2", "Speaker 1"), "1").name == "Speaker 1"
    with pytest.raises(UsageError) as caught:
        candidate_of(said, ("Speaker 2", "Speaker 1"), None)
    assert '\n  Speaker 2: "We moved it."' in caught.value.message


def test_a_label_tells_the_candidate():
    assert candidate_of(call("Q: Why?", "A: So."), ("Q", "A"), None).name == "A"


def test_two_who_answer_each_other_are_not_told_apart():
    both = call(f"Ana: {LONG} Why?", f"Bo: {LONG} Why?", f"Ana: {LONG} Why?", f"Bo: {LONG} Why?", f"Ana: {LONG}")
    with pytest.raises(UsageError, match="cannot be told which"):
        candidate_of(both, ("Ana", "Bo"), None)


def test_one_long_answer_is_chance():
    with pytest.raises(UsageError, match="cannot be told which"):
        candidate_of(call("Bo: Why?", f"Ana: {LONG} And more of it."), ("Ana", "Bo"), None)


@pytest.mark.parametrize(("words", "sure"), [(15, True), (14, False)])
def test_an_answer_is_long_from_15_words(words, sure):
    said = call("B: Why?", f"C: {'word ' * words}", "B: Mm-hm.", "B: And why?", f"C: {'word ' * words}")
    if sure:
        assert candidate_of(said, ("B", "C"), None).name == "C"
    else:
        with pytest.raises(UsageError):
            candidate_of(said, ("B", "C"), None)


# Questions and answers


def test_a_sign_of_listening_and_a_short_remark_do_not_end_an_answer():
    said = [f"B: {STORY}", f"A: {LONG}", "B: Mm-hm.", f"A: {LONG}", "B: So you moved all of it.", f"A: {LONG}"]
    assert answered(*said) == [(STORY, (1, 3, 5))]


@pytest.mark.parametrize(("words", "ends"), [(14, False), (15, True)])
def test_a_remark_is_long_from_15_words(words, ends):
    said = [f"B: {STORY}", f"A: {LONG}", f"B: {'word ' * words}", f"A: {LONG}"]
    assert answered(*said) == [(STORY, (1,) if ends else (1, 3))]


@pytest.mark.parametrize(("words", "back"), [(30, True), (31, False)])
def test_a_longer_turn_that_ends_with_a_question_answers(words, back):
    said = [f"B: {STORY}", f"A: {'word ' * (words - 1)}so?"]
    assert answered(*said) == [(STORY, () if back else (1,))]


def test_a_long_remark_ends_it():
    said = [f"B: {STORY}", f"A: {LONG}", f"C: {'We build. ' * 8}", f"A: {LONG}"]
    found = exchanges_in(call(*said), "A")
    assert [one.answer for one in found.exchanges] == [(1,)]
    assert found.talk == 1


def test_before_an_answer_a_long_remark_belongs_to_the_question():
    assert answered(f"B: {STORY}", "A: Hm.", f"C: {'We build. ' * 8}", f"A: {LONG}") == [(STORY, (3,))]


def test_asking_back_is_no_answer():
    said = [f"B: {STORY}", "A: At work, or anywhere?", "B: At work.", f"A: {LONG}"]
    found = exchanges_in(call(*said), "A")
    assert [(one.question, one.answer) for one in found.exchanges] == [(STORY, (3,))]
    assert found.asked_them == ()


@pytest.mark.parametrize(("words", "new"), [(8, False), (9, True)])
def test_a_few_words_that_ask_reply_to_who_asked_back(words, new):
    said = [f"B: {STORY}", "A: At work?", f"B: {'why ' * (words - 1)}not?", f"A: {LONG}"]
    assert len(exchanges(*said)) == 1 + new
    assert exchanges(*said)[-1].answer == (3,)


def test_small_talk_is_no_answer():
    assert answered("B: Can you hear me? How was your weekend?", f"A: {LONG}") == []


def test_the_candidates_own_questions_are_apart_and_end_the_interview():
    said = [f"B: {STORY}", f"A: {LONG}", "B: Any questions for me?", f"A: {LONG} How big is the team?",
            "B: Who was there? Forty now.", f"A: {LONG}", "B: One last thing: why us?", f"A: {LONG}"]  # fmt: skip
    found = exchanges_in(call(*said), "A")
    assert found.asked_them == ("How big is the team?",)
    assert [(one.question, one.answer) for one in found.exchanges] == [(STORY, (1,)), ("One last thing: why us?", (7,))]
    assert found.talk == 1


def test_a_question_of_the_candidates_needs_no_invitation():
    found = exchanges_in(call(f"B: {'We build. ' * 8}", "A: How big is the team?", "B: Forty.", f"B: {STORY}"), "A")
    assert found.asked_them == ("How big is the team?",)


def test_an_invitation_ends_a_question_that_nobody_answered():
    said = [f"B: {STORY}", "A: At work?", "B: Never mind. Any questions for us?", f"A: {LONG}"]
    found = exchanges_in(call(*said), "A")
    assert ([one.answer for one in found.exchanges], found.talk) == ([()], 1)


def test_after_an_invitation_too_early_the_interview_goes_on():
    said = ["B: Any questions before we start?", "A: None.", f"B: {STORY}", "A: At work?",
            "B: Why not? I ask everybody. Take your time.", f"A: {LONG}"]  # fmt: skip
    found = exchanges_in(call(*said), "A")
    assert [(one.question, one.answer) for one in found.exchanges] == [(STORY, (5,))]
    assert found.asked_them == ()


def test_three_who_ask_are_told_apart():
    found = exchanges(f"B: {STORY}", f"A: {LONG}", "C: We moved too.", "D: And why did you do it?", f"A: {LONG}")
    assert [(one.by, one.place) for one in found] == [("B", 0), ("D", 3)]


@pytest.mark.parametrize(("words", "brief"), [(14, True), (15, False)])
def test_a_few_words_are_not_read(words, brief):
    (found,) = exchanges(f"B: {STORY}", f"A: {'word ' * words}")
    assert found.brief is brief


# What is expected


def test_a_question_of_a_set_is_known_by_nearly_its_words_or_its_first_sentence():
    (one,) = questions(f"Okay, so {LATE}")
    assert one.id == "delivered-late"
    assert one.expects == BY_ID["delivered-late"].expects
    assert one.text == f"Okay, so {LATE}"
    for text in ("Tell me about a project you delivered late.", "tell us about a deadline that you missed"):
        assert same_question(text, KNOWN).id == "delivered-late"
    for text in ("Tell me about a project that you are proud of.", "Late?", "Who did you tell?"):
        assert same_question(text, KNOWN) is None


def test_no_two_shipped_questions_are_taken_for_one():
    wrong = [
        (question.id, other.id)
        for question in KNOWN
        if (other := same_question(question.text, [one for one in KNOWN if one.id != question.id]))
    ]
    assert wrong == []


def test_a_story_in_their_words_expects_one_and_anything_else_expects_nothing():
    story, habit, why = questions(STORY, "How do you split the budget of a year?", "Why do you want to leave?")
    assert {S.SITUATION, S.ACTION, S.RESULT} <= set(story.expects)
    assert story.target_s == (60.0, 150.0)
    assert (habit.expects, habit.target_s[0]) == ((), 1.0)
    assert why.expects == (S.RATIONALE,)
    assert story.id == "tell-me-about-a-time-you"


def test_a_follow_up_expects_what_it_asks_for_and_what_it_cut_off_is_not_called_short():
    texts = (STORY, "And why did you do that?", "Who was there?", f"So, {STORY}", "And why was it liked?")
    story, first, second, new, again = questions(*texts)
    assert (first.follow_up_to, first.expects) == (story.id, (S.RATIONALE,))
    assert (second.id, second.expects, second.target_s[0]) == (f"{story.id}-follow-up-2", (), 1.0)
    assert story.target_s[0] == 1.0
    assert new.follow_up_to is None
    assert new.id == f"{story.id}-2"
    assert again.id == f"{new.id}-follow-up-1"


def test_a_long_question_or_the_first_one_is_no_follow_up():
    first, long = questions("And why did you do that?", f"And {'so ' * 21}why was it?")
    assert first.follow_up_to is None
    assert long.follow_up_to == first.id
    (_, longer) = questions("Why us?", f"And {'so ' * 22}why was it?")
    assert longer.follow_up_to is None


# Practice beside it


HEARD = {S.ACTION: True, S.RESULT: False, S.METRIC: None}


def test_the_last_time_a_question_was_practised_stands_beside_it():
    late, other = BY_ID["delivered-late"], BY_ID["hardest-feedback"]
    rows = [
        row(session(1), late, expected=dict.fromkeys(HEARD, False)),
        row(session(3), late, expected=HEARD),
        row(session(4), other),
        row(session(5, title="Debrief", question_set=None), late),
    ]
    found = beside(Question(id="x", text=f"So, {LATE}", kind=Kind.BEHAVIOURAL), rows)
    assert (found.how, found.times, found.heard, found.asked, found.day) == (How.SAME, 2, 1, 2, "2026-10-22")
    assert found.grade is Grade.HARD
    assert beside(BY_ID["unpopular-decision"], []) is None


def test_where_it_was_not_practised_another_of_its_competency_is_named():
    rows = [row(session(1), BY_ID["delivered-late"], expected=HEARD)]
    text = "Tell me about a hire that you regret, and a deadline."
    found = beside(Question(id="x", text=text, kind=Kind.BEHAVIOURAL), rows)
    assert (found.how, found.competency, found.text) == (How.COMPETENCY, "delivery", LATE)
    assert beside(Question(id="x-follow-up-1", text=text, kind=Kind.BEHAVIOURAL), rows) is None
    assert beside(Question(id="x", text="Tell me about a hire.", kind=Kind.BEHAVIOURAL), rows) is None


# The command


def run(*arguments: object, code: int = 0):
    done = voicemock_here("debrief", *arguments)
    assert done.returncode == code, done.stdout + done.stderr
    return done


@pytest.fixture
def interview(tmp_path):
    path = tmp_path / "teams.vtt"
    path.write_bytes(calls.written("teams.vtt"))
    return path


def test_the_report_is_kept_and_is_no_practice(interview, tmp_path):
    out = run(interview, "--no-open").stdout
    assert "You: Ana Ruiz-García (Guest)" in " ".join(out.split())
    assert "In your question sets: delivered-late." in out
    assert " ".join(out.split()).count(NOT_HEARD) == 1
    assert "- How is on-call organised, and how often is somebody woken up at night?" in out
    assert "1 question is in none of your question sets. To practise it:" in " ".join(out.split())
    (folder,) = sessions_dir().iterdir()
    assert stat.S_IMODE((folder / "session.json").stat().st_mode) == 0o600
    report = json.loads((folder / "session.json").read_text())
    assert [one["question"]["id"] for one in report["answers"]] == [
        "delivered-late", "delivered-late-follow-up-1", "how-do-you-decide-what-to",
    ]  # fmt: skip
    measures = report["answers"][0]["measures"]
    assert measures["filled_pauses_per_min"]["status"] == measures["filled_pauses"]["status"] == "not_assessed"
    assert measures["length"]["status"] != "not_assessed"
    assert "coffee" not in (folder / "report.md").read_text()
    rows = history()
    assert len(rows) == 3
    assert sittings(rows) == ()


def test_many_hesitations_in_a_transcript_were_said(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(f"Bo: {STORY}\nMe: {'Um, we, uh, moved it. ' * 8}\n")
    (one,) = json.loads(run(path, "--json", "-").stdout)["debrief"]["exchanges"]
    assert one["answer"]["measures"]["filled_pauses_per_min"]["status"] == "problem"


def test_a_brief_answer_and_none_are_said_and_not_read(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(
        f"Bo: {STORY}\nMe: No, never.\nBo: Why are you here?\nBo: Bye.\nEve: {STORY}\nMe: {LONG}\nBo: Why us?\n"
    )
    out = run(path, "--no-open", "--add-questions", tmp_path / "a.toml").stdout
    assert (out.count("Too brief to be read."), out.count("No answer was found.")) == (1, 1)
    assert "in none of your" not in out
    (folder,) = sessions_dir().iterdir()
    assert len(json.loads((folder / "session.json").read_text())["answers"]) == 1
    added = [one.text for one in validate(tmp_path / "a.toml").questions]
    assert len(added) == len(set(added)) > 1


def test_json_alone_writes_nothing_else(interview):
    found = json.loads(run(interview, "--json", "-", "--me", "ana").stdout)
    assert found["schema_version"] == 1
    assert [len(one["exchange"]["answer"]) for one in found["debrief"]["exchanges"]] == [2, 1, 1]
    assert not sessions_dir().exists()


def test_a_wrong_candidate_can_be_put_right(interview):
    done = run(interview, "--me", "eve", "--no-open", code=2)
    assert "Nobody is called 'eve'" in done.stderr


MINE = """\
# mine
schema_version = 1
id = "mine"
title = "T"  # kept
[[questions]]
id = "q"
text = "Why?"
kind = "people"\
""".replace("\n", "\r\n")


def test_new_questions_are_added_once_and_the_rest_of_the_file_stays(interview, tmp_path):
    path = tmp_path / "mine.toml"
    path.write_bytes(MINE.encode())
    link = tmp_path / "link.toml"
    link.symlink_to(path)
    assert "1 question added" in run(interview, "--no-open", "--add-questions", link).stdout
    text = path.read_bytes().decode()
    assert text.startswith(f"{MINE}\r\n\r\n[[questions]]\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert link.is_symlink()
    new = validate(path).questions[1]
    assert (new.text, new.expects) == ("How do you decide what to delegate?", ())
    assert new.target_s[0] > 1
    assert "No question is new" in run(interview, "--no-open", "--add-questions", path).stdout
    assert path.read_bytes().decode() == text


ADDING = """
import sys
from pathlib import Path
from types import SimpleNamespace
from voicemock.jobs.debrief import add_questions
from voicemock.preparation.debrief.questions import Asked
from voicemock.questions.asked import asked
new = Asked(question=asked(sys.argv[2]))
input()
print("begun", flush=True)
add_questions(SimpleNamespace(exchanges=[SimpleNamespace(asked=new)]), Path(sys.argv[1]))
"""


def test_two_debriefs_at_once_add_to_one_set_in_turn(tmp_path):
    path = tmp_path / "mine.toml"
    theirs, ours = "Which of your teams would you found again?", "What did the last reorganisation cost you?"
    command = [sys.executable, "-c", ADDING, str(path), theirs]
    with (
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other,
        writing(path, lock=user_data_dir() / LOCK),
    ):
        other.stdin.write("\n")
        other.stdin.flush()
        assert other.stdout.readline() == "begun\n"
        with contextlib.suppress(subprocess.TimeoutExpired):
            other.wait(0.5)  # time enough to write, if it did not wait for us
        path.write_text(with_questions(path, "", [Question(id="ours", text=ours, kind=Kind.PEOPLE)]))
    assert other.returncode == 0
    assert [one.name for one in tmp_path.iterdir()] == ["mine.toml"], "nothing is left beside it"
    assert [one.text for one in validate(path).questions] == [ours, theirs]


def test_a_set_is_made_if_there_is_none(interview, tmp_path):
    run(interview, "--no-open", "--add-questions", tmp_path / "My Set.toml")
    assert [one.id for one in validate(tmp_path / "My Set.toml").questions] == ["how-do-you-decide-what-to"]
    assert tomllib.loads((tmp_path / "My Set.toml").read_text())["id"] == "my-set"


@pytest.mark.parametrize("name", ["set.txt", "shipped"])
def test_no_other_file_and_no_shipped_set_is_added_to(interview, tmp_path, name):
    path = shipped("question_sets") / "em_core.toml" if name == "shipped" else tmp_path / name
    before = path.read_bytes() if path.exists() else None
    done = run(interview, "--no-open", "--add-questions", path, code=2)
    assert "not a set of your own" in done.stderr
    assert (path.read_bytes() if path.exists() else None) == before


@pytest.mark.parametrize(
    "text",
    ['schema_version = 1\nid = "a"\ntitle = "T"\nquestions = [{ id = "q", text = "W?", kind = "people" }]\n', "x = "],
)
def test_a_file_that_would_not_be_valid_is_left_alone(text, tmp_path):
    with pytest.raises(DataFileError):
        with_questions(tmp_path / "a.toml", text, [Question(id="n", text="Why?", kind=Kind.PEOPLE)])


def test_what_was_asked_twice_is_new_once_and_a_follow_up_is_never():
    asked = [Asked(question=one) for one in questions(STORY, "And why did you do that?", STORY)]
    assert [one.text for one in new_questions(asked, KNOWN)] == [STORY]


def test_another_question_with_its_id_gets_one_of_its_own(tmp_path):
    text = MINE.replace("\r\n", "\n")
    new = with_questions(tmp_path / "a.toml", text, [Question(id="q", text='Why "so"?', kind=Kind.PEOPLE)] * 2)
    assert [one.id for one in validate(tmp_path / "a.toml", new).questions] == ["q", "q-2", "q-3"]


def test_a_set_that_cannot_be_written_or_read_is_told_before_the_work(interview, tmp_path):
    done = run(interview, "--no-open", "--add-questions", tmp_path / "none" / "a.toml", code=2)
    assert "cannot be written" in done.stderr
    (tmp_path / "a.toml").write_text("id = 3")
    done = run(interview, "--no-open", "--add-questions", tmp_path / "a.toml", code=2)
    assert f"{tmp_path / 'a.toml'}:1: " in done.stderr
    assert list(sessions_dir().iterdir()) == []


def test_a_disk_that_fills_up_meanwhile_costs_the_questions_alone(interview, tmp_path, monkeypatch):
    def full(path, content):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("voicemock.jobs.debrief.write_whole", full)
    done = run(interview, "--no-open", "--add-questions", tmp_path / "a.toml", code=2)
    assert "Free some space" in done.stderr
    assert len(list(sessions_dir().iterdir())) == 1


def test_a_file_that_is_not_there_is_told(tmp_path):
    assert "cannot be read" in run(tmp_path / "a.vtt", code=2).stderr


def test_another_language_is_not_assessed_and_said(tmp_path):
    path = tmp_path / "a.txt"
    satz = "Letztes Jahr haben wir mit sechs Leuten die Abrechnung umgezogen und ich habe den Termin verschoben. " * 4
    path.write_text(f"Bo: Was war Ihr größter Fehler?\nAna: {satz}\nBo: Und warum?\nAna: {satz}\n")
    out = " ".join(run(path, "--no-open").stdout.split())
    assert out.count("seems to be in another language") == 1
    assert "Was war Ihr größter Fehler?" in out


def test_nothing_asked_and_nothing_answered_is_said(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Bo: Hello.\nMe: Hello there.\n")
    out = run(path, "--no-open").stdout
    assert "No interview question was found." in out
    assert list(sessions_dir().iterdir()) == []


def test_names_and_words_cannot_move_the_cursor(tmp_path):
    path = tmp_path / "a.vtt"
    path.write_text(f"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Bo\x1b[2J>{STORY}\x1b]0;x\x07</v>\n\n"
                    f"00:02.000 --> 00:03.000\n<v Me>{LONG}</v>\n")  # fmt: skip
    assert "\x1b" not in run(path, "--no-open").stdout


def test_a_transcript_is_not_written_over(interview, tmp_path):
    before = interview.read_bytes()
    for options in (["--json", interview], ["--json", tmp_path / "a.toml", "--add-questions", tmp_path / "a.toml"]):
        done = CliRunner().invoke(app, ["debrief", *map(str, (interview, *options))])
        assert isinstance(done.exception, UsageError) and "named twice" in done.exception.message
    assert interview.read_bytes() == before


def test_a_report_that_is_there_is_kept_unless_it_is_to_be_replaced(interview, tmp_path):
    for name in ("report.md", "mine.txt"):
        (tmp_path / name).write_text("mine")
    command = ["debrief", str(interview), "--out", str(tmp_path), "--no-open"]
    done = CliRunner().invoke(app, command)
    assert isinstance(done.exception, UsageError) and "holds report.md already" in done.exception.message
    assert "--replace" in done.exception.hint
    assert (tmp_path / "report.md").read_text() == "mine"
    assert CliRunner().invoke(app, [*command, "--replace"]).exit_code == 0
    assert "Debrief" in (tmp_path / "report.md").read_text()
    assert (tmp_path / "mine.txt").read_text() == "mine"
