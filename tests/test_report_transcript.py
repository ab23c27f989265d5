"""The marked transcript: nothing lost, marks where they belong, paragraphs at breaths."""

import time

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import report_samples
from voicemock.report.transcript import MarkKind, paragraphs
from voicemock.schema import Certainty, Filler, FillerKind, Pronouns, Span

ANSWER = report_samples.outage()
SIZE = len(ANSWER.transcript.text)
OFFSETS = st.tuples(st.integers(0, SIZE + 5), st.integers(0, SIZE + 5))


def text_of(cut) -> str:
    return "".join(run.text for paragraph in cut for run in paragraph.runs)


def marked(cut, *kinds: MarkKind) -> list[str]:
    return [run.text for p in cut for run in p.runs if {mark.kind for mark in run.marks} & set(kinds)]


@given(st.lists(OFFSETS, max_size=6), st.lists(OFFSETS, max_size=6))
def test_every_character_is_kept_whatever_is_marked(fillers, spans):
    answer = msgspec.structs.replace(
        ANSWER,
        fillers=tuple(
            Filler(
                text="um",
                kind=FillerKind.FILLED_PAUSE,
                char_start=start,
                char_end=end,
                certainty=Certainty.POSSIBLE,
            )
            for start, end in fillers
        ),
        pronouns=Pronouns(i=tuple(Span(char_start=start, char_end=end) for start, end in spans)),
    )
    assert text_of(paragraphs(answer)) == ANSWER.transcript.text


def test_marks():
    cut = paragraphs(ANSWER)
    assert marked(cut, MarkKind.CONFIRMED) == ["um", "you know", "um"]
    assert marked(cut, MarkKind.POSSIBLE) == ["uh", "uh"]
    assert "".join(marked(cut, MarkKind.TRADEOFF)) == (
        "We could have scaled the database out, but that takes an hour and costs a lot"
    )
    assert "an hour" in marked(cut, MarkKind.METRIC)
    assert marked(cut, MarkKind.I) == ["I", "I", "I"]


def test_a_breath_after_a_full_stop_begins_a_paragraph():
    starts = [paragraph.start_s for paragraph in paragraphs(ANSWER)]
    assert starts == [1.4, 17.14, 32.48, 45.44]


def test_a_line_of_a_written_answer_stays_a_paragraph():
    cut = paragraphs(report_samples.written())
    assert [text_of([paragraph]) for paragraph in cut] == ["Fine.\n\n", "We did fine."]


def test_a_text_without_words_is_still_shown():
    answer = report_samples.written()
    bare = msgspec.structs.replace(answer.transcript, words=())
    assert text_of(paragraphs(msgspec.structs.replace(answer, transcript=bare))) == answer.transcript.text


@pytest.mark.realtime
def test_three_hours_are_cut_in_a_moment():
    said = report_samples.Said(" ".join(["Um we did it, you know, and then uh I stopped. [1.2]"] * 2500))
    answer = msgspec.structs.replace(
        ANSWER,
        transcript=said.transcript,
        fillers=tuple(said.fillers()),
        pronouns=said.pronouns(),
        signals={},
    )
    began = time.process_time()
    paragraphs(answer)
    assert time.process_time() - began < 3
