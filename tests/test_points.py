"""Concepts: what an explanation holds is heard in the words listed for it, and what is not heard accuses nobody."""

import tomllib
from pathlib import Path

import msgspec
import pytest

from tests.builders import spoken, written
from voicemock.analyze import analyze, analyze_text, assemble
from voicemock.cli.answer_lines import render_answer, render_summary
from voicemock.questions.sets import find_question, load_set
from voicemock.reading import from_text
from voicemock.reading.points import find_jargon, find_points
from voicemock.report import from_json, render_html, render_markdown, to_json
from voicemock.report.view import view_of
from voicemock.schema import Kind, Point, Question, SessionReport, Severity, SignalName

CONCEPTS = load_set("em_concepts").questions
EXPLAINED = tomllib.loads((Path(__file__).parent / "concept_explanations.toml").read_text("utf-8"))
BUDGET = find_question("what-an-error-budget-is")
AIM = Question(
    id="aim",
    text="What is an aim?",
    kind=Kind.CONCEPT,
    points=(Point(name="the mark", said=("one minus", "left* over", "30/60/90", "the team's own")),),
    jargon=("SLO", "error rate", "p99"),
)


def heard(text: str, question: Question = AIM) -> list[str]:
    return [evidence.quote for point in find_points(from_text(text), question) for evidence in point.evidence]


def jargon(text: str) -> list[str]:
    return [evidence.quote for evidence in find_jargon(from_text(text), AIM)]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("It is one minus the target.", "It is one minus the target."),
        ("It is One, um, MINUS the target.", "It is One, um, MINUS the target."),
        ("And that is what's leftover over there", "And that is what's leftover over there"),
        ("It is one-minus that.", "It is one-minus that."),
        ("We plan 30 60 90 for them.", "We plan 30 60 90 for them."),
        ("That is a team’s own.", "That is a team’s own."),
        (
            "Now I would say it is one minus whatever you have promised to them. Then more.",
            "would say it is one minus whatever you have promised",
        ),
    ],
)
def test_a_point_is_heard_with_its_quote(text, quote):
    assert heard(text) in ([quote], [quote.rstrip(".")])


@pytest.mark.parametrize("text", ["One plus minus.", "One. Mine is us.", "Aleft over.", "There is nothing of it here."])
def test_other_words_are_not_heard(text):
    (point,) = find_points(from_text(text), AIM)
    assert not point.heard
    assert not point.evidence


def test_a_quote_has_its_time():
    (point,) = find_points(spoken("It is one minus the target.", lasts_s=6.0).transcript, AIM)
    assert point.evidence[0].start_s == 0.0


@pytest.mark.parametrize(
    "text", ["", "…", "Das ist eine Sache, die man nicht so leicht erklären kann, weil sie neu ist. " * 4]
)
def test_what_cannot_be_read_has_no_points(text):
    assert find_points(from_text(text), BUDGET) == ()
    assert find_jargon(from_text(text), AIM) == ()


def test_what_was_hardly_heard_has_no_points():
    transcript = msgspec.structs.replace(from_text("It is one minus."), confidence=0.3)
    assert find_points(transcript, AIM) == find_jargon(transcript, AIM) == ()
    assert find_points(msgspec.structs.replace(transcript, confidence=0.5), AIM)[0].heard


def test_a_question_without_points_has_none():
    assert find_points(from_text("It is one minus."), None) == ()
    assert find_points(from_text("It is one minus."), find_question("delivered-late")) == ()


def test_jargon_is_quoted_once_in_its_order():
    assert jargon("The error rates ate our SLO, and the SLOs ate us.") == ["error rates", "SLO"]
    assert jargon("It broke, and people could not pay.") == []


@pytest.mark.parametrize("question", CONCEPTS, ids=[question.id for question in CONCEPTS])
def test_an_explanation_is_heard_and_another_is_not(question):
    own = find_points(from_text(EXPLAINED[question.id]), question)
    assert sum(point.heard for point in own) >= 0.8 * len(own)
    others = [find_points(from_text(text), question) for name, text in EXPLAINED.items() if name != question.id]
    assert sum(p.heard for points in others for p in points) <= 0.2 * len(others) * len(own)
    assert not find_jargon(from_text(EXPLAINED[question.id]), question)


def test_there_are_sixteen_and_four_of_them_again_for_a_layman():
    assert set(EXPLAINED) == {question.id for question in CONCEPTS}
    assert sum(bool(question.jargon) for question in CONCEPTS) == 4
    assert len(CONCEPTS) == 20


@pytest.fixture(scope="module")
def report() -> SessionReport:
    said = (
        "So an error budget is one minus the target. We spend it on launches, and when it is gone we stop for a while. "
    )
    question = msgspec.structs.replace(BUDGET, jargon=("launch", "SLO"))
    return assemble([analyze(spoken(said + "That is how we do it. " * 6, question=question, lasts_s=50.0))])


SAID = (
    "Points: heard 3 of 7: what the target leaves; spent on releases and experiments; "
    "when it is gone, releases stop or slow.",
    "Points people expect here, not heard in these words: a target for what users see; spent on incidents as well; "
    "agreed beforehand with product; not so strict as to have none left.",
    'Words this listener may not know: "launches".',
)


def test_every_report_lists_the_points(report, tmp_path):
    pages = [
        render_markdown(report),
        render_html(report, folder=tmp_path).replace("&#34;", '"'),
        render_answer(report.answers[0]),
        render_summary(report.answers[0]),
    ]
    for page in pages:
        flat = " ".join(page.split())
        assert all(line in flat for line in SAID), flat


def test_points_are_in_the_contract(report):
    again = from_json(to_json(report))
    assert [point.heard for point in again.answers[0].points] == [True, False, True, False, True, False, False]
    assert again == report


def test_a_missing_point_is_no_finding(report):
    assert not [f for f in report.answers[0].findings if f.severity is Severity.PROBLEM or "point" in f.message]
    assert not report.answers[0].follow_ups
    assert not view_of(report).answers[0].also_heard


@pytest.mark.parametrize("question", CONCEPTS[:16], ids=[question.id for question in CONCEPTS[:16]])
def test_an_explanation_is_never_off_topic_nor_short_of_i(question):
    answer = analyze_text(EXPLAINED[question.id], question=question)
    assert answer.signals[SignalName.ON_TOPIC].present is not False
    assert not {finding.check for finding in answer.findings} & {"off_topic", "i_vs_we", "missing_signals"}


def test_a_short_explanation_is_told_what_an_explanation_holds():
    (finding,) = [f for f in analyze(written("It is what is left.", question=BUDGET)).findings if f.check == "length"]
    assert "story" not in finding.message
    assert finding.message.endswith("Say what it is, what it is for, and where it goes wrong.")
