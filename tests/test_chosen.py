"""Which questions are asked: by competency, round and dimension, alone and together."""

import pytest

from voicemock.errors import UnknownNameError, UsageError
from voicemock.jobs.practise import choose_questions
from voicemock.questions.chosen import Only
from voicemock.questions.sets import load_set
from voicemock.schema import Dimension, Round

CORE = load_set("em_core")


@pytest.mark.parametrize("name", ["people", "strategy", "bar_raiser"])
def test_only_questions_of_a_round_are_asked(name):
    asked = choose_questions(CORE, only=Only(round=name), count=100)
    assert asked == tuple(q for q in CORE.questions if Round(name) in q.rounds)
    assert 0 < len(asked) < len(CORE.questions)


def test_only_questions_on_one_side_of_the_job_are_asked():
    asked = choose_questions(CORE, only=Only(dimension="execution"), count=100)
    assert asked == tuple(q for q in CORE.questions if q.dimension is Dimension.EXECUTION)


def test_all_that_is_given_must_hold():
    asked = choose_questions(CORE, only=Only(competency="conflict", round="bar_raiser"), count=100)
    assert asked == tuple(q for q in CORE.questions if "conflict" in q.competencies and Round.BAR_RAISER in q.rounds)
    assert len(asked) >= 2


def test_all_are_asked_where_nothing_is_given():
    assert choose_questions(CORE, count=100) == choose_questions(CORE, only=Only(), count=100) == CORE.questions


def test_a_wrong_name_is_told_with_those_there_are():
    with pytest.raises(UnknownNameError) as caught:
        Only(round="deepdive").of(CORE.questions)
    assert "Did you mean deep_dive?" in caught.value.hint
    assert all(name in caught.value.hint for name in Round)


def test_a_set_without_such_questions_says_so():
    with pytest.raises(UsageError, match="No question here is for --round deep_dive"):
        choose_questions(CORE, only=Only(round="deep_dive"), count=5)
    assert Only().of(()) == ()


def test_a_question_and_a_choice_do_not_go_together():
    for only in (Only(round="people"), Only(dimension="execution"), Only(competency="conflict")):
        with pytest.raises(UsageError, match=f"--question and {only.given[0]} both choose"):
            choose_questions(CORE, question="delivered-late", only=only, count=1)
