"""Pauses, pitch, pace, level: against sounds whose values are known."""

import sys
from types import SimpleNamespace

import numpy as np
import pytest
from filelock import FileLock, Timeout
from numpy.typing import NDArray
from scipy.signal import lfilter

from voicemock.errors import ModelError
from voicemock.schema import Pause, Word
from voicemock.speech import pitch
from voicemock.speech.pauses import pauses, speech_stretches
from voicemock.speech.pitch import track_f0
from voicemock.speech.prosody import Delivery, spoken_steps
from voicemock.speech.quality import Meter

RATE_HZ = 16_000
VOWELS = {"ah": (700, 1200, 2600), "ee": (300, 2300, 3000), "oo": (350, 800, 2400)}


def contour(median_hz: float, seconds: float = 3.0, octaves: float = 0.25) -> NDArray[np.float64]:
    at = np.arange(int(seconds * RATE_HZ)) / RATE_HZ
    return median_hz * 2 ** (octaves * np.sin(2 * np.pi * at / seconds * 2))


def vowel(f0: NDArray[np.float64], formants: tuple[int, ...] = VOWELS["ah"]) -> NDArray[np.float32]:
    sound = np.diff(np.floor(np.cumsum(f0 / RATE_HZ)), prepend=0)
    sound = lfilter([1], [1, -0.97], sound)
    radius = np.exp(-np.pi * 100 / RATE_HZ)
    for hz in formants:
        sound = lfilter([1], [1, -2 * radius * np.cos(2 * np.pi * hz / RATE_HZ), radius**2], sound)
    return np.asarray(0.3 * sound / np.abs(sound).max(), np.float32)


@pytest.mark.parametrize("formants", VOWELS.values(), ids=VOWELS)
@pytest.mark.parametrize("median_hz", [80, 120, 210, 330])
def test_pitch_follows_a_known_contour(median_hz: float, formants: tuple[int, ...]) -> None:
    true = contour(median_hz)
    f0 = track_f0(vowel(true, formants))
    voiced = np.isfinite(f0)
    expected = true[np.minimum(np.arange(len(f0)) * 320, len(true) - 1)][voiced]
    assert voiced.mean() > 0.9
    assert np.median(f0[voiced]) == pytest.approx(np.median(expected), rel=0.01)
    assert np.mean(np.abs(np.log2(f0[voiced] / expected)) > 0.5) < 0.01
    assert np.median(np.abs(f0[voiced] / expected - 1)) < 0.005


def test_noise_has_no_pitch() -> None:
    noise = np.random.default_rng(0).normal(0, 0.1, 5 * RATE_HZ).astype(np.float32)
    assert np.isfinite(track_f0(noise)).mean() < 0.01
    assert not np.isfinite(track_f0(np.zeros(RATE_HZ, np.float32))).any()


def delivery_of(samples: NDArray[np.float32]) -> Delivery:
    delivery = Delivery()
    f0 = track_f0(samples)
    delivery.feed(f0, np.arange(len(f0), dtype=np.float32) / 50)
    return delivery


def word(text: str, start_s: float) -> Word:
    return Word(text=text, char_start=0, char_end=len(text), start_s=start_s, end_s=start_s + 0.3)


def test_the_spread_of_pitch_is_in_semitones() -> None:
    true = contour(120, seconds=6.0)
    levels = np.full(300, -20, np.float32)
    prosody = delivery_of(vowel(true)).prosody((word("ah", 0.0),), [(0.0, 6.0)], levels)
    assert prosody.f0_median_hz == pytest.approx(120, rel=0.01)
    assert prosody.f0_sd_semitones == pytest.approx(np.std(12 * np.log2(true / 120)), rel=0.05)


def test_too_little_voice_has_no_melody() -> None:
    levels = np.full(50, -20, np.float32)
    prosody = delivery_of(vowel(contour(120, seconds=1.0))).prosody((word("ah", 0.0),), [(0.0, 1.0)], levels)
    assert (prosody.f0_median_hz, prosody.f0_sd_semitones) == (None, None)


def test_pace_counts_words_but_no_fillers() -> None:
    words = tuple(word(text, 2.0 + i) for i, text in enumerate(["so", "um,", "we", "led", "uh"]))
    prosody = Delivery().prosody(words, [(2.0, 5.0), (8.0, 11.0)], np.full(600, -30, np.float32))
    assert prosody.response_latency_s == 2.0
    assert prosody.pauses == (Pause(start_s=5.0, end_s=8.0),)
    assert prosody.speaking_s == 6.0
    assert prosody.speech_rate_wpm == pytest.approx(3 / 9 * 60)
    assert prosody.articulation_rate_wpm == pytest.approx(3 / 6 * 60)


