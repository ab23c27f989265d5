"""Of two people on sides of their own, the candidate is reviewed: not whoever asks the known question."""

from pathlib import Path

import msgspec
import numpy as np
import pytest
import soundfile

from tests.builders import spoken
from tests.media_files import tone
from tests.test_media_choice import ANSWERING, ASKING, sides
from voicemock.analyze import analyze_recording
from voicemock.audio.load import AudioFile
from voicemock.questions.asked import asked
from voicemock.report.player_audio import load_sound
from voicemock.schema import AnswerReport, Quality, Recording
from voicemock.speech import listen as listening

QUESTION = asked("Tell me about a time you failed.")
LONG_QUESTION = "Thank you for coming. We are a small team. Tell me about a time you failed."
ANSWER = "We moved the billing system, and it went down for an hour."
ECHO = f"You say: tell me about a time you failed. {ANSWER}"


@pytest.fixture
def reviewed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Review a call with more said on the left, hearing the words given for each side."""

    def review(left: str, right: str, **wanted) -> AnswerReport:
        def listen(file: AudioFile, **options: object) -> listening.Heard:
            answer = spoken({"1": left, "2": right}[file.channel], lasts_s=10)
            return listening.Heard(
                recording=answer.recording, transcript=answer.transcript, filled_pauses=(), prosody=answer.prosody
            )

        monkeypatch.setattr(listening, "listen", listen)
        path = sides(tmp_path, ANSWERING, ASKING)
        return analyze_recording(path, recogniser=None, **{"question": QUESTION, **wanted})

    return review


def test_whoever_says_more_but_asks_the_question_is_not_the_candidate(reviewed):
    report = reviewed(LONG_QUESTION, ANSWER)
    assert report.transcript.text == ANSWER
    assert report.recording.channel == "2"
    assert report.recording.quality is Quality.OK
    assert "the right side was used, because the question is asked on the other" in report.notes[0]


@pytest.mark.parametrize(
    ("left", "right", "wanted"),
    [
        (ANSWER, LONG_QUESTION, {}),
        (ANSWER, "Thank you.", {}),
        (ECHO, f"Tell me about a time you failed. {LONG_QUESTION}", {}),  # asked first, then echoed
        (LONG_QUESTION, ANSWER, {"question": None}),
        (LONG_QUESTION, ANSWER, {"channel": "left"}),
    ],
)
def test_else_whoever_says_more_or_was_asked_for_is(reviewed, left: str, right: str, wanted: dict[str, object]):
    report = reviewed(left, right, **wanted)
    assert report.transcript.text == left
    assert report.recording.channel == "1"


def test_the_report_plays_what_was_heard(tmp_path: Path):
    path = tmp_path / "call.wav"
    soundfile.write(path, np.stack([np.zeros(32_000), tone(2)[0]], axis=1), 16_000)
    recording = Recording(path=str(path), duration_s=2.0, sample_rate_hz=16_000, channels=2)
    left, right = (
        load_sound(msgspec.structs.replace(recording, channel=channel), folder=tmp_path) for channel in ("1", "2")
    )
    assert left.src
    assert left.levels == ()
    assert right.levels
