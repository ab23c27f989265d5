"""Only the candidate's words count: who is left out, who stays, and what is measured then."""

from dataclasses import replace

import msgspec
import pytest

from tests.conversations import conversation
from voicemock.analyze import analyze_heard
from voicemock.questions.asked import asked
from voicemock.reading.candidate import EVERYBODY
from voicemock.report.markdown import render_markdown
from voicemock.report.transcript import paragraphs
from voicemock.schema import SCHEMA_VERSION, AnswerReport, AsideKind, SessionReport
from voicemock.speech.transcript import transcript_of

QUESTION = asked("Tell me about a time you failed. What did you learn?")
ASKED = "Tell me about a time you, um, failed. What did you learn?"
ANSWER = (
    "So in March we moved the um billing system to a new platform and it was late. [0.7] I had promised it to the "
    "sales people before I asked the team. [2.5] We shipped in May. I learned to ask first, and to say no in time."
)
SAID = " ".join(token for token in ANSWER.split() if token[0] != "[")


def judge(script: str, *, question: bool = True, speaker: int | None = None, **how: object) -> AnswerReport:
    heard = conversation(script, **how)  # type: ignore[arg-type]
    return analyze_heard(heard, question=QUESTION if question else None, speaker=speaker)


def texts(answer: AnswerReport) -> list[tuple[str, str]]:
    return [(aside.kind.value, aside.text) for aside in answer.asides]


def same_but_later(answer: AnswerReport, alone: AnswerReport) -> None:
    """Hold that an answer is judged as it would be with nobody else on the recording."""
    assert answer.transcript.text == alone.transcript.text
    assert [f.text for f in answer.fillers] == [f.text for f in alone.fillers]
    assert answer.duration_s == pytest.approx(alone.duration_s)
    assert answer.prosody and alone.prosody
    assert answer.prosody.speech_rate_wpm == pytest.approx(alone.prosody.speech_rate_wpm, abs=1)
    assert len(answer.prosody.pauses) == len(alone.prosody.pauses)
    assert {
        name: m.value for name, m in answer.measures.items() if name not in ("response_latency", "speech_rate")
    } == {name: m.value for name, m in alone.measures.items() if name not in ("response_latency", "speech_rate")}


@pytest.mark.parametrize("voices", [False, True], ids=["by its words", "with voices"])
def test_a_question_read_out_is_not_counted(voices: bool) -> None:
    answer = judge(f"[0.4] B: {ASKED} [1.4] A: {ANSWER}", voices=voices)
    assert texts(answer) == [("question", ASKED)]
    same_but_later(answer, judge(ANSWER))
    assert answer.prosody and answer.prosody.response_latency_s == pytest.approx(1.4, abs=0.1)


def test_a_question_in_the_same_voice_is_known_by_its_words_and_the_silence_after_it() -> None:
    assert texts(judge(f"A: {ASKED} [0.9] {ANSWER}")) == [("question", ASKED)]
    assert texts(judge(f"A: {ASKED} [0.1] {ANSWER}")) == []


def test_another_voice_needs_no_silence_and_fewer_right_words() -> None:
    misheard = "Tell us about it when time you failed. What did you learn?"
    assert texts(judge(f"B: {misheard} [0.1] A: {ANSWER}")) == [("question", misheard)]
    assert texts(judge(f"A: {misheard} [0.9] {ANSWER}")) == []


@pytest.mark.parametrize(
    "opening",
    [
        "So, a time I failed. [0.8]",
        "Tell me about a time I failed. What did I learn? [1.0]",
        "A time when I failed. [1]",
    ],
)
def test_a_candidate_who_repeats_the_question_loses_no_word(opening: str) -> None:
    answer = judge(f"{opening} {ANSWER}", voices=False)
    assert answer.asides == ()
    assert answer.transcript.text.endswith(SAID)


def test_without_a_question_known_one_voice_stays_whole() -> None:
    answer = judge(f"A: {ASKED} [1.4] {ANSWER}", question=False)
    assert answer.asides == ()
    assert not any("people speak" in note for note in answer.notes)


def test_the_question_alone_is_no_answer_cut_away() -> None:
    assert judge(f"B: {ASKED}").transcript.text == ASKED


SHORT_CALL = (
    "B: How did it begin with the billing system in that year? [0.4] A: So in March we moved it to a new platform, and "
    "it was late because I had promised too much. [0.3] B: And how did the sales people take that news from you then? "
    "[0.3] A: Not well. I went to each of them and we agreed on a date in May, and that one we kept."
)
MORE = (
    "[0.3] B: What would you do in another way today, if you had to do it all again? [0.4] A: I would ask the team "
    "first, and I would write down what has to be true for a date to hold. Then I would tell the sales people what I "
    "know and what I do not know, every week, and not only once it is too late for them to change their own plans."
)
CALL = f"{SHORT_CALL} {MORE}"