def test_nothing_said_has_no_prosody() -> None:
    prosody = Delivery().prosody((), [], np.zeros(0, np.float32))
    assert (prosody.speech_rate_wpm, prosody.response_latency_s, prosody.pauses) == (None, None, ())


def test_pitch_and_loudness_are_followed_along_the_recording() -> None:
    low, high = vowel(np.full(12 * RATE_HZ, 110.0)), vowel(contour(123.47, seconds=12.0, octaves=0.5))
    pause = np.zeros(2 * RATE_HZ, np.float32)
    level = levels((-30, 12), (-80, 2), (-20, 12))
    delivery = delivery_of(np.concatenate([low, pause, high]))
    prosody = delivery.prosody((word("ah", 0.0),), [(0.0, 12.0), (14.0, 26.0)], level)
    found = prosody.contour
    assert found is not None and prosody.f0_median_hz is not None
    assert len(found.semitones) == len(found.spread_semitones) == len(found.loudness_db) == 26 / found.step_s
    lower = 12 * np.log2(110 / prosody.f0_median_hz)
    assert found.semitones[4:20] == pytest.approx([lower] * 16, abs=0.15)
    assert found.spread_semitones[8:12] == pytest.approx([0.0] * 4, abs=0.15), "ten seconds around on one note"
    tones = [tone for tone in found.semitones[28:52] if tone is not None]
    assert max(tones) - min(tones) > 9, "an octave, as medians of half seconds"
    assert min(spread for spread in found.spread_semitones[38:42] if spread is not None) > 3
    assert found.semitones[25:27] == found.loudness_db[25:27] == (None, None)
    assert found.loudness_db[30] - found.loudness_db[4] == pytest.approx(10, abs=0.2)  # type: ignore[operator]
    power = [10 ** (db / 10) for db in found.loudness_db if db is not None]
    assert np.mean(power) == pytest.approx(1, abs=0.03), "against all speech"


def test_the_others_turns_leave_a_gap_in_pitch_and_loudness() -> None:
    whole = vowel(contour(120, seconds=12.0))
    stretches, level = [(0.0, 12.0)], levels((-30, 12))
    prosody = delivery_of(whole).prosody((word("ah", 0.0),), stretches, level, others=[(4.0, 8.0)])
    assert prosody.contour is not None
    for series in (prosody.contour.semitones, prosody.contour.spread_semitones, prosody.contour.loudness_db):
        assert series[9:15] == (None,) * 6
        assert series[2] is not None and series[20] is not None


def test_too_little_voice_has_no_contour_of_pitch() -> None:
    prosody = delivery_of(vowel(contour(120, seconds=1.0))).prosody((word("ah", 0.0),), [(0.0, 1.0)], levels((-20, 1)))
    assert prosody.contour is not None
    assert prosody.contour.semitones == prosody.contour.spread_semitones == (None, None)
    assert prosody.contour.loudness_db == pytest.approx((0, 0), abs=0.1)


LOUD, QUIET = -25.0, -60.0


def levels(*parts: tuple[float, float]) -> NDArray[np.float32]:
    return np.concatenate([np.full(round(seconds * 50), level, np.float32) for level, seconds in parts])


@pytest.mark.parametrize("late_s", [-0.12, 0.0, 0.12, 0.3])
def test_the_level_puts_the_edges_right_where_voice_activity_is_late(late_s: float) -> None:
    level = levels((LOUD, 3), (QUIET, 1), (LOUD, 3))
    heard = [(0, round((3 + late_s) * RATE_HZ)), (round((4 + min(late_s, 0.12)) * RATE_HZ), 7 * RATE_HZ)]
    (pause,) = pauses(speech_stretches(heard, level))
    assert (pause.start_s, pause.end_s) == pytest.approx((3.0, 4.0), abs=0.05)


@pytest.mark.parametrize(("seconds", "count"), [(0.48, 0), (0.5, 1), (2.0, 1)])
def test_a_pause_is_half_a_second(seconds: float, count: int) -> None:
    level = levels((LOUD, 2), (QUIET, seconds), (LOUD, 2))
    heard = [(0, 2 * RATE_HZ), (round((2 + seconds) * RATE_HZ), round((4 + seconds) * RATE_HZ))]
    assert len(pauses(speech_stretches(heard, level))) == count


