"""What counts at a session's end: the last takes, what follow-ups left open, and which three things come first."""

import itertools

import msgspec
import pytest

from tests.builders import question, spoken
from voicemock.analyze import analyze, assemble
from voicemock.cli.answer_lines import render_answer, render_next_steps
from voicemock.coaching.next_steps import next_steps
from voicemock.coaching.standing import open_findings, standings
from voicemock.report.view import view_of
from voicemock.schema import CORE_SIGNALS, AnswerReport, Finding, Severity, Signal, SignalName

S = SignalName


def finding(check: str, severity: Severity = Severity.WATCH, message: str = "") -> Finding:
    return Finding(
        check=check, severity=severity, message=message or check, measured="x", limit="none", source="default"
    )


def answer(
    *findings: Finding,
    id: str = "q1",
    take: int = 1,
    expects: tuple[SignalName, ...] = (),
    text: str = "So we moved it.",
    **present: bool | None,
) -> AnswerReport:
    asked = msgspec.structs.replace(question(*expects), id=id)
    signals = {S(name): Signal(present=value) for name, value in present.items()}
    report = analyze(spoken(text, question=asked), take=take)
    return msgspec.structs.replace(report, findings=findings, signals=signals)


def checks(*answers: AnswerReport) -> list[str]:
    return [step.check for step in next_steps(answers)]


def test_the_gravest_comes_first():
    mixed = [
        finding("hedging", Severity.INFO),
        finding("pace", Severity.WATCH),
        finding("missing_metric", Severity.PROBLEM),
    ]
    for order in itertools.permutations(mixed):
        assert checks(answer(*order)) == ["missing_metric", "pace", "hedging"]
    assert checks(answer(finding("missing_metric", Severity.INFO), finding("long_pauses", Severity.PROBLEM))) == [
        "long_pauses",
        "missing_metric",
    ], "how grave it is decides before what it is about"


@pytest.mark.parametrize("severity", Severity)
def test_content_comes_before_delivery(severity):
    content = ("off_topic", "missing_metric", "missing_tradeoff", "i_vs_we", "missing_signals", "length")
    for said in content:
        for delivery in ("fillers", "pace", "long_pauses", "monotone", "repetition", "hedging"):
            assert checks(answer(finding(delivery, severity), finding(said, severity))) == [said, delivery]


def test_there_are_at_most_three_and_each_check_once():
    several = [finding(check) for check in ("fillers", "pace", "missing_metric", "length")]
    assert checks(answer(*several), answer(*several, id="q2")) == ["missing_metric", "length", "fillers"]


def test_of_one_check_the_gravest_answer_is_named_then_the_first():
    mild, grave = finding("length"), finding("length", Severity.PROBLEM)
    assert [s.answer for s in next_steps([answer(mild), answer(grave, id="q2"), answer(grave, id="q3")])] == [1]


def test_of_several_takes_the_last_counts():
    first, second = answer(finding("missing_metric", Severity.PROBLEM)), answer(finding("pace"), take=2)
    assert checks(first, second) == ["pace"]
    third = answer(take=3)
    assert checks(first, second, third) == []
    assert [s.replaced_by for s in standings([first, second, third])] == [2, 2, None]


def test_a_take_without_a_word_replaces_nothing():
    told = answer(finding("pace"))
    silent = msgspec.structs.replace(
        answer(finding("length"), take=2), transcript=msgspec.structs.replace(told.transcript, text="", words=())
    )
    assert checks(told, silent) == ["pace"]
    assert [s.replaced_by for s in standings([told, silent])] == [None, 0]


def test_two_recordings_of_one_question_are_no_takes_of_each_other():
    assert checks(answer(finding("pace")), answer(finding("length"))) == ["length", "pace"]
    assert not any(s.replaced_by is not None for s in standings([answer(), answer()]))


METRIC = finding("missing_metric", Severity.PROBLEM)
LACKS = answer(METRIC, expects=(S.METRIC,), metric=False)
FILLS = answer(id="q1-follow-up-1", expects=(S.METRIC,), metric=True)


def test_what_a_follow_up_made_good_is_settled():
    assert checks(LACKS) == ["missing_metric"]
    assert checks(LACKS, FILLS) == []
    assert standings([LACKS, FILLS])[0].filled == {S.METRIC: 1}
    assert standings([LACKS, FILLS])[1].follows == 0


