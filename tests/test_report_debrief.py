"""What an interviewer could write down after an answer, and what they would have to guess."""

import msgspec

from tests import report_samples
from voicemock.report import render_html
from voicemock.report.view import view_of
from voicemock.schema import Signal, SignalName

S = SignalName
replace = msgspec.structs.replace


def sheet(answer):
    return view_of(report_samples.session(answer)).answers[0].debrief


def test_a_line_needs_a_quote_and_stands_in_the_transcript():
    answer = report_samples.outage()
    found = sheet(answer)
    assert [line.name for line in found.proven] == [
        "Situation", "Action", "Result", "Trade-off", "Metric", "Reflection", "Customer",
    ]  # fmt: skip
    text = answer.transcript.text
    assert all(text[line.quote.char_start : line.quote.char_end] == line.quote.quote for line in found.proven)
    assert found.guess == found.not_assessed == ()


def test_what_was_not_heard_or_not_told_is_guessed():
    answer = report_samples.outage()
    changed = {S.METRIC: Signal(present=False), S.REFLECTION: Signal()}
    found = sheet(replace(answer, signals=dict(answer.signals) | changed))
    assert found.guess == ("a number (not heard)", "what you learned (voicemock could not tell)")
    assert {"Metric", "Reflection"}.isdisjoint(line.name for line in found.proven)


def test_what_no_quote_proves_is_no_line():
    answer = report_samples.outage()
    found = sheet(replace(answer, signals=dict(answer.signals) | {S.METRIC: Signal(present=True)}))
    assert "Metric" not in [line.name for line in found.proven]
    assert found.guess == ("a number (no quote proves it)",)


def test_what_nobody_asked_for_is_on_neither_side():
    answer = report_samples.outage()
    asked = replace(answer.question, expects=(S.ACTION,))
    assert [line.name for line in sheet(replace(answer, question=asked)).proven] == ["Action"]


def test_nothing_is_said_where_nothing_was_judged():
    answer = report_samples.outage()
    assert sheet(replace(answer, signals={name: Signal() for name in S})) is None
    assert sheet(report_samples.written()) is None, "nobody asked a question"


def test_what_a_follow_up_gave_is_proven_there_and_a_follow_up_has_no_sheet_of_its_own():
    view = view_of(report_samples.practised())
    line = next(line for line in view.answers[0].debrief.proven if line.name == "Metric")
    assert line.follow_up and line.quote.quote == "From four seconds down to three hundred"
    assert view.answers[1].debrief is None


def test_the_page_has_it_folded():
    page = render_html(report_samples.full(), folder=None)
    assert page.count('<details class="debrief">') == 2
    assert "What they would have to guess:</strong> " in page
