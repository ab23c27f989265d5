"""The whole of hearing on the real model: what was said, what was hesitated, and nothing if nobody spoke."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from voicemock.audio.load import RATE_HZ, AudioFile
from voicemock.demo.samples import load_samples
from voicemock.errors import ModelError
from voicemock.models.catalogue import Model
from voicemock.schema import Certainty, Quality
from voicemock.speech.listen import Heard, Listener, listen
from voicemock.speech.probe import load_probe
from voicemock.speech.recognise import Recogniser
from voicemock.speech.second_voice import load_second_voice
from voicemock.speech.verbatim import is_filled_pause

pytestmark = pytest.mark.real
Samples = NDArray[np.float32]
SAMPLE = load_samples()[0]


@pytest.fixture(scope="module")
def answer() -> Samples:
    return np.concatenate(list(AudioFile(SAMPLE.path).blocks()))


def hear(samples: Samples, recogniser: Recogniser, *, block: int = RATE_HZ) -> Heard:
    listener = Listener(recogniser)
    for start in range(0, len(samples), block):
        listener.feed(samples[start : start + block])
    return listener.finish(path="answer.wav")


CUT_S = 20.5
"""Where a shorter recording ends, in a pause of the answer: it has filled pauses enough to miss some."""

WORDS_CUT_S = 8.7
"""Where the first words end, in a pause: enough to tell how good a recording is, and whether somebody else speaks."""


def pauses_before(end_s: float) -> int:
    return sum(pause.end_s < end_s for pause in SAMPLE.filled_pauses)


@pytest.fixture(scope="module")
def beginning(answer: Samples) -> Samples:
    return answer[: int(CUT_S * RATE_HZ)]


@pytest.fixture(scope="module")
def first_words(answer: Samples) -> Samples:
    return answer[: int(WORDS_CUT_S * RATE_HZ)]


@pytest.fixture(scope="module")
def heard(answer: Samples, recogniser: Recogniser) -> Heard:
    """Return what is heard of it live, block by block."""
    return hear(answer, recogniser, block=1600)


@pytest.fixture(scope="module")
def read(recogniser: Recogniser) -> Heard:
    """Return what is heard of the file, whose pieces are read together."""
    return listen(AudioFile(SAMPLE.path), recogniser)


def test_each_filled_pause_is_found_where_it_was_said(heard: Heard) -> None:
    assert len(heard.filled_pauses) == len(SAMPLE.filled_pauses)
    for found, said in zip(heard.filled_pauses, SAMPLE.filled_pauses, strict=True):
        assert found.start_s == pytest.approx(said.start_s, abs=0.2)
        assert found.end_s == pytest.approx(said.end_s, abs=0.4)


def test_most_are_confirmed_by_both_witnesses(heard: Heard) -> None:
    sure = [f for f in heard.filled_pauses if f.certainty is Certainty.CONFIRMED]
    assert len(sure) >= len(heard.filled_pauses) - 1


def test_every_word_and_filler_stands_at_its_place(heard: Heard) -> None:
    text = heard.transcript.text
    assert text == " ".join(word.text for word in heard.transcript.words)
    for part in (*heard.transcript.words, *heard.filled_pauses):
        assert text[part.char_start : part.char_end] == part.text
    starts = [word.start_s for word in heard.transcript.words]
    assert starts == sorted(starts)


def test_no_plain_word_is_lost_and_fewer_hesitations_are_found_without_looking(
    heard: Heard, answer: Samples, recogniser: Recogniser
) -> None:
    recogniser.verbatim = False
    try:
        plain = hear(answer, recogniser)
    finally:
        recogniser.verbatim = True
    rest = iter([word.text for word in heard.transcript.words])
    assert all(word.text in rest for word in plain.transcript.words if not is_filled_pause(word.text))
    assert len(plain.filled_pauses) < len(heard.filled_pauses)
    assert all(filler.certainty is Certainty.POSSIBLE for filler in plain.filled_pauses)


def test_live_blocks_and_a_file_give_the_same(heard: Heard, read: Heard) -> None:
    assert next(AudioFile(SAMPLE.path).blocks()).size != 1600
    assert read.transcript == heard.transcript


def test_pieces_read_together_give_what_each_gives_alone(heard: Heard, read: Heard) -> None:
    assert read.transcript.words
    assert read.sound.words == heard.sound.words
    assert (read.filled_pauses, read.prosody) == (heard.filled_pauses, heard.prosody)


def test_level_pace_and_pauses_are_there(heard: Heard) -> None:
    assert heard.recording.quality is Quality.OK
    assert 100 < (heard.prosody.speech_rate_wpm or 0) < 220
    assert heard.prosody.pauses
    assert (heard.prosody.f0_sd_semitones or 0) > 1


AT = np.arange(60 * RATE_HZ) / RATE_HZ


def silence(rng: np.random.Generator) -> NDArray[np.float64]:
    return np.zeros(len(AT))


def white_noise(rng: np.random.Generator) -> NDArray[np.float64]:
    return rng.normal(0, 0.1, len(AT))


def chords(rng: np.random.Generator) -> NDArray[np.float64]:
    bar = AT % 2.0
    roots = np.array([220.0, 196.0, 174.6, 261.6])[(AT // 2).astype(int) % 4]
    tones = [
        np.sin(2 * np.pi * roots * third * partial * bar) / partial for third in (1, 1.26, 1.5) for partial in (1, 2)
    ]
    return 0.05 * np.sum(tones, axis=0) * np.exp(-bar / 1.2)


def breathing(rng: np.random.Generator) -> NDArray[np.float64]:
    breath = np.convolve(rng.normal(0, 1, len(AT)), np.hanning(7), "same")
    return 0.02 * breath * np.clip(np.sin(2 * np.pi * AT / 3.6), 0, 1) ** 1.5 + rng.normal(0, 2e-4, len(AT))


def keyboard(rng: np.random.Generator) -> NDArray[np.float64]:
    sound = rng.normal(0, 3e-4, len(AT))
    for start in rng.integers(0, len(AT) - 800, 300):
        sound[start : start + 800] += rng.normal(0, 0.1, 800) * np.exp(-np.arange(800) / 120)
    return sound


@pytest.mark.parametrize("make", [silence, white_noise, chords, breathing, keyboard])
def test_where_nobody_speaks_there_are_no_words(
    make: Callable[[np.random.Generator], NDArray[np.float64]], recogniser: Recogniser
) -> None:
    found = hear(make(np.random.default_rng(0)).astype(np.float32), recogniser)
    assert (found.transcript.text, found.filled_pauses, found.prosody.pauses) == ("", (), ())
    assert found.transcript.confidence is None


def hum(rng: np.random.Generator) -> NDArray[np.float64]:
    return sum(0.05 / k * np.sin(2 * np.pi * 50 * k * AT) for k in (1, 2, 3, 6)) + rng.normal(0, 3e-4, len(AT))


def rounding(rng: np.random.Generator) -> NDArray[np.float64]:
    return np.round(rng.normal(0, 0.6, len(AT))) / 32_768


@pytest.mark.parametrize("make", [silence, white_noise, chords, breathing, keyboard, hum, rounding])
def test_a_short_clip_of_nobody_has_no_words_and_nothing_left_unread(
    make: Callable[[np.random.Generator], NDArray[np.float64]], recogniser: Recogniser
) -> None:
    for seed, seconds in enumerate((0.05, 0.155, 0.3, 0.7, 1.5, 4.0)):
        rng = np.random.default_rng(seed)
        start = int(rng.uniform(0, 10) * RATE_HZ)
        sound = make(rng)[start : start + int(seconds * RATE_HZ)]
        for level_db in (-20, -50, -84):
            loud = 10 ** (level_db / 20) / max(1e-9, np.sqrt(np.mean(sound**2)))
            found = hear((sound * loud).astype(np.float32), recogniser)
            assert (found.transcript.text, found.notes) == ("", ())


def test_words_latency_and_pauses_tell_of_one_sound(heard: Heard, beginning: Samples, recogniser: Recogniser) -> None:
    late = hear(np.pad(beginning, (2 * RATE_HZ, RATE_HZ)), recogniser)
    latency_s = late.prosody.response_latency_s
    assert latency_s == pytest.approx((heard.prosody.response_latency_s or 0) + 2.0, abs=0.1)
    fillers = {filler.char_start for filler in late.filled_pauses}
    words = [word for word in late.transcript.words if word.char_start not in fillers]
    for word in words:
        assert word.start_s >= latency_s - 0.02
        assert word.end_s - word.start_s < 2.5
        for pause in late.prosody.pauses:
            assert word.end_s <= pause.start_s + 0.02 or word.start_s >= pause.end_s - 0.02


def test_what_is_really_said_many_times_is_heard_as_often(
    heard: Heard, answer: Samples, recogniser: Recogniser
) -> None:
    between = [(a.end_s - 0.1, b.start_s + 0.1) for a, b in pairwise(heard.prosody.pauses)]
    start_s, end_s = min(between, key=lambda phrase: phrase[1] - phrase[0])
    phrase = np.pad(answer[int(start_s * RATE_HZ) : int(end_s * RATE_HZ)], (0, int(0.6 * RATE_HZ)))
    once = [word.text for word in hear(phrase, recogniser).transcript.words]
    found = hear(np.tile(phrase, 6), recogniser).transcript.words
    assert len(once) >= 2
    assert len(found) == pytest.approx(6 * len(once), abs=len(once))
    assert max((word.end_s or 0) - (word.start_s or 0) for word in found) < end_s - start_s


def damaged(answer: Samples, how: str, path: Path) -> Path:
    if how == "telephone":
        soundfile.write(path, answer[::2], RATE_HZ // 2)
    elif how == "studio":
        soundfile.write(path, np.repeat(answer, 6), RATE_HZ * 6, subtype="PCM_24")
    elif how == "one dead channel":
        soundfile.write(path, np.stack([np.zeros_like(answer), answer], axis=1), RATE_HZ)
    elif how == "very quiet":
        soundfile.write(path, answer / np.sqrt(np.mean(answer**2)) * 10 ** (-60 / 20), RATE_HZ, subtype="PCM_24")
    elif how == "clipped":
        soundfile.write(path, np.clip(answer * 12, -1, 1), RATE_HZ)
    elif how == "noisy":
        noise = np.random.default_rng(0).normal(0, np.sqrt(np.mean(answer**2)), len(answer))
        soundfile.write(path, (answer + noise) * 0.3, RATE_HZ)
    return path


@pytest.mark.parametrize("how", ["telephone", "studio", "one dead channel"])
def test_an_unusual_recording_is_heard_as_well(
    how: str, beginning: Samples, recogniser: Recogniser, tmp_path: Path
) -> None:
    found = listen(AudioFile(damaged(beginning, how, tmp_path / "answer.wav")), recogniser)
    assert found.recording.quality is Quality.OK
    assert abs(len(found.filled_pauses) - pauses_before(CUT_S)) <= 1


@pytest.mark.parametrize(
    ("how", "says"), [("very quiet", "quiet"), ("clipped", "clipped"), ("noisy", "above the noise")]
)
def test_a_poor_recording_says_so_and_counts_no_more_than_was_said(
    how: str, says: str, first_words: Samples, recogniser: Recogniser, tmp_path: Path
) -> None:
    found = listen(AudioFile(damaged(first_words, how, tmp_path / "answer.wav")), recogniser)
    assert found.recording.quality is Quality.POOR
    assert any(says in problem for problem in found.recording.problems)
    assert len(found.filled_pauses) <= pauses_before(WORDS_CUT_S) + 1


@pytest.mark.parametrize("below_db", [5, 10])
def test_a_second_voice_makes_a_recording_poor(below_db: int, first_words: Samples, recogniser: Recogniser) -> None:
    other = np.concatenate(list(AudioFile(load_samples()[1].path).blocks()))
    deeper = np.interp(np.arange(len(first_words)) * 0.84, np.arange(len(other)), other)  # as a bigger person's
    loud = np.sqrt(np.mean(first_words**2) / np.mean(deeper**2)) * 10 ** (-below_db / 20)
    found = hear((first_words + loud * deeper).astype(np.float32), recogniser)
    assert found.recording.quality is Quality.POOR
    assert any("another voice" in problem for problem in found.recording.problems)


@pytest.mark.parametrize("make", [chords, breathing, keyboard])
def test_other_sounds_are_no_second_voice(
    make: Callable[[np.random.Generator], NDArray[np.float64]], first_words: Samples, recogniser: Recogniser
) -> None:
    sound = make(np.random.default_rng(0))[: len(first_words)]
    loud = np.sqrt(np.mean(first_words**2) / np.mean(sound**2)) * 10 ** (-10 / 20)
    found = hear((first_words + loud * sound).astype(np.float32), recogniser)
    assert not any("another voice" in problem for problem in found.recording.problems)


def test_the_probes_fit_their_models(recogniser: Recogniser) -> None:
    probe = load_probe("tiny.en")
    assert probe is not None
    encoded = recogniser.encode(np.zeros(RATE_HZ, np.float32))
    assert len(probe.weights) == np.asarray(encoded.output).shape[-1]
    assert probe.chances(encoded, 7).shape == (50,)
    assert probe.events(encoded) == ()
    assert load_probe("no-such-model") is None
    second_voice = load_second_voice("tiny.en")
    assert second_voice is not None
    assert len(second_voice.weights) == len(probe.weights)


def test_a_model_folder_without_a_model_says_what_is_missing(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(ModelError, match=r"model\.bin.*is missing"):
        Recogniser(Model("empty", tmp_path, "folder"))


def test_a_damaged_model_is_no_crash(tmp_path: Path) -> None:
    for name in ("model.bin", "config.json", "tokenizer.json"):
        (tmp_path / name).write_text("{}")
    with pytest.raises(ModelError, match="cannot be loaded"):
        Recogniser(Model("broken", tmp_path, "folder"))
