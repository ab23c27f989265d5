"""A question that comes back is asked in other words."""

import msgspec
import pytest

from tests.practised import answered, begun, finished, killed
from voicemock.jobs.wording import worded_anew
from voicemock.paths import sessions_dir
from voicemock.preparation.wording import reworded
from voicemock.schema import Kind, Question

TIRED = Question(id="tired", text="One?", kind=Kind.PEOPLE, variants=("Two?", "Three?"))
ONLY = Question(id="only", text="Only?", kind=Kind.PEOPLE)
BOTH = (TIRED, ONLY)


def texts(questions=BOTH):
    return [question.text for question in worded_anew(questions)]


def held(text: str, name: str, **info: str | None) -> None:
    """Hold a session in which the question is worded like this, and answered."""
    folder = finished(questions=(msgspec.structs.replace(TIRED, text=text), ONLY)).folder
    progress = msgspec.json.decode((folder / "progress.json").read_bytes())
    progress["session"] |= {"id": name, "started_at": f"{name[:10]}T10:00:00+00:00", **info}
    (folder / "progress.json").write_bytes(msgspec.json.encode(progress))
    folder.rename(sessions_dir() / name)


def test_the_first_time_a_question_is_asked_as_it_stands():
    assert texts() == ["One?", "Only?"]


@pytest.mark.parametrize(
    ("before", "now"), [("One?", "Two?"), ("Two?", "Three?"), ("Three?", "One?"), ("Reworded since?", "One?")]
)
def test_its_wordings_take_turns(before, now):
    held(before, "2026-11-20T10-00-00-em-core")
    assert texts() == [now, "Only?"]


def test_the_last_wording_counts_whatever_the_set_it_was_asked_from():
    held("One?", "2026-11-20T10-00-00-em-core")
    held("Two?", "2026-11-21T10-00-00-due", question_set="due", title="What is due")
    assert texts() == ["Three?", "Only?"]
    held("One?", "2026-11-22T10-00-00-em-core")
    assert texts() == ["Two?", "Only?"]


def test_a_session_without_the_question_does_not_bring_its_words_back():
    held("One?", "2026-11-20T10-00-00-em-core")
    finished(questions=(ONLY,))
    assert texts() == ["Two?", "Only?"]


def test_the_demo_and_reviews_are_nobodys_words():
    held("One?", "2026-11-20T10-00-00-demo", question_set=None, title="Demo")
    held("One?", "2026-11-21T10-00-00-review", question_set=None, title="Review")
    assert texts() == ["One?", "Only?"]


@pytest.mark.parametrize("variants", [(), ("Two?",), ("Two?", "Three?"), ("Two?", "Three?", "Four?")])
def test_reworded_twice_is_reworded_once_and_every_wording_has_its_turn(variants):
    question = msgspec.structs.replace(TIRED, variants=variants)
    seen = [question.text]
    for _ in range(2 * len(variants) + 1):
        last = {"tired": seen[-1]}
        now = reworded(question, last)
        assert reworded(now, last) == now
        seen.append(now.text)
    assert seen[: len(variants) + 1] == [question.text, *variants]
    assert set(seen) == {question.text, *variants}


def test_a_question_of_no_set_any_more_is_not_asked_in_the_same_words_twice():
    as_asked = msgspec.structs.replace(TIRED, text="Two?")
    again = reworded(as_asked, {"tired": "Two?"})
    assert again.text == "Three?"
    assert reworded(again, {"tired": "Three?"}).text == "Two?"


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
    (again, _) = worded_anew(BOTH)
    assert msgspec.structs.replace(again, text="One?") == TIRED
