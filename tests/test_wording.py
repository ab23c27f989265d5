"""A question that comes back is asked in other words."""

import msgspec
import pytest

from tests.practised import answered, begun, finished, killed
from voicemock.jobs.wording import worded_anew
from voicemock.paths import sessions_dir
from voicemock.schema import Kind, Question

TIRED = Question(id="tired", text="One?", kind=Kind.PEOPLE, variants=("Two?", "Three?"))
ONLY = Question(id="only", text="Only?", kind=Kind.PEOPLE)
BOTH = (TIRED, ONLY)


def texts(questions=BOTH, of="em_core"):
    return [question.text for question in worded_anew(of, questions)]


def held(text: str, name: str) -> None:
    """Hold a session in which the question is worded like this, and answered."""
    folder = finished(questions=(msgspec.structs.replace(TIRED, text=text), ONLY)).folder
    folder.rename(sessions_dir() / name)


def test_the_first_time_a_question_is_asked_as_it_stands():
    assert texts() == ["One?", "Only?"]


@pytest.mark.parametrize(
    ("before", "now"), [("One?", "Two?"), ("Two?", "Three?"), ("Three?", "One?"), ("Reworded since?", "One?")]
)
def test_its_wordings_take_turns(before, now):
    held(before, "2026-11-20T10-00-00-em-core")
    assert texts() == [now, "Only?"]


def test_only_the_last_session_of_the_set_counts():
    held("Two?", "2026-11-20T10-00-00-em-core")
    held("One?", "2026-11-21T10-00-00-em-core")
    assert texts() == ["Two?", "Only?"]
    assert texts(of="em_hiring") == ["One?", "Only?"]


def test_what_was_not_answered_is_asked_in_the_same_words():
    store = begun(questions=BOTH)
    answered(store, 2)
    killed(store)
    assert texts() == ["One?", "Only?"]


def test_a_damaged_session_and_a_review_are_passed_over():
    held("One?", "2026-11-20T10-00-00-em-core")
    for name, content in (("2026-11-22T10-00-00-em-core", "{"), ("2026-11-23T10-00-00-review", None)):
        (sessions_dir() / name).mkdir()
        if content:
            (sessions_dir() / name / "progress.json").write_text(content)
    assert texts()[0] == "Two?"


def test_all_but_the_words_stays():
    held("One?", "2026-11-20T10-00-00-em-core")
    (again, _) = worded_anew("em_core", BOTH)
    assert msgspec.structs.replace(again, text="One?") == TIRED
