"""Voices: what is taken from a sound, and when two of them are two people."""

import time

import numpy as np
import pytest
from numpy.typing import NDArray

from voicemock.audio.load import RATE_HZ
from voicemock.speech.segments import Piece, Stretch
from voicemock.speech.turns import likeness, speakers_in
from voicemock.speech.voiceprint import Print, prints_in


def voice(place: int, *, seed: int, noise: float = 0.9) -> NDArray[np.float32]:
    """Return a print of one of several voices; two of one voice are about 0.55 alike, as real ones are."""
    values = np.random.default_rng(seed).normal(size=192)
    values *= noise / np.linalg.norm(values)
    values[place] += 1.0
    return (values / np.linalg.norm(values)).astype(np.float32)


def prints(*who: int, lasts_s: float = 1.5) -> list[Print]:
    return [Print(2.0 * at, 2.0 * at + lasts_s, voice(one, seed=at)) for at, one in enumerate(who)]


def test_two_voices_are_told_apart_and_who_speaks_most_comes_first() -> None:
    found = speakers_in(prints(1, 1, 0, 0, 0, 0, 1, 0, 0, 1, 0))
    assert found is not None
    assert found.of_print == (1, 1, 0, 0, 0, 0, 1, 0, 0, 1, 0)
    assert found.spoken_s == (10.5, 6.0)


@pytest.mark.parametrize(
    ("who", "lasts_s"),
    [((0,) * 12, 1.5), ((0,) * 10 + (1,), 1.5), ((0,) * 60 + (1, 1), 1.5), ((0, 1) * 10, 0.9), ((), 1.5), ((0,), 1.5)],
    ids=["one voice", "one word from the side", "a thirtieth of the time", "snippets only", "nobody", "one print"],
)
def test_where_it_is_not_sure_nobody_is_told_apart(who: tuple[int, ...], lasts_s: float) -> None:
    assert speakers_in(prints(*who, lasts_s=lasts_s)) is None


def test_three_hours_take_no_longer_than_a_moment() -> None:
    started = time.process_time()
    found = speakers_in(prints(*([0] * 5 + [1] * 2) * 1000))
    assert found is not None and len(found.spoken_s) == 2
    assert time.process_time() - started < 10


def test_voices_before_and_after_a_time_are_compared() -> None:
    assert (likeness(prints(1, 1, 0, 0, 0), 4.0) or 0) < 0.3
    assert (likeness(prints(0, 0, 0, 0, 0), 4.0) or 0) > 0.6
    assert likeness(prints(0, 0), 0.0) is None


def test_prints_are_taken_from_speech_alone_at_its_time() -> None:
    at = np.arange(6 * RATE_HZ) / RATE_HZ
    sound = (0.1 * np.sign(np.sin(2 * np.pi * 120 * at))).astype(np.float32)
    start = 60 * RATE_HZ
    piece = Piece(sound, (Stretch(0, start, 2 * RATE_HZ), Stretch(2 * RATE_HZ, start + 10 * RATE_HZ, 4 * RATE_HZ)))
    speech = [
        (start + RATE_HZ // 2, start + RATE_HZ),
        (start + 10 * RATE_HZ, start + 13 * RATE_HZ),
        (99 * RATE_HZ, 10**9),
    ]
    found = prints_in(piece, speech)
    assert [(one.start_s, one.end_s) for one in found] == [(60.5, 61.0), (70.0, 71.5), (71.5, 73.0)]
    assert all(np.linalg.norm(one.values) == pytest.approx(1.0, abs=1e-4) for one in found)
    assert found[1].values @ found[2].values > 0.9


@pytest.mark.parametrize(("another_from_s", "taken"), [(99.0, 4), (4.0, 8)], ids=["one voice", "another in between"])
def test_between_prints_of_one_voice_none_is_taken(monkeypatch, another_from_s: float, taken: int) -> None:
    samples = np.arange(12 * RATE_HZ, dtype=np.float32) / RATE_HZ  # each sample is its own time
    places: list[float] = []

    def heard(sound: NDArray[np.float32]) -> NDArray[np.float32]:
        places.append(float(sound[0]))
        return voice(int(sound[0] >= another_from_s), seed=0, noise=0.1)

    monkeypatch.setattr("voicemock.speech.voiceprint.voiceprint", heard)
    found = prints_in(Piece(samples, (Stretch(0, 0, len(samples)),)), [(0, len(samples))])
    assert [one.start_s for one in found] == pytest.approx([1.5 * at for at in range(8)])
    assert len(places) == taken
    assert [bool(one.values[1] > 0.5) for one in found] == [1.5 * at >= another_from_s for at in range(8)]


def test_two_ways_of_speaking_that_are_half_alike_may_be_one_person() -> None:
    rng = np.random.default_rng(0)
    spread = 1.2 * rng.normal(size=(40, 192)) / np.sqrt(192)
    spread[:20, 0] += 1.0
    spread[20:, :2] += (0.57, 0.82)  # the cosine to the first way
    both = (spread / np.linalg.norm(spread, axis=1, keepdims=True)).astype(np.float32)
    assert speakers_in([Print(2.0 * at, 2.0 * at + 1.5, values) for at, values in enumerate(both)]) is None
    spread[20:, 0] -= 0.4
    both = (spread / np.linalg.norm(spread, axis=1, keepdims=True)).astype(np.float32)
    assert speakers_in([Print(2.0 * at, 2.0 * at + 1.5, values) for at, values in enumerate(both)])
