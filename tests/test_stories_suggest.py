"""Which story to tell, and what the bank covers."""

import tomllib
import unicodedata
from pathlib import Path

import msgspec
import pytest

from tests.weeks import questions, row, session
from voicemock.preparation.competencies import competencies_in
from voicemock.preparation.stories.coverage import Missing, coverage_of
from voicemock.preparation.stories.story import Story
from voicemock.preparation.stories.story_lines import coverage_lines, suggest_lines
from voicemock.preparation.stories.suggest import competencies_of, suggest
from voicemock.questions.asked import asked
from voicemock.questions.sets import list_sets

FILE = tomllib.loads((Path(__file__).parent / "story_cases.toml").read_text())
STORIES = [msgspec.convert({"id": id, **fields}, Story) for id, fields in FILE["stories"].items()]
KNOWN = [question for one in list_sets() for question in one.questions]
BY_ID = {question.id: question for question in KNOWN}


def ranked(ask: str, **told: int):
    return suggest(BY_ID.get(ask) or asked(ask), STORIES, KNOWN, told=told)


@pytest.mark.parametrize("case", FILE["cases"], ids=lambda case: case["ask"])
def test_the_right_story_stands_first_and_a_wrong_one_not_near(case):
    found = [one.id for one in ranked(case["ask"])]
    assert found[0] in case["first"]
    assert not set(found[:3]) & set(case.get("never", ()))


def test_of_questions_seen_after_tuning_most_find_their_story():
    right = [case["ask"] for case in FILE["later"] if {one.id for one in ranked(case["ask"])[:1]} & set(case["first"])]
    assert len(right) >= 8, right


def test_every_reason_is_in_the_story():
    for case in FILE["cases"]:
        for one in ranked(case["ask"]):
            story = next(story for story in STORIES if story.id == one.id)
            assert one.why
            shows = [why for why in one.why if why.startswith("it shows ")]
            names = shows[0][9:].replace(" and ", ", ").split(", ") if shows else []
            assert set(names) <= set(story.competencies)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_piece_of_a_word_with_accents_is_no_word_of_the_story(form):
    title = unicodedata.normalize(form, "Launch of Zürich résumé")
    story = Story(id="a", title=title, body=title)
    assert suggest(asked("How do you keep a business rich?"), [story], KNOWN, told={}) == ()
    (found,) = suggest(asked("What did you launch in Zürich?"), [story], KNOWN, told={})
    assert "zürich" in " ".join(found.why)


def test_of_two_as_good_the_one_told_less_often_comes_first():
    twins = [msgspec.structs.replace(STORIES[0], id=id) for id in ("one", "two")]
    question = BY_ID["migration-without-a-stop"]
    assert [s.id for s in suggest(question, twins, KNOWN, told={"one": 2})] == ["two", "one"]
    assert [s.id for s in suggest(question, twins, KNOWN, told={"two": 2})] == ["one", "two"]


def test_what_does_not_suit_is_not_suggested():
    assert suggest(BY_ID["fair-interviews"], [STORIES[0]], KNOWN, told={}) == ()
    assert "None of your stories" in suggest_lines((), ())[0]


def test_a_question_in_other_words_is_about_what_it_names_or_what_the_nearest_is():
    assert tuple(competencies_in("A conflict over hiring")) == ("conflict", "hiring")
    assert "coaching" in competencies_of(asked("How do you run your one-to-ones well?"), KNOWN)


def test_gaps_and_the_only_story_and_what_is_missing():
    thin = Story(id="thin", title="Thin", competencies=("a", "b", "c"), numbers=("many people",))
    full = Story(id="full", title="Full", competencies=("d",), numbers=("9%",), tradeoffs=("x",), why=("y",))
    covered = coverage_of([thin, full], {"a", "e"}, {})
    assert covered.gaps == ("e",)
    assert covered.leaned_on == {"thin": ("a", "b", "c")}
    assert covered.missing == {"thin": (Missing.NUMBER, Missing.TRADEOFF, Missing.WHY)}
    shown = "\n".join(coverage_lines([thin, full], covered))
    assert "No story yet: e." in shown
    assert "Without a number: thin." in shown


def test_a_story_told_to_most_questions_is_overused():
    asked_ = questions()
    told = {"a": tuple(row(session(n), asked_[n]) for n in range(3)), "b": (row(session(4), asked_[4]),)}
    stories = [Story(id="a", title="A"), Story(id="b", title="B")]
    assert coverage_of(stories, (), told).overused == "a"
    again = {"a": (told["a"][0],) * 5, "b": told["b"]}
    assert coverage_of(stories, (), again).overused == "", "one question asked again is one question"
    even = told | {"b": tuple(row(session(n), asked_[n]) for n in (3, 4, 5))}
    assert coverage_of(stories, (), even).overused == "", "half of them is not most"
    both = coverage_of(stories, (), told | {"b": told["a"][:2]})
    assert both.overused == "a"
    assert "a answered 3 of the 3 questions you told" in "\n".join(coverage_lines(stories, both)), "each counts once"


@pytest.mark.parametrize("count", [0, 1, 18, 19, 200])
def test_the_table_fits_a_terminal(count):
    stories = [
        Story(id=f"a-rather-long-name-{n}", title="A", competencies=("delivery", "x" * 50)) for n in range(count)
    ]
    lines = "\n".join(coverage_lines(stories, coverage_of(stories, {"hiring"}, {}))).splitlines()
    assert max(map(len, lines)) < 80
    assert ("There are no stories yet." in lines[0]) == (count == 0)
