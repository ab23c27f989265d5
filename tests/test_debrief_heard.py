"""A recorded interview of two voices, with the real model: who said what, and each answer read by itself."""

from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
import soundfile

from tests.test_turns_heard import SAMPLE, Samples, said, samples_of
from voicemock.audio.load import RATE_HZ
from voicemock.jobs.debrief import Debriefed, debrief_recording
from voicemock.schema import AsideKind, FillerKind
from voicemock.speech.recognise import Recogniser

pytestmark = pytest.mark.real

FIRST = "Hello, and thank you for coming. Tell me about a project that you delivered late."
SECOND = "Okay, thank you. And how did you tell the people in sales about the new date?"
THIRD = "Good. What would you do differently today?"
CUTS_S = (18.6, 34.0)
"""Where the candidate's answer is cut for the second and the third question."""


class Call(NamedTuple):
    """A recording, and who speaks when in it: (start, end, whether it is the candidate), in seconds."""

    path: Path
    turns: list[tuple[float, float, bool]]

    def candidate_at(self, at_s: float) -> bool:
        return min(self.turns, key=lambda turn: max(turn[0] - at_s, at_s - turn[1]))[2]


def recorded(path: Path, parts: list[tuple[Samples, bool]]) -> Call:
    """Put the parts together, with 0.8 s of a quiet room between them."""
    room = np.random.default_rng(0).normal(0, 1e-4, round(0.8 * RATE_HZ))
    sound, turns = [room], []
    for part, mine in parts:
        start_s = sum(map(len, sound)) / RATE_HZ
        turns.append((start_s, start_s + len(part) / RATE_HZ, mine))
        sound += [part, room]
    soundfile.write(path, np.concatenate(sound), RATE_HZ)
    return Call(path, turns)


@pytest.fixture(scope="module")
def call(tmp_path_factory: pytest.TempPathFactory) -> Call:
    folder = tmp_path_factory.mktemp("call")
    answer = samples_of(SAMPLE.path)
    first, second = (round(cut * RATE_HZ) for cut in CUTS_S)
    parts = [
        (said(FIRST, folder), False),
        (answer[:first], True),
        (said(SECOND, folder), False),
        (answer[first:second], True),
        (said(THIRD, folder), False),
        (answer[second:], True),
    ]
    return recorded(folder / "call.wav", parts)


def debriefed(path: Path, recogniser: Recogniser, me: str | None = None) -> Debriefed:
    return debrief_recording(path, recogniser=recogniser, me=me, second=None, tell=pytest.fail)


@pytest.fixture(scope="module")
def found(call: Call, recogniser: Recogniser, tmp_path_factory: pytest.TempPathFactory) -> Debriefed:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VOICEMOCK_DATA", str(tmp_path_factory.mktemp("data")))
        return debriefed(call.path, recogniser)


def test_at_least_95_of_100_words_go_to_who_said_them(call: Call, found: Debriefed) -> None:
    assert found.candidate.name == "Speaker 1"
    right = every = 0
    for turn in found.call.turns:
        words = turn.text.split()
        assert turn.start_s is not None and turn.end_s is not None
        for number in range(len(words)):  # evenly spread: enough to see which turn of the call a word is in
            at_s = turn.start_s + (number + 0.5) / len(words) * (turn.end_s - turn.start_s)
            right += call.candidate_at(at_s) is (turn.speaker == found.candidate.name)
            every += 1
    assert every > 130
    assert right >= 0.95 * every


def test_each_answer_is_read_with_its_question_and_without_the_others_words(call: Call, found: Debriefed) -> None:
    assert [one.asked.question.follow_up_to is not None for one in found.exchanges] == [False, True, False]
    for one, (start_s, end_s, _), words in zip(
        found.exchanges, call.turns[1::2], ("project", "in sales", "differently"), strict=True
    ):
        assert words in one.asked.question.text
        answer = one.answer
        assert answer and answer.prosody and answer.recording
        times = [word.start_s for word in answer.transcript.words if word.start_s is not None]
        assert start_s - 1 < min(times) < max(times) < end_s + 1
        assert answer.duration_s == pytest.approx(end_s - start_s, abs=2.0)
        assert {aside.kind for aside in answer.asides} == {AsideKind.QUESTION}
        assert 0.2 < (answer.prosody.response_latency_s or 0) < 3.0
    assert sum(f.kind is FillerKind.FILLED_PAUSE for f in found.answers[0].fillers) == 3
