"""Two interviewers, interruptions, a break, and how long an answer took."""

from pathlib import Path

import pytest

from tests.here import voicemock_here
from tests.test_debrief import LONG, STORY, call
from voicemock.phrases import good_length
from voicemock.preparation.debrief.asking import bare, invites, questions_in
from voicemock.preparation.debrief.exchanges import exchanges_in
from voicemock.preparation.debrief.questions import questions_of
from voicemock.transcripts import Turn, read_transcript, took_s

ASKED = "Walk us through a migration that you led."


@pytest.mark.parametrize(
    "between", [["A: Hello Tom, good to meet you."], [], ["A: Sure, thanks for that. I was glad to talk about it."]]
)
def test_the_word_handed_to_a_colleague_is_not_handed_to_the_candidate(between):
    found = exchanges_in(call("Priya: Tom, over to you.", *between, f"Tom: {ASKED} Take your time.", f"A: {LONG}"), "A")
    assert [(one.question, one.by, bool(one.answer)) for one in found.exchanges] == [(ASKED, "Tom", True)]


def test_a_colleague_who_asks_after_it_was_handed_over_without_a_name_has_the_word():
    found = exchanges_in(call("Priya: Over to you, I think.", f"Tom: {ASKED} Take your time.", f"A: {LONG}"), "A")
    assert [one.question for one in found.exchanges] == [ASKED]


def test_who_invites_and_talks_on_still_invites():
    said = ["B: Any questions for us? How long do we have? We have ten minutes.", "A: How big is the team?", "B: Nine."]
    assert exchanges_in(call(*said), "A").asked_them == ("How big is the team?",)


def test_what_is_asked_in_passing_in_a_reply_to_the_candidate_is_no_question():
    said = [
        "B: What questions do you have for us?",
        "A: How big is the team?",
        f"B: Nine. Why so few? {LONG}",
        "A: I see.",
    ]
    assert exchanges_in(call(*said), "A").exchanges == ()
    long = f"A: {LONG} Who decides on the budget? {LONG}"
    assert exchanges_in(call(said[0], long, said[2], said[3]), "A").exchanges == ()


def test_a_candidate_without_questions_is_asked_on():
    said = ["B: What questions do you have for us?", "A: None, you told me all of it.", f"B: {ASKED} Take your time."]
    (one,) = exchanges_in(call(*said, f"A: {LONG}"), "A").exchanges
    assert (one.question, one.words) == (ASKED, len(LONG.split()))


@pytest.mark.parametrize(
    ("said", "invited"),
    [
        ("Tom, over to you.", False),
        ("Okay, so Tom, I think it's over to you.", False),
        ("Over to you, Tom.", False),
        ("That is all from Tom and me, so over to you.", True),
        ("Over to you, Jonas.", True),
        ("Will you have any questions for us?", True),
    ],
)
def test_who_is_given_the_word_is_who_is_called(said, invited):
    assert invites(said, others=("Tom Hill", "Will Ray")) is invited


def test_two_who_ask_in_one_breath_both_asked():
    found = exchanges_in(call(f"Priya: {STORY}", "Tom: And what did it cost?", f"A: {LONG}"), "A").exchanges
    assert [(one.by, one.place) for one in found] == [("Priya and Tom", 1)]
    found = exchanges_in(call(f"Priya: {LONG}", f"Tom: {STORY}", "Priya: He means it.", f"A: {LONG}"), "A").exchanges
    assert [(one.by, one.place) for one in found] == [("Tom", 1)]


@pytest.mark.parametrize(
    "small",
    [
        "Can I jump in here?",
        "Sorry, could I just stop you there?",
        "May I ask you a question?",
        "Can we take five minutes?",
        "Shall we all have a break?",
    ],
)
def test_an_interruption_or_a_break_is_no_question(small):
    assert questions_in(f"{small} Why did you leave?") == "Why did you leave?"


def test_a_question_that_may_be_asked_is_asked():
    assert questions_in("Can I ask you something about how you hire?") == "Can I ask you something about how you hire?"


def test_words_that_only_lead_to_a_question_are_left_out():
    assert bare("So with that in mind, tell me about it.") == "Tell me about it."
    assert bare("Last one from me: what would you leave out?") == "What would you leave out?"
    assert bare("First things first.") == "First things first."


@pytest.mark.parametrize(
    ("text", "follows"),
    [
        ("Did anyone object?", True),
        ("What happened next?", True),
        ("How so?", True),
        ("Okay, so how many people were involved?", True),
        ("Was anybody hurt?", True),
        ("Why?", True),
        ("What makes a good manager?", False),
        ("Was haben Sie daraus gelernt?", False),
        ("Why do teams fail?", False),
        ("Which of the other teams was first asked?", True),
        ("Which of the other teams was first asked then?", False),
        ("How did you become a manager?", False),
        ("What was the role of the architects in all of this?", True),
        ("What was the role of the architects in your last three firms?", False),
    ],
)
def test_a_few_words_on_what_is_over_follow_up(text, follows):
    found = exchanges_in(call(f"B: {STORY}", f"A: {LONG}", f"B: {text}", f"A: {LONG}"), "A").exchanges
    assert [bool(one.question.follow_up_to) for one in questions_of(found, [])] == [False, follows]


