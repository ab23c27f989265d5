"""Captions: readable pieces at the right times, valid for a parser of somebody else's (FFmpeg's), nothing lost."""

import itertools
import re
from pathlib import Path

import av
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import report_samples
from tests.hostile import poisoned
from voicemock.report import render_plain, render_srt, render_vtt
from voicemock.report.captions import LINE, LONGEST_S, caption_place, cues
from voicemock.schema import AnswerReport, Aside, AsideKind, Pause, Prosody, Transcript, Word

TIME = re.compile(r"(\d\d):(\d\d):(\d\d)[.,](\d{3}) --> (\d\d):(\d\d):(\d\d)[.,](\d{3})")


def said(words: list[tuple[str, float, float]], **changes) -> AnswerReport:
    """Return an answer of words with times."""
    text, made = "", []
    for word, start_s, end_s in words:
        text += " " if text else ""
        span = {"char_start": len(text), "char_end": len(text) + len(word)}
        made.append(Word(text=word, start_s=start_s, end_s=end_s, **span))
        text += word
    answer = msgspec.structs.replace(report_samples.outage(), transcript=Transcript(text=text, words=tuple(made)))
    return msgspec.structs.replace(answer, **({"prosody": None, "asides": ()} | changes))


def spoken(text: str, *, each_s: float = 0.4) -> list[tuple[str, float, float]]:
    return [(word, n * each_s, (n + 1) * each_s) for n, word in enumerate(text.split())]


def lines(answer: AnswerReport) -> list[str]:
    return [" / ".join(cue.lines) for cue in cues(answer)]


def test_the_sample_is_cut_where_it_is_said():
    assert lines(report_samples.conflict()) == [
        "We had a disagreement about the roadmap.",
        "(2.3 s)",
        "We talked about it and um we found / a way that worked for everyone.",
        "We shipped both things in the end.",
    ]
    assert "Then, you know, Dana's team / found the missing index." in lines(report_samples.outage())


def test_a_sentence_too_long_for_one_piece_is_cut_before_a_clause():
    text = "We moved the whole billing service to a new data store in three weeks, and nobody lost a single order then."
    assert lines(said(spoken(text, each_s=0.3))) == [
        "We moved the whole billing service / to a new data store in three weeks,",
        "and nobody lost a single order then.",
    ]


def test_the_last_word_of_a_sentence_is_not_left_alone():
    text = "A copy is always exact. Um, but I would have had to put a team of six on call for it."
    assert lines(said(spoken(text, each_s=0.29))) == [
        "A copy is always exact.",
        "Um, but I would have had to put / a team of six on call for it.",
    ]


def test_pauses_are_marked_from_the_sound_or_between_the_words():
    words = [("Well,", 0.0, 0.5), ("then.", 3.7, 4.1)]
    assert lines(said(words)) == ["Well,", "(3.2 s)", "then."]
    assert lines(said(words, prosody=Prosody(pauses=(Pause(start_s=0.6, end_s=3.6),)))) == ["Well,", "(3.0 s)", "then."]
    assert lines(said(words, prosody=Prosody())) == ["Well, then."]


def test_what_others_say_is_marked_and_is_no_pause():
    asides = (
        Aside(kind=AsideKind.QUESTION, text="What was late?", start_s=0.0, end_s=1.5),
        Aside(kind=AsideKind.OTHER, text="And then?", start_s=3.0, end_s=5.8),
    )
    answer = said([("It", 2.0, 2.2), ("broke.", 2.2, 2.9), ("Uh,", 6.0, 6.2), ("yes.", 6.2, 6.5)], asides=asides)
    assert lines(answer) == ["[The question] What was late?", "It broke.", "[Somebody else] And then?", "Uh, yes."]


def test_a_written_answer_and_a_silent_one_have_none():
    assert cues(report_samples.written()) == ()
    assert cues(said([])) == ()
    assert render_srt(said([])) == "" and render_vtt(said([])) == "WEBVTT\n\n"


def test_what_the_formats_reserve_is_written_so_that_it_shows():
    answer = said(spoken("<b>5 --> & 6"))
    assert "&lt;b&gt;5 --&gt; &amp; 6" in render_vtt(answer)
    assert "‹b›5 --› & 6" in render_srt(answer)


def test_hours_are_written():
    assert "01:00:01.500 --> 01:00:02.500" in render_vtt(said([("Late.", 3601.5, 3601.9)]))


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("01-q1/take-2.wav", "01-q1/take-2.srt"),
        ("/home/me/talks/answer.m4a", "answer.srt"),
        ("../other/answer.m4a", "answer.srt"),
        ("C:\\talks\\answer.m4a", "answer.srt"),
        ("", "answer-3.srt"),
    ],
)
def test_a_file_lies_as_its_recording_does_and_never_outside(path: str, place: str):
    assert str(caption_place(report_samples.outage(path), 3, ".srt")) == place


