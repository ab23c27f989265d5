"""Whether an answer speaks of what was asked: a share of its sentences does."""

import pytest

from voicemock.reading.sentences import cut
from voicemock.reading.text import passage
from voicemock.reading.topic import speaks_to


def test_an_answer_about_something_else_is_off_topic() -> None:
    question = "How do you make sure your interview process is fair?"
    fair = (
        "Every candidate gets the same questions. Two people grade each one blind, on a score card, before they talk."
    )
    drift = "My garden is doing well. The roses came early this year. We had rain in May. I like the smell of it."
    assert speaks_to(question, cut(passage(fair)))
    assert not speaks_to(question, cut(passage(drift)))


def test_a_question_nobody_foresaw_is_not_held_against_an_answer() -> None:
    assert speaks_to("Blorp?", cut(passage("We shipped it and it was fine.")))


ON, OFF = "Every candidate gets the same questions here.", "The roses came early this year in May."


@pytest.mark.parametrize(("sentences", "on"), [(8, True), (9, False)], ids=["one in eight", "one in nine"])
def test_one_sentence_in_eight_on_the_topic_is_enough(sentences: int, on: bool) -> None:
    told = cut(passage(" ".join([ON, *[OFF] * (sentences - 1)])))
    assert speaks_to("How do you hire?", told) is on


def test_of_a_question_on_two_topics_twice_as_much_is_asked() -> None:
    both, one = "How do you make sure your interview process is fair?", "How do you hire?"
    told = cut(passage(" ".join([ON.replace("same", "first"), *[OFF] * 6])))
    assert speaks_to(one, told)
    assert not speaks_to(both, told)


def test_a_sentence_of_two_words_is_on_no_topic_and_off_none() -> None:
    assert speaks_to("How do you hire?", cut(passage(" ".join([ON, *["Um, well."] * 30, *[OFF] * 7]))))
    assert speaks_to("How do you hire?", cut(passage("Um, well.")))