@pytest.mark.parametrize("present", [False, None])
def test_a_follow_up_that_leaves_the_gap_settles_nothing(present):
    assert checks(LACKS, answer(id="q1-follow-up-1", expects=(S.METRIC,), metric=present)) == ["missing_metric"]


def test_a_follow_up_to_another_question_settles_nothing():
    other = answer(id="q2")
    assert checks(LACKS, other, answer(id="q2-follow-up-1", expects=(S.METRIC,), metric=True)) == ["missing_metric"]


def test_a_follow_up_belongs_to_the_take_before_it():
    again = answer(METRIC, take=2, expects=(S.METRIC,), metric=False)
    assert checks(LACKS, FILLS, again) == ["missing_metric"], "the take that counts lacks it again"
    assert [s.replaced_by for s in standings([LACKS, FILLS, again])] == [2, 2, None]
    assert checks(LACKS, again, msgspec.structs.replace(FILLS, take=2)) == []


def test_of_several_gaps_those_left_are_named():
    expects = (S.RATIONALE, S.REFLECTION)
    told = "Not heard: why; what you learned."
    lacks = answer(finding("missing_signals", message=told), expects=expects, rationale=False, reflection=False)
    fills = answer(id="q1-follow-up-1", expects=(S.RATIONALE,), rationale=True)
    (step,) = next_steps([lacks, fills])
    assert step.text == "Not heard: what you learned. End with what you would do differently."
    both = answer(id="q1-follow-up-2", expects=(S.REFLECTION,), reflection=True)
    assert next_steps([lacks, fills, both]) == ()
    assert open_findings(lacks, standings([lacks])[0]) == lacks.findings


def test_a_number_in_a_few_words_fills_the_gap_that_asked_for_it():
    probe = msgspec.structs.replace(question(S.METRIC, target_s=(10, 60)), id="q1-follow-up-1")
    short = analyze(spoken("Failed orders went from thirty percent down to twelve percent.", question=probe, lasts_s=5))
    assert short.signals[S.METRIC].present
    assert "length" not in {f.check for f in short.findings}, "a number takes five seconds"
    assert short.signals[S.TRADEOFF].present is None, "the absence of anything is not told from ten words"
    none = analyze(spoken("It got a lot better for everyone in the end.", question=probe, lasts_s=5))
    assert none.signals[S.METRIC].present is None
    assert not none.follow_ups


def test_the_page_the_terminal_and_the_next_steps_tell_findings_in_one_order():
    found = [finding("hedging", Severity.INFO), finding("pace"), finding("missing_metric", Severity.PROBLEM)]
    told = ["missing_metric", "pace", "hedging"]
    for order in itertools.permutations(found):
        one = answer(*order)
        report = assemble([one])
        lines = [line.removeprefix("- ") for line in render_answer(one).splitlines() if line.startswith("- ")]
        shown = [f.message for f in view_of(report).answers[0].findings]
        assert lines == shown == [step.check for step in report.next_steps] == told


def test_of_two_equally_grave_findings_every_list_begins_with_the_same():
    one = answer(finding("fillers"), finding("length"))
    assert render_answer(one).index("- length") < render_answer(one).index("- fillers")
    assert [f.check for f in view_of(assemble([one])).answers[0].findings] == ["length", "fillers"]


def test_without_a_question_the_page_and_the_terminal_hold_the_same_against_an_answer():
    one = msgspec.structs.replace(answer(situation=True, metric=False), question=None)
    assert "heard: situation · not heard: metric" in " ".join(render_answer(one).split())
    rows = view_of(assemble([one])).answers[0].expected
    assert [row.name for row in rows] == list(one.expects) == list(CORE_SIGNALS)


def test_a_few_words_are_no_praise_on_the_terminal_either():
    few = msgspec.structs.replace(answer(), findings=(), signals={})
    assert render_next_steps(assemble([few])) == "Too little was said to judge."


def test_of_two_answers_as_bad_the_first_is_named():
    grave = finding("length", Severity.PROBLEM)
    assert [s.answer for s in next_steps([answer(grave), answer(grave, id="q2")])] == [0]


def test_of_two_follow_ups_that_fill_a_gap_the_first_did():
    again = answer(id="q1-follow-up-2", expects=(S.METRIC,), metric=True)
    assert standings([LACKS, FILLS, again])[0].filled == {S.METRIC: 1}