def test_a_file_for_an_answer_without_a_recording():
    assert str(caption_place(report_samples.written(), 3, ".vtt")) == "answer-3.vtt"


TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=9) | st.sampled_from(
    ["um,", "so", "Yes.", "x" * 100]
)
AT_S, LASTS_S = (st.integers(0, most).map(lambda n: n / 100) for most in (9000, 2000))
TIMED = st.lists(st.tuples(TEXT, AT_S, LASTS_S), max_size=30)


@given(TIMED, st.lists(st.tuples(TEXT, AT_S, LASTS_S), max_size=3), st.booleans())
def test_any_words_at_any_times_become_pieces_that_can_be_read(words, others, in_order):
    words = sorted(words, key=lambda w: w[1]) if in_order else words
    asides = tuple(Aside(kind=AsideKind.OTHER, text=t, start_s=s, end_s=s + d) for t, s, d in others)
    answer = said([(text, start_s, start_s + lasts_s) for text, start_s, lasts_s in words], asides=asides)
    made = cues(answer)
    for cue in made:
        assert 0 <= cue.start_s < cue.end_s <= cue.start_s + LONGEST_S + 1e-6
        assert 1 <= len(cue.lines) <= 2
        assert all(0 < len(line) <= LINE and line == line.strip() for line in cue.lines)
    assert all(before.end_s <= after.start_s for before, after in itertools.pairwise(made))
    for text in (render_srt(answer), render_vtt(answer).removeprefix("WEBVTT\n\n")):
        blocks = text.removesuffix("\n\n").split("\n\n") if text else []
        assert len(blocks) == len(made)
        times = [[int(part) for part in TIME.search(block).groups()] for block in blocks]
        ms = [((h * 60 + m) * 60 + s) * 1000 + f for time in times for h, m, s, f in (time[:4], time[4:])]
        assert ms == sorted(ms) and all(a < b for a, b in zip(ms[::2], ms[1::2], strict=True))


def parsed(path: Path) -> list[tuple[float, str]]:
    """Return what FFmpeg reads: when each piece begins, and what it shows."""
    found = []
    with av.open(str(path)) as file:
        for packet in file.demux(file.streams.subtitles[0]):
            if packet.size:
                shown = "".join(one.ass.decode().split(",", 8)[-1] for one in packet.decode())
                found.append((round(float(packet.pts * packet.time_base), 3), shown.replace("\\N", "\n")))
    return found


@pytest.mark.parametrize("render", [render_srt, render_vtt])
@pytest.mark.parametrize("name", ["outage", "conflict"])
def test_ffmpeg_reads_what_was_written(render, name: str, tmp_path: Path):
    answer = getattr(report_samples, name)()
    path = tmp_path / f"a.{render.__name__[-3:]}"
    path.write_text(render(answer), encoding="utf-8")
    wanted = [(round(cue.start_s, 3), "\n".join(cue.lines)) for cue in cues(answer)]
    assert parsed(path) == wanted


@pytest.mark.parametrize("render", [render_srt, render_vtt])
def test_ffmpeg_reads_hostile_words(render, tmp_path: Path):
    answer = poisoned(report_samples.session(report_samples.outage())).answers[0]
    path = tmp_path / f"a.{render.__name__[-3:]}"
    path.write_text(render(answer), encoding="utf-8")
    assert [start_s for start_s, _ in parsed(path)] == [round(cue.start_s, 3) for cue in cues(answer)]


def test_plain_text_has_times_pauses_and_what_others_said():
    asides = (Aside(kind=AsideKind.OTHER, text="And then?", start_s=31.3, end_s=32.2),)
    answer = msgspec.structs.replace(report_samples.outage(), asides=asides)
    text = render_plain(report_samples.session(answer))
    assert "Answer 1: Tell me about a time your team" in text
    assert "customers were leaving their carts. (2.7 s)\n\n0:17  I pulled three" in text
    assert "\n\n0:31  (Somebody else, not counted: And then?)\n\n" in text
    assert "So um in March" in text


def test_plain_text_of_one_answer_is_that_answer():
    text = render_plain(report_samples.full(), answer=2)
    assert text.startswith("Answer 2: Tell me about a disagreement") and "latency" not in text
    assert "Fine.\n\nWe did fine." in render_plain(report_samples.full(), answer=3)
