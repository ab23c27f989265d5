"""Two people on one recording, with real voices and the real model: whose words count."""

from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from tests.conftest import needed
from voicemock.analyze import analyze_recording
from voicemock.audio.load import RATE_HZ, AudioFile
from voicemock.demo.samples import load_samples
from voicemock.questions.asked import asked
from voicemock.schema import AnswerReport, AsideKind, Certainty, FillerKind, Question
from voicemock.speech import listen as speech_listen
from voicemock.speech.listen import Heard
from voicemock.speech.recognise import Recogniser

pytestmark = pytest.mark.real
Samples = NDArray[np.float32]

QUESTION = asked("Tell me about a time you delivered something late. What did you learn from it?")
SAMPLE = load_samples()[0]
CUT_S = 18.6
"""A silence of the sample; three of its filled pauses come before."""


def samples_of(path: Path) -> Samples:
    sound = np.concatenate(list(AudioFile(path).blocks()))
    return 0.05 * sound / np.sqrt(np.mean(sound**2))


def said(text: str, folder: Path) -> Samples:
    """Return a text in the interviewer's voice."""
    needed("hibari").Hibari().save(text, str(folder / "said.wav"))
    return samples_of(folder / "said.wav")


def judged(
    parts: list[Samples], recogniser: Recogniser, folder: Path, *, question: Question | None, speaker: int | None = None
) -> AnswerReport:
    """Analyse the parts with 0.8 s of a quiet room between them."""
    room = np.random.default_rng(0).normal(0, 1e-4, round(0.8 * RATE_HZ))
    sound = np.concatenate([room, *(piece for part in parts for piece in (part, room))])
    soundfile.write(folder / "call.wav", sound, RATE_HZ)
    return analyze_recording(folder / "call.wav", recogniser=recogniser, question=question, speaker=speaker)


@pytest.fixture
def heard_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hear each recording once, whoever of it is judged."""
    known: dict[object, Heard] = {}
    really = speech_listen.listen

    def listen(file: AudioFile, **how: object) -> Heard:
        key = (file.path, *how.items())
        if key not in known:
            known[key] = really(file, **how)
        return known[key]

    monkeypatch.setattr(speech_listen, "listen", listen)


@pytest.fixture(scope="module")
def answer() -> Samples:
    return samples_of(SAMPLE.path)


def test_a_question_spoken_by_a_machine_is_not_counted(recogniser: Recogniser, answer: Samples, tmp_path: Path) -> None:
    parts = [said(f"Okay, thank you. {QUESTION.text}", tmp_path), answer[: round(CUT_S * RATE_HZ)]]
    report = judged(parts, recogniser, tmp_path, question=QUESTION)
    (aside,) = report.asides
    assert aside.kind is AsideKind.QUESTION
    assert aside.text.lower().rstrip(".?").endswith("learn from it")
    assert report.transcript.text.startswith("So, um, last year our team")
    assert sum(f.kind is FillerKind.FILLED_PAUSE for f in report.fillers) == 3
    assert all(f.start_s and f.start_s > aside.end_s for f in report.fillers if f.certainty is Certainty.CONFIRMED)
    assert report.duration_s == pytest.approx(CUT_S, abs=1.5)
    assert report.prosody and 1.0 < (report.prosody.response_latency_s or 0) < 3.0


def test_an_interviewer_between_is_told_apart_and_can_be_chosen(
    recogniser: Recogniser, answer: Samples, tmp_path: Path, heard_once: None
) -> None:
    cut = round(CUT_S * RATE_HZ)
    asks = said("And how did you tell the people in sales about the new date?", tmp_path)
    parts = [answer[:cut], asks, answer[cut:]]
    report = judged(parts, recogniser, tmp_path, question=None)
    (aside,) = report.asides
    assert aside.kind is AsideKind.OTHER
    assert "tell the people in sales" in aside.text
    assert "tell the people" not in report.transcript.text
    assert {"billing", "earlier."} <= set(report.transcript.text.split())
    assert report.notes[0].startswith("Two people speak; the one who speaks 9")
    other = judged(parts, recogniser, tmp_path, question=None, speaker=2)
    assert "tell the people in sales" in other.transcript.text
    assert "billing" not in other.transcript.text


def test_one_person_who_moves_away_in_noise_is_one(recogniser: Recogniser, answer: Samples, tmp_path: Path) -> None:
    cut = round(CUT_S * RATE_HZ)
    noise = np.random.default_rng(1).normal(0, 0.002, len(answer) - cut).astype(np.float32)
    parts = [answer[:cut], np.convolve(answer[cut:], np.hanning(9) / 4, "same").astype(np.float32) * 0.2 + noise]
    report = judged(parts, recogniser, tmp_path, question=QUESTION)
    assert report.asides == ()
    assert not any("people speak" in note for note in report.notes)