def took(*times: tuple[float | None, float | None], words: int = 20) -> float | None:
    return took_s([Turn(speaker="A", text="word " * words, start_s=start, end_s=end) for start, end in times])


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        ([(10.0, 18.0)], 8.0),
        ([(10.0, 18.0), (30.0, 40.0)], 18.0),
        ([(10.0, 18.0), (15.0, 22.0)], 12.0),
        ([(10.0, 20.0), (11.0, 14.0)], 10.0),
        ([(10.0, 18.0), (30.0, None)], None),
        ([(None, None)], None),
        ([(0.0, 20.0)], 20.0),
        ([(0.0, 20.1)], None),
        ([(0.0, 4.0)], 4.0),
        ([(0.0, 3.9)], None),
        ([(5.0, 5.0)], None),
    ],
)
def test_how_long_turns_took_is_told_by_times_that_can_be_true(times, expected):
    assert took(*times) == expected


def test_a_cue_of_two_people_does_not_tell_when_either_ended():
    vtt = "WEBVTT\n\n00:01.000 --> 00:09.000\n{}\n\n00:09.000 --> 00:12.000\n{}\n"
    for first, second in (
        ("<v Ana>We moved it.</v> <v Bo>Why?</v>", "<v Ana>It was slow.</v>"),
        ("Ana: We moved it.\nBo: Why?", "Ana: It was slow."),
    ):
        turns = read_transcript(Path("a.vtt"), vtt.format(first, second).encode()).turns
        assert [(one.speaker, one.end_s) for one in turns] == [("Ana", None), ("Bo", None), ("Ana", 12.0)]


def test_the_times_of_a_transcript_tell_how_long_an_answer_took(tmp_path):
    cues = [("Bo", STORY, 0, 5), ("Ana", LONG, 8, 14), ("Ana", LONG, 15, 21), ("Bo", "Thanks.", 21, 22)]
    text = "WEBVTT\n"
    for who, said, start, end in cues:
        text += f"\n00:00:{start:02}.000 --> 00:00:{end:02}.000\n<v {who}>{said}</v>\n"
    (tmp_path / "call.vtt").write_text(text)
    found = voicemock_here("debrief", str(tmp_path / "call.vtt"), "--me", "Ana", "--out", str(tmp_path / "report"))
    assert "0:13 (aim for" in found.stdout
    assert "How long an answer took is told by the transcript's times." in " ".join(found.stdout.split())
    assert "Length: 0:13" in (tmp_path / "report" / "report.md").read_text()


def test_the_times_of_a_page_where_a_word_may_be_enough():
    assert good_length(1.0, 150.0) == "at most 2:30"
    assert good_length(1.1, 150.0) == "0:01–2:30"


@pytest.mark.parametrize("text", ["A" * 80 + " " * 200_000 + "1:00\n", "WEBVTT\n\n0:01 --> 0:02\n" + "<v " * 60_000])
def test_a_long_line_is_read_in_seconds(text, tmp_path):
    path = tmp_path / "call.txt"
    path.write_text(text)
    assert "does not say who speaks" in voicemock_here("debrief", path).stderr  # without its bounds: many minutes


@pytest.mark.parametrize(
    "said",
    [
        "I think that's it. Anything from you?",
        "Anything else on your side?",
        "What would you like to know?",
        "What can we tell you?",
        "Please ask us anything.",
    ],
)
def test_the_candidate_is_invited_in_many_words(said):
    assert invites(said)
    assert questions_in(said) == ""


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("Let's talk about conflict. Think about a peer of yours. What was it about?", 3),
        ("Let's talk about the next steps. I think about our peers.", 0),
        ("She is still here. Would you like to talk to her?", 0),
        ("What would you like to see in your next role?", 1),
        ("We plan each quarter. Does that help?", 0),
    ],
)
def test_sentences_that_lead_to_a_question_belong_to_it_and_courtesies_do_not(said, asked):
    assert len([one for one in questions_in(said).replace("?", ".").split(".") if one]) == asked


def test_a_question_about_what_was_just_said_follows_up():
    def follows(text: str) -> bool:
        found = exchanges_in(call(f"B: {STORY}", f"A: {LONG}", f"B: {text}", f"A: {LONG}"), "A").exchanges
        return bool(questions_of(found, [])[-1].question.follow_up_to)

    assert follows("Hi, sorry, quick one: when you say more scope, do you mean people or systems?")
    assert follows("You mentioned a memo, who was the audience?")
    assert not follows("How do people react when you say no?")
