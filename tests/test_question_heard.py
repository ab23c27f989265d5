"""The question at the start of a recording is known by its words, and an answer is never taken for it."""

import json
import re
from pathlib import Path

import pytest

from tests.builders import spoken
from voicemock.questions.sets import list_sets
from voicemock.reading import from_text
from voicemock.reading.question_heard import asked_at, find_question

QUESTION = "Tell me about an engineer on your team who was not meeting expectations. What did you do?"
FAILED = "Tell me about a time you failed."
ANSWER = "So last spring I had an engineer who missed two dates in a row."


def heard_of(text: str, question: str = QUESTION) -> tuple[str, float]:
    """Return the words taken for the question, and how like it they are."""
    match = find_question(from_text(text).words, question)
    return (" ".join(text.split()[: match.words]), match.likeness) if match else ("", 0.0)


@pytest.mark.parametrize(
    "asked",
    [
        QUESTION,
        "Okay, thank you. Next question: tell me about an engineer on your team who wasn't meeting expectations. What "
        "did you do?",
        "tell me about an, um, engineer in your team who was not meeting expectation what did you do",
        "Hi, nice to meet you. Could you tell me about an engineer on your team who was not meeting the expectations? "
        "And what did you do?",
        "Tell me about an engineer on your team who was not meeting expectations.",
    ],
    ids=["word for word", "after a lead-in", "misheard", "in other words", "its first sentence"],
)
def test_the_question_is_found_up_to_its_last_word(asked: str) -> None:
    found, likeness = heard_of(f"{asked} {ANSWER}")
    assert found == asked
    assert likeness >= 0.8


@pytest.mark.parametrize(
    "said",
    [
        ANSWER,
        "So, an engineer who was not meeting expectations. " + ANSWER,
        "An engineer on my team who was not meeting expectations. What did I do? " + ANSWER,
        "Tell me about an engineer on my team who was not meeting expectations. Okay. " + ANSWER,
        "We were not meeting expectations, and what I did was to tell the engineers on the team about it.",
        "I told you about my team before. " * 5 + QUESTION,
    ],
    ids=[
        "an answer",
        "repeated in part",
        "turned to I",
        "turned to my",
        "the same words",
        "far from the start",
    ],
)
def test_an_answer_is_not_the_question(said: str) -> None:
    assert heard_of(said)[1] < 0.65


def test_a_question_of_few_words_may_be_said_by_chance() -> None:
    assert heard_of("Why this company? Because of its people.", "Why this company?") == ("", 0.0)


@pytest.mark.parametrize(
    ("said", "likeness"), [("What should tests lost us?", 0.94), ("What should tested cost us?", 0.8)]
)
def test_three_quarters_of_its_letters_make_a_word_misheard_and_fewer_another(said: str, likeness: float) -> None:
    assert heard_of(f"{said} {ANSWER}", "What should tests cost us?")[1] == likeness


def test_who_asks_speaks_to_somebody() -> None:
    def addressed(question: str) -> bool:
        match = find_question(from_text(f"{question} {ANSWER}").words, question)
        return match is not None and match.addressed

    assert addressed("Walk me through the last large outage of the service.")
    assert addressed("What would your last manager change about you?")
    assert not addressed("What makes a good engineering manager in a small company?")


def test_every_shipped_question_is_found_whole() -> None:
    for question in (question for one in list_sets() for question in one.questions):
        assert heard_of(f"{question.text} {ANSWER}", question.text) == (question.text, 1.0)


def test_no_answer_is_taken_for_its_question() -> None:
    """Many answers begin with words of their question; the likest is 0.5 alike."""
    shipped = {question.id: question.text for one in list_sets() for question in one.questions}
    seen = 0
    for path in (Path(__file__).parent / "answers").glob("writer_*.jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            answer = json.loads(line)
            said = re.sub(r"\[\[\w+:(.*?)\]\]", r"\1", answer["marked"])
            assert heard_of(said, shipped.get(answer["question"], answer["question"]))[1] < 0.65, said
            seen += 1
    assert seen > 500


@pytest.mark.parametrize(
    "said",
    [
        "Hello. Tell me about a time you failed.",
        "Hello. Tell about a time you failed.",
        "So, tell me about the time you have failed, please.",
        "Okay okay. Tell me, um, about a time when you failed.",
    ],
)
def test_a_question_is_heard_in_nearly_its_own_words(said: str):
    transcript = spoken(said, lasts_s=10).transcript
    first = next(word for word in transcript.words if word.text.lower().startswith("tell"))
    assert asked_at(transcript, FAILED) == first.start_s


@pytest.mark.parametrize(
    "said",
    [
        "Let me tell you about a time I failed.",
        "Last year I failed, and I will tell you about it in a moment.",
        "Tell me more.",
    ],
)
def test_an_answer_is_no_question(said: str):
    assert asked_at(spoken(said, lasts_s=10).transcript, FAILED) is None