def test_of_two_people_the_one_who_speaks_most_is_judged_and_told() -> None:
    answer = judge(CALL, question=False)
    assert [kind for kind, _ in texts(answer)] == ["other"] * 3
    assert answer.transcript.text.startswith("So in March") and "How did" not in answer.transcript.text
    assert answer.notes[0].startswith("Two people speak; the one who speaks 71% of the time")
    assert "--speaker 2 picks the other" in answer.notes[0]
    assert answer.duration_s == pytest.approx(0.35 * len(answer.transcript.words), abs=1.0)
    assert answer.prosody and answer.prosody.pauses == ()
    assert answer.prosody.f0_median_hz == pytest.approx(100)


def test_the_other_can_be_taken_and_everybody() -> None:
    other = judge(CALL, question=False, speaker=2)
    assert other.transcript.text.startswith("How did it begin")
    assert "So in March" not in other.transcript.text
    assert other.prosody and other.prosody.f0_median_hz == pytest.approx(200)
    assert judge(f"B: {ASKED} [1.4] A: {ANSWER}", speaker=EVERYBODY).transcript.text.startswith(ASKED)
    everybody = judge(CALL, question=False, speaker=EVERYBODY)
    assert (
        everybody.asides == () and "How did" in everybody.transcript.text and "So in March" in everybody.transcript.text
    )


def test_who_asks_is_not_the_candidate_though_they_speak_more() -> None:
    talks = "That is a good one, and I will tell you why we ask it of all who come here. " * 2
    answer = judge(f"B: {ASKED} [0.6] A: {ANSWER} [0.5] B: {talks}")
    assert answer.transcript.text == SAID
    assert [kind for kind, _ in texts(answer)] == ["question", "other"]


def test_a_candidate_who_reads_the_question_out_stays_the_candidate() -> None:
    asked_later = "B: And what did your manager say to that in the end?"
    answer = judge(f"A: {ASKED} [0.9] {ANSWER} [0.5] {asked_later} [0.4] A: Yes, in time.")
    assert answer.transcript.text == f"{SAID} Yes, in time."


@pytest.mark.parametrize("alike", [0.45, 0.6, 0.9])
def test_voices_that_may_be_one_are_not_told_apart(alike: float) -> None:
    answer = judge(CALL, question=False, alike=alike)
    assert answer.asides == ()
    assert "two people could not be told apart" in judge(CALL, question=False, alike=alike, speaker=2).notes[0]


def test_in_a_short_talk_everybody_counts_and_one_can_be_chosen() -> None:
    answer = judge(SHORT_CALL, question=False)
    assert answer.asides == ()
    assert answer.notes[0].startswith(
        "Two people speak, but too briefly to tell who the candidate is, so everybody was counted."
    )
    assert judge(SHORT_CALL, question=False, speaker=1).transcript.text.startswith("So in March")


def test_a_word_from_the_side_is_nobody() -> None:
    assert judge(f"{ANSWER} [0.5] B: Dinner is ready. [0.5] A: {ANSWER}", question=False).asides == ()


def test_the_report_shows_what_was_not_counted_at_its_place() -> None:
    answer = judge(f"B: {ASKED} [1.4] A: {ANSWER}")
    first, *rest = paragraphs(answer)
    assert (first.aside, first.runs[0].text) == ("The question, not counted", ASKED)
    assert first.runs[0].pieces[0].start_s == 0.0
    assert "".join(run.text for paragraph in rest for run in paragraph.runs) == answer.transcript.text
    page = render_markdown(SessionReport(schema_version=SCHEMA_VERSION, voicemock="0", answers=(answer,)))
    assert f"(The question, not counted: {ASKED})" in page
    others = [p for p in paragraphs(judge(CALL, question=False)) if p.aside]
    assert [p.aside for p in others] == ["Somebody else, not counted"] * 3
    assert answer.asides[0].kind is AsideKind.QUESTION


def test_of_three_people_another_can_be_taken_and_a_fourth_is_told_not_to_be_there() -> None:
    third = "C: If I may come in here, did nobody look at the plan before it was sent to them all?"
    answer = judge(f"{CALL} [0.4] {third}", question=False)
    assert "Three people speak" in answer.notes[0] and "--speaker 2 picks another" in answer.notes[0]
    assert judge(f"{CALL} [0.4] {third}", question=False, speaker=3).transcript.text == third.removeprefix("C: ")
    assert "There is no speaker 4." in judge(f"{CALL} [0.4] {third}", question=False, speaker=4).notes[0]


def test_a_last_word_that_seems_to_last_into_the_answer_hides_no_silence() -> None:
    heard = conversation(f"B: {ASKED} [1.5] A: {ANSWER}", voices=False)
    assert heard.sound is not None
    last = len(ASKED.split()) - 1
    early = heard.sound.words[last]
    heard.sound.words[last] = replace(early, end_s=early.end_s + 3.0)
    heard.sound.words[last + 1] = replace(heard.sound.words[last + 1], start_s=early.end_s + 3.0)
    heard = msgspec.structs.replace(heard, transcript=transcript_of(heard.sound.words, "tiny.en"))
    answer = analyze_heard(heard, question=QUESTION)
    assert texts(answer) == [("question", ASKED)]
    assert answer.asides[0].end_s == pytest.approx(early.end_s + 0.75, abs=0.1)
    assert answer.prosody and answer.prosody.response_latency_s == pytest.approx(1.5, abs=0.1)
