"""An answer in one line: what was measured, what was heard, and what was asked for and was not."""

import msgspec
import pytest

from tests import report_samples
from voicemock.report import render_html
from voicemock.report.glance import glance, in_one_line
from voicemock.report.in_short import figures, summary
from voicemock.schema import Measure, Quality, Signal, SignalName, Status

replace = msgspec.structs.replace
METRIC, TRADEOFF = SignalName.METRIC, SignalName.TRADEOFF


def line(answer, **changed):
    return in_one_line(glance(replace(answer, **changed)))


def test_what_was_heard():
    answer = report_samples.outage()
    assert line(answer) == "0:49 of 2:30 · 4 filled pauses (2 possible) · 3 numbers · trade-off at 0:22"
    starts = [part.start_s for part in glance(answer)]
    assert starts == [
        1.4,
        answer.fillers[0].start_s,
        *(answer.signals[n].evidence[0].start_s for n in (METRIC, TRADEOFF)),
    ]
    assert line(answer, question=None).startswith("0:49 long · ")
    assert "no filled pause ·" in line(answer, fillers=())


@pytest.mark.parametrize(("present", "says"), [(False, "no number heard"), (None, "number: could not tell")])
def test_what_was_asked_for_and_not_heard(present, says):
    answer = report_samples.outage()
    without = replace(answer, signals=dict(answer.signals) | {METRIC: Signal(present=present)})
    assert f"· {says} ·" in line(without)
    assert "· number in the follow-up ·" in in_one_line(glance(without, filled={METRIC}))
    not_asked = replace(answer.question, expects=(SignalName.ACTION,))
    assert "number" not in line(without, question=not_asked), "nobody asked for one"


def test_what_was_not_assessed_is_not_counted():
    answer = report_samples.outage()
    unknown = Measure(value=None, unit="per minute", status=Status.NOT_ASSESSED)
    measures = dict(answer.measures) | {"filled_pauses_per_min": unknown}
    poor = replace(answer.recording, quality=Quality.POOR)
    assert "· filled pauses not assessed ·" in line(answer, measures=measures, recording=poor)
    in_terminal = figures(replace(answer, measures=measures, recording=poor, fillers=()))
    assert "· filled pauses not assessed ·" in in_terminal
    assert "· 4 filled pauses (2 possible) ·" in line(answer, measures=measures), "too short for a rate alone"
    assert line(report_samples.written()) == "4 words"
    assert summary(report_samples.written()) == ("Too little was said to judge.",)
    nothing = {name: Signal() for name in SignalName}
    assert line(answer, signals=nothing) == "0:49 of 2:30 · 4 filled pauses (2 possible)", "too little to judge"
    silent = replace(answer.transcript, text="", words=())
    assert line(answer, transcript=silent) == ""


def test_many_answers_have_their_line_beside_each_only():
    few = render_html(report_samples.session(*[report_samples.outage()] * 5), folder=None)
    many = render_html(report_samples.session(*[report_samples.outage()] * 6), folder=None)
    assert few.count('class="glance"') == 10 and many.count('class="glance"') == 6
    one = render_html(report_samples.session(report_samples.outage()), folder=None)
    assert one.count('class="glance"') == 1
