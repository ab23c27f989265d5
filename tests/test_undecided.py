"""What could not be told: said as such, held against nobody, and no news between two takes."""

import msgspec
import pytest

from tests.builders import question, spoken, written
from voicemock.analyze import analyze, assemble
from voicemock.checks.missing_signals import gaps
from voicemock.cli.answer_lines import render_answer, render_summary
from voicemock.report import render_html, render_markdown
from voicemock.report.figures import figures_of
from voicemock.report.signal_rows import State
from voicemock.report.takes import compare_takes
from voicemock.report.view import view_of
from voicemock.schema import AnswerReport, Signal, SignalName

S = SignalName
EXPECTS = (S.ACTION, S.RESULT, S.METRIC, S.RATIONALE)


def answer(*, take: int = 1, built=spoken, **present: bool | None) -> AnswerReport:
    report = analyze(built("So we moved it.", question=question(*EXPECTS)), take=take)
    return msgspec.structs.replace(report, signals={S(name): Signal(present=value) for name, value in present.items()})


HALF = {"action": True, "result": None, "metric": False, "rationale": None}


def test_the_terminal_says_what_could_not_be_told_and_what_to_do():
    told = "heard: action · not heard: metric · could not tell: result, rationale; listen and judge for yourself"
    for render in (render_answer, render_summary):
        assert told in " ".join(render(answer(**HALF)).split())


def test_what_was_written_is_not_to_be_listened_to():
    lines = " ".join(render_answer(answer(built=written, **HALF)).split())
    assert "could not tell: result, rationale; read it and judge for yourself" in lines


@pytest.mark.parametrize(
    "present",
    [
        {"action": None, "result": None, "metric": None, "rationale": None},
        {"action": None, "result": None, "metric": None, "on_topic": False},
        {},
    ],
    ids=["too short", "about something else", "no signals"],
)
def test_an_answer_that_was_not_assessed_says_nothing_of_doubt(present):
    report = answer(**present)
    assert report.undecided == ()
    assert "could not tell" not in render_answer(report) + render_markdown(assemble([report]))
    assert {row.state for row in view_of(assemble([report])).answers[0].expected} == {State.NOT_ASSESSED}


def test_what_the_question_does_not_expect_is_not_mentioned():
    assert answer(action=True, scale=None).undecided == ()


def test_both_pages_show_a_third_state_with_a_symbol_of_its_own(tmp_path):
    report = assemble([answer(**HALF)])
    page = render_markdown(report)
    for line in (
        "- ✓ Action: heard\n",
        "- ? Result: could not tell; listen and judge for yourself\n",
        "- ○ Metric: not heard\n",
    ):
        assert line in page
    html = " ".join(render_html(report, folder=tmp_path).split())
    row = html.partition('<li class="unsure">')[2].partition("</li>")[0]
    assert 'href="#unsure"' in row and "could not tell; listen and judge for yourself" in row
    assert html.count('<li class="unsure">') == 2 and html.count('<li class="no">') == 1
    assert '<symbol id="unsure"' in html


def test_what_could_not_be_told_is_no_finding_and_no_gap():
    report = analyze(spoken("We moved it to the cloud. " * 10, question=question(*EXPECTS)))
    doubted = {name: Signal(present=True if name is S.ACTION else None) for name in S}
    reading = msgspec.structs.replace(spoken("So.").reading, signals=doubted, pronouns=report.pronouns)
    again = analyze(msgspec.structs.replace(spoken("So we did. " * 30, question=report.question), reading=reading))
    assert not {"missing_metric", "missing_tradeoff", "missing_signals", "off_topic"} & {
        finding.check for finding in again.findings
    }
    assert [probe.trigger for probe in again.follow_ups if probe.signal] == ["could not tell: what came of it"]
    assert again.measures["signals_heard"].limit == "1"


def test_what_could_not_be_told_is_not_left_over_once_a_follow_up_filled_the_rest():
    read = {S.RESULT: Signal(), S.RATIONALE: Signal(present=False)}
    assert gaps(EXPECTS, read) == (S.RATIONALE,)
    assert gaps(EXPECTS, read, filled=(S.RATIONALE,)) == ()


BEFORE_AND_AFTER = [
    (False, True, "gained"),
    (True, False, "lost"),
    (True, True, "kept"),
    (None, True, ""),
    (True, None, ""),
    (None, False, ""),
    (False, None, ""),
    (None, None, ""),
    (False, False, ""),
]


@pytest.mark.parametrize(("before", "after", "told"), BEFORE_AND_AFTER)
def test_between_takes_only_what_both_decide_is_news(before, after, told):
    compared = compare_takes([answer(metric=before), answer(take=2, metric=after)])[1]
    for which in ("gained", "lost", "kept"):
        assert getattr(compared, which) == ((S.METRIC,) if which == told else ())


def test_a_signal_an_older_report_does_not_have_is_no_news():
    first, second = answer(action=True), answer(take=2, action=True, metric=True, result=False)
    compared = compare_takes([first, second])[1]
    assert (compared.gained, compared.lost, compared.kept) == ((), (), (S.ACTION,))


@pytest.mark.parametrize("present", [True, False, None])
def test_a_table_keeps_the_three_answers_apart(present):
    assert figures_of(answer(metric=present)).metric is present