def test_a_click_is_no_speech() -> None:
    level = levels((LOUD, 2), (QUIET, 0.5), (LOUD, 0.04), (QUIET, 0.5), (LOUD, 2))
    heard = [(0, 32_000), (40_000, 40_640), (48_640, 80_640)]
    assert len(speech_stretches(heard, level)) == 2


def meter_of(*blocks: NDArray[np.float64]) -> Meter:
    meter = Meter()
    for block in blocks:
        meter.feed(block.astype(np.float32), block.astype(np.float32))
    return meter


def test_level_and_noise_are_measured_apart() -> None:
    rng = np.random.default_rng(0)
    voice, noise = rng.normal(0, 0.1, 2 * RATE_HZ), rng.normal(0, 0.001, 2 * RATE_HZ)
    meter = meter_of(noise, voice, noise)
    spoken = spoken_steps([(2.0, 4.0)], len(meter.levels_db()))
    assert meter.loudness(spoken) == (pytest.approx(-20, abs=0.2), pytest.approx(-60, abs=1.0))
    assert meter.problems(-20.0, -60.0) == ()
    assert meter.duration_s == 6.0


@pytest.mark.parametrize(
    ("level_db", "noise_db", "says"), [(-70.0, -90.0, "very quiet"), (-30.0, -33.0, "above the noise")]
)
def test_a_poor_recording_says_why(level_db: float, noise_db: float, says: str) -> None:
    (problem,) = meter_of(np.zeros(RATE_HZ)).problems(level_db, noise_db)
    assert says in problem


def test_clipping_is_counted() -> None:
    meter = meter_of(np.clip(np.sin(np.arange(RATE_HZ)) * 3, -1, 1))
    assert meter.clipped_share > 0.5
    assert any("clipped" in problem for problem in meter.problems(-3.0, -60.0))


def test_a_voice_in_10_db_of_noise_has_its_pitch_and_a_whisper_has_none() -> None:
    rng = np.random.default_rng(0)
    voice = vowel(contour(120))
    noise = rng.normal(0, np.sqrt(np.mean(voice**2)) * 10 ** (-10 / 20), len(voice)).astype(np.float32)
    assert np.isfinite(track_f0(voice + noise)).mean() > 0.9
    radius = np.exp(-np.pi * 40 / RATE_HZ)  # breath in a narrow mouth comes closest to a voice
    breath = lfilter([1], [1, -2 * radius * np.cos(2 * np.pi * 150 / RATE_HZ), radius**2], rng.normal(0, 1, 80_000))
    assert np.isfinite(track_f0((0.1 * breath / np.std(breath)).astype(np.float32))).mean() < 0.06


def test_a_voice_that_dies_away_ends_a_third_of_the_way_above_the_noise() -> None:
    dying = np.linspace(LOUD, QUIET, 40, dtype=np.float32)
    level = np.concatenate([levels((LOUD, 2)), dying, levels((QUIET, 1)), dying[::-1], levels((LOUD, 2))])
    heard = [(0, round(2.5 * RATE_HZ)), (round(4.1 * RATE_HZ), round(6.6 * RATE_HZ))]
    (pause,) = pauses(speech_stretches(heard, level))
    assert (pause.start_s, pause.end_s) == pytest.approx((2.52, 4.08), abs=0.05)


def test_one_process_at_a_time_compiles_what_librosa_needs(tmp_path, monkeypatch):
    # Two at once mix up numba's files, and every process after them dies of a segmentation fault.
    alone = []

    def yin(samples, **_):
        with pytest.raises(Timeout):
            FileLock(tmp_path / "numba" / pitch.LOCK, timeout=0).acquire()
        alone.append(len(samples))

    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "numba"))
    monkeypatch.setitem(sys.modules, "librosa", SimpleNamespace(yin=yin))
    pitch._compiled_librosa.__wrapped__()
    assert alone == [pitch.FRAME]
    FileLock(tmp_path / "numba" / pitch.LOCK, timeout=0).acquire()  # free again


def test_a_folder_that_takes_nothing_compiled_is_named_and_what_to_do(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "file" / "numba"))
    with pytest.raises(ModelError, match=r"numba cannot be written") as failure:
        pitch._compiled_librosa.__wrapped__()
    assert "VOICEMOCK_CACHE" in failure.value.hint
