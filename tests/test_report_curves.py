"""Pace, pitch and loudness drawn along an answer, and the table behind the picture."""

import re
import time

import msgspec
import pytest

from tests import report_samples
from tests.report_samples import Said
from voicemock.report import from_json, render_html, to_json
from voicemock.report.curves import HEIGHT, WIDE, curves, not_drawn
from voicemock.report.pace import LEAST_S, pace_along
from voicemock.report.timeline import timeline
from voicemock.schema import Aside, AsideKind, Certainty, Contour, Filler, FillerKind, Measure, Quality, Status

replace = msgspec.structs.replace


def said(script: str):
    spoken = Said(script)
    return replace(
        report_samples.written(),
        recording=spoken.recording("a.wav"),
        transcript=spoken.transcript,
        prosody=spoken.prosody(),
    )


EVEN = "word " * 120
"""One word in 0.36 s: 166.7 words a minute."""


def test_an_even_pace_is_even_all_along():
    told = [rate for rate in pace_along(said(EVEN)) if rate is not None]
    assert len(told) > 35
    assert min(told) > 160 and max(told) < 173


def test_a_pause_slows_the_pace_and_a_filled_pause_is_no_word():
    answer = said("word " * 40 + "[6.0] " + "word " * 40)
    rates = pace_along(answer)
    assert rates[17] == pytest.approx(166.7 * 9 / 15, abs=6), "six of fifteen seconds are silent"
    words = answer.transcript.words
    ums = tuple(
        Filler(
            text=w.text,
            kind=FillerKind.FILLED_PAUSE,
            char_start=w.char_start,
            char_end=w.char_end,
            certainty=Certainty.CONFIRMED,
        )
        for w in words[::2]
    )
    assert pace_along(replace(answer, fillers=ums))[8] == pytest.approx(rates[8] / 2, abs=4)


def test_no_pace_is_told_where_too_little_is_said():
    assert set(pace_along(said("word " * int(LEAST_S / 0.36 - 2)))) == {None}
    assert pace_along(report_samples.written()) == ()
    unknown = Measure(value=None, unit="words/min", status=Status.NOT_ASSESSED)
    assert pace_along(replace(said(EVEN), measures={"speech_rate": unknown})) == ()


def test_the_others_turn_is_no_slow_stretch():
    answer = said("word " * 60 + "[10.0] " + "word " * 60)
    turn = Aside(kind=AsideKind.OTHER, text="And then?", start_s=21.6, end_s=31.5)
    rates = pace_along(replace(answer, asides=(turn,)))
    assert rates[25] is None
    assert min(rate for rate in rates if rate is not None) > 155


def test_speech_that_was_not_understood_has_no_pace():
    answer = said("word " * 40 + "[8.0] " + "word " * 40)
    heard = answer.prosody.contour
    loud = tuple(0.0 for _ in heard.loudness_db)  # somebody speaks throughout, but no word was read
    rates = pace_along(replace(answer, prosody=replace(answer.prosody, contour=replace(heard, loudness_db=loud))))
    assert rates[18] is None and rates[4] is not None


def test_lines_stay_in_the_picture_and_break_where_nothing_is_told():
    for curve in curves(report_samples.outage()):
        points = re.findall(r"[ML]([\d.]+) ([\d.]+)", curve.path)
        assert all(0 <= float(x) <= WIDE and 0 <= float(y) <= HEIGHT for x, y in points)
        assert [float(x) for x, _ in points] == sorted(float(x) for x, _ in points)
    names = [curve.name for curve in curves(report_samples.outage())]
    assert names == ["pace", "pitch", "loudness"]
    pitch = curves(report_samples.outage())[1]
    told = report_samples.outage().prosody.contour.semitones
    starts = sum(t is not None and (n == 0 or told[n - 1] is None) for n, t in enumerate(told))
    assert pitch.path.count("M") == starts > 3


def with_spread(spread, *, duration_s=40.0):
    n = len(spread)
    contour = Contour(step_s=0.5, semitones=(0.0,) * n, spread_semitones=tuple(spread), loudness_db=(0.0,) * n)
    answer = report_samples.outage()
    return replace(
        answer,
        recording=replace(answer.recording, duration_s=duration_s),
        prosody=replace(answer.prosody, contour=contour),
    )


def test_a_stretch_near_one_note_is_ten_seconds_or_longer():
    lively, flat = [2.0] * 80, [2.0] * 30 + [1.4] * 10 + [2.0] * 40
    assert timeline(with_spread(lively)).flat == ()
    (bar,) = timeline(with_spread(flat)).flat
    assert bar.start_s == 15.25 - 5 and bar.width == pytest.approx(100 * (4.5 + 10) / 40)
    assert [stretch.label for stretch in timeline(with_spread([2.0] * 79 + [0.1])).flat] == [], "half of it is silence"
    assert timeline(with_spread([1.5] * 80)).flat == (), "the limit of the check itself"


def test_a_poor_recording_has_no_pitch_and_says_so():
    answer = report_samples.outage()
    poor = replace(answer, recording=replace(answer.recording, quality=Quality.POOR))
    lines = curves(poor)
    assert [line.name for line in lines] == ["pace"]
    assert not_drawn(poor, lines) == "Loudness and pitch not assessed: the recording is hard to judge."


def test_a_report_of_before_has_no_pitch_and_says_so():
    answer = report_samples.outage()
    old = replace(answer, prosody=replace(answer.prosody, contour=None))
    data = to_json(report_samples.session(old)).replace(b'"contour": null', b'"later": null')
    old = from_json(data).answers[0]
    assert not_drawn(old, curves(old)) == "Loudness and pitch not assessed: this report has none."


def test_the_table_holds_all_that_the_picture_shows():
    line = timeline(report_samples.outage())
    events = [event for moment in line.moments for event in moment.events]
    bars = [bar.label for bars in (line.pauses, *(lane.bars for lane in line.lanes)) for bar in bars]
    assert [event for event in events if not event.startswith("near one note")] == sorted(bars, key=events.index)
    assert len(events) == len(bars) + len(line.flat)
    assert line.moments[0].time == "0:00–0:10" and line.moments[1].pace.isdigit()
    page = render_html(report_samples.session(report_samples.outage()), folder=None)
    assert page.count("near one note until 0:43") == 1
    assert 'aria-label="Pitch from' in page and "Pace from" in page


def test_ten_minutes_are_drawn_in_a_moment():
    answer = said("word word. " * 830)
    assert answer.recording.duration_s > 590
    begun = time.process_time()
    page = render_html(report_samples.session(answer), folder=None)
    assert time.process_time() - begun < 1  # alone it takes a twentieth
    assert len(page) < 600_000
    assert len(timeline(answer).moments) <= 40
