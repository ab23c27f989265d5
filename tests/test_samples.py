"""The demo's sample answers hold what they claim, and come out of the microphone whole."""

import time
from pathlib import Path

import numpy as np
import pytest

from voicemock.audio.load import RATE_HZ, AudioFile, decode
from voicemock.demo.samples import CannedMicrophone, Sample, load_samples, sample_questions
from voicemock.errors import SessionError
from voicemock.schema import SignalName

SAMPLES = load_samples()


def record(microphone: CannedMicrophone, path: Path) -> None:
    with microphone.record(path) as recorder:
        while not recorder.finished:
            time.sleep(0.01)
    assert recorder.error is None


def test_each_sample_answers_a_question_that_asks_for_a_number() -> None:
    assert [q.id for q in sample_questions()] == [s.question for s in SAMPLES]
    assert all(SignalName.METRIC in q.expects for q in sample_questions())


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda s: s.question)
def test_the_file_is_small_and_as_long_as_it_says(sample: Sample) -> None:
    sound, _ = decode(sample.path, rate_hz=RATE_HZ)
    assert len(sound) / RATE_HZ == pytest.approx(sample.duration_s, abs=0.1)
    assert sample.path.stat().st_size < 400_000
    assert np.abs(sound).max() < 0.9


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda s: s.question)
def test_filled_pauses_are_where_the_list_says(sample: Sample) -> None:
    sound, _ = decode(sample.path, rate_hz=RATE_HZ)

    def level_db(start_s: float, end_s: float) -> float:
        part = sound[round(start_s * RATE_HZ) : round(end_s * RATE_HZ)]
        return float(10 * np.log10(np.square(part).mean()))

    assert len(sample.filled_pauses) == sum(word in ("um", "uh") for word in sample.text.split())
    for pause in sample.filled_pauses:
        assert 0.3 < pause.end_s - pause.start_s < 0.7
        assert level_db(pause.start_s, pause.end_s) > -30
        assert level_db(pause.start_s - 0.12, pause.start_s - 0.02) < -50
        assert level_db(pause.end_s + 0.02, pause.end_s + 0.12) < -50


def test_the_first_answer_is_the_weaker_one() -> None:
    weak, better = SAMPLES
    assert len(weak.filled_pauses) >= 5 > len(better.filled_pauses)
    assert not any(c.isdigit() for c in weak.text)
    assert weak.text.split().count("we") > 10 > weak.text.split().count("I")
    assert better.text.split().count("I") > 5


def test_the_canned_microphone_gives_each_answer_whole_and_faster(tmp_path: Path) -> None:
    microphone = CannedMicrophone(speed=40)
    for number, sample in enumerate(SAMPLES):
        began = time.monotonic()
        record(microphone, tmp_path / f"{number}.wav")
        took_s = time.monotonic() - began
        assert sample.duration_s / 40 <= took_s + 0.1 < sample.duration_s / 5
        given = np.concatenate(list(AudioFile(sample.path).blocks()))
        assert np.allclose(decode(tmp_path / f"{number}.wav")[0], given, atol=2 / 32768)
    with pytest.raises(SessionError, match="no more"):
        microphone.record(tmp_path / "third.wav")


def test_an_answer_can_be_ended_early(tmp_path: Path) -> None:
    with CannedMicrophone(speed=1).record(tmp_path / "take.wav") as recorder:
        pass
    assert 0 < recorder.elapsed_s < 1.0
    assert recorder.error is None
