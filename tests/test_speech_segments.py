"""A stream is cut at its pauses, the same way whatever the size of the blocks."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from voicemock.speech import segments
from voicemock.speech.detector import FRAME, HighPass, SpeechDetector
from voicemock.speech.segments import LONGEST, MARGIN, SHORTEST, Piece, Segmenter, Stretch

RATE_HZ = 16_000
Samples = NDArray[np.float32]


@pytest.fixture(autouse=True)
def loud_is_speech(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in for Silero VAD: whatever is loud is speech."""

    class Loud:
        def probabilities(self, frames: Samples) -> list[float]:
            return [float(np.abs(frame).max() > 0.1) for frame in frames]

    monkeypatch.setattr(segments, "SpeechDetector", Loud)


def sound(*parts: tuple[str, float]) -> Samples:
    rng = np.random.default_rng(0)
    levels = {"speech": 0.3, "silence": 0.001}
    return np.concatenate(
        [rng.uniform(-1, 1, round(s * RATE_HZ)).astype(np.float32) * levels[kind] for kind, s in parts]
    )


def cut(samples: Samples, block: int = RATE_HZ) -> list[Piece]:
    segmenter = Segmenter()
    fed = [piece for i in range(0, len(samples), block) for piece in segmenter.feed(samples[i : i + block])]
    return fed + segmenter.finish()


def kept(pieces: list[Piece]) -> Iterator[tuple[float, float]]:
    for piece in pieces:
        for stretch in piece.stretches:
            yield stretch.start / RATE_HZ, (stretch.start + stretch.length) / RATE_HZ


def test_silence_gives_no_piece() -> None:
    assert cut(sound(("silence", 40))) == []


def test_no_sound_at_all_gives_no_piece() -> None:
    assert cut(np.zeros(0, np.float32)) == []


@pytest.mark.parametrize("block", [160, FRAME, 5000, 10 * RATE_HZ])
def test_the_size_of_the_blocks_makes_no_difference(block: int) -> None:
    samples = sound(*[("speech", 4.3), ("silence", 0.7), ("speech", 9.1), ("silence", 3)] * 5)
    expected, found = cut(samples), cut(samples, block)
    assert [p.stretches for p in found] == [p.stretches for p in expected]
    assert all(np.array_equal(a.samples, b.samples) for a, b in zip(found, expected, strict=True))


def test_a_piece_ends_at_the_first_pause_after_the_shortest_length() -> None:
    parts = [("speech", 10), ("silence", 1), ("speech", 12), ("silence", 0.7), ("speech", 2), ("silence", 0.9)]
    first, second = cut(sound(*parts, ("speech", 5)))
    assert SHORTEST <= len(first.samples) <= LONGEST
    end = first.stretches[-1].start + first.stretches[-1].length
    assert 23.0 < end / RATE_HZ < 23.7
    assert second.stretches[0].start >= end


def test_without_a_long_pause_it_is_cut_in_the_longest_there_is() -> None:
    first, *_ = cut(sound(("speech", 16), ("silence", 0.2), ("speech", 4), ("silence", 0.35), ("speech", 20)))
    assert len(first.samples) / RATE_HZ == pytest.approx(20.4, abs=0.15)


def test_speech_without_any_pause_is_cut_at_the_longest_length() -> None:
    pieces = cut(sound(("speech", 60)))
    assert [round(len(p.samples) / RATE_HZ) for p in pieces] == [28, 28, 4]


def test_an_end_in_mid_phrase_leaves_what_was_recognised_in_the_last_pause_as_it_was() -> None:
    before, phrase = sound(("speech", 6), ("silence", 0.3), ("speech", 5), ("silence", 0.7)), sound(("speech", 4))
    segmenter = Segmenter()
    segmenter.feed(before)
    ahead = segmenter.tail()
    segmenter.feed(phrase)
    first, second = segmenter.finish()
    assert ahead is not None
    assert first.stretches == ahead.stretches
    assert len(second.samples) / RATE_HZ == pytest.approx(4.0, abs=0.3)


@pytest.mark.parametrize(
    "parts",
    [
        [("speech", 11), ("silence", 0.7), ("speech", 4), ("silence", 0.6)],  # all of it was recognised in this pause
        [("speech", 7), ("silence", 0.7), ("speech", 4)],  # too little to gain
        [("speech", 11), ("silence", 0.3), ("speech", 4)],  # nothing was recognised yet
    ],
)
def test_else_the_last_piece_stays_whole(parts: list[tuple[str, float]]) -> None:
    assert len(cut(sound(*parts))) == 1


def test_a_pause_before_the_last_cut_is_no_place_to_cut_again() -> None:
    parts = [("speech", 15), ("silence", 0.7), ("speech", 9), ("silence", 0.45), ("speech", 9)]
    assert len(cut(sound(*parts))) == 2


def test_nothing_said_is_lost_or_doubled() -> None:
    samples = sound(*[("speech", 7.7), ("silence", 0.3), ("speech", 11), ("silence", 4)] * 6)
    spans = list(kept(cut(samples)))
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    starts = [23.0 * i for i in range(6)]
    assert all(any(a <= start + 0.05 and start + 18.95 <= b for a, b in _joined(spans)) for start in starts)


def _joined(spans: list[tuple[float, float]]) -> list[tuple[float, float]]:
    joined = [spans[0]]
    for start, end in spans[1:]:
        if start - joined[-1][1] < 0.001:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def test_of_a_long_silence_only_the_margins_are_kept() -> None:
    (piece,) = cut(sound(("silence", 3), ("speech", 2), ("silence", 30), ("speech", 2), ("silence", 3)))
    spans = list(kept([piece]))
    margin = MARGIN / RATE_HZ
    assert spans[0] == pytest.approx((3 - margin, 5 + margin), abs=0.1)
    assert spans[1] == pytest.approx((35 - margin, 37 + margin), abs=0.1)


def test_times_in_a_piece_become_times_in_the_recording() -> None:
    piece = Piece(np.zeros(3 * RATE_HZ, np.float32), (Stretch(0, 16_000, 16_000), Stretch(16_000, 160_000, 32_000)))
    assert [piece.time_s(t) for t in (0.0, 0.5, 0.999, 1.0, 2.5, 3.0, 99.0)] == [1.0, 1.5, 1.999, 10.0, 11.5, 12, 12]


def test_the_high_pass_takes_away_offset_and_hum_and_leaves_the_voice() -> None:
    at = np.arange(2 * RATE_HZ) / RATE_HZ
    voice = 0.1 * np.sin(2 * np.pi * 200 * at)
    clean = HighPass()
    heard = np.concatenate(
        [clean(block.astype(np.float32)) for block in np.split(voice + 0.3 + 0.2 * np.sin(2 * np.pi * 10 * at), 8)]
    )
    settled = heard[RATE_HZ:]
    assert abs(settled.mean()) < 0.002
    assert np.sqrt(np.mean(settled**2)) == pytest.approx(0.1 / np.sqrt(2), rel=0.05)


def test_a_part_of_a_piece_keeps_its_times() -> None:
    samples = np.arange(4 * RATE_HZ, dtype=np.float32)
    piece = Piece(samples, (Stretch(0, 16_000, 16_000), Stretch(16_000, 160_000, 48_000)))
    for start_s, end_s in ((0.0, 4.0), (0.25, 0.75), (0.5, 3.0), (1.0, 1.5), (3.5, 9.0)):
        part = piece.part(start_s, end_s)
        assert np.array_equal(part.samples, samples[round(start_s * RATE_HZ) : round(end_s * RATE_HZ)])
        assert part.time_s(0.05) == pytest.approx(piece.time_s(start_s + 0.05))
    assert piece.part(9.0, 10.0).stretches == ()


def test_speech_in_a_piece_is_told_in_its_own_seconds() -> None:
    segmenter = Segmenter()
    segmenter.feed(sound(("silence", 3), ("speech", 3), ("silence", 5), ("speech", 2), ("silence", 2)))
    (piece,) = segmenter.finish()
    margin = MARGIN / RATE_HZ
    first, second = segmenter.speech_in(piece)
    assert first == pytest.approx((margin, margin + 3.0), abs=0.1)
    assert second == pytest.approx((3 * margin + 3.0, 3 * margin + 5.0), abs=0.2)
    assert segmenter.speech_in(piece.part(margin + 3.1, 2 * margin + 3.0)) == []


def test_speech_is_judged_alike_frame_by_frame_and_in_one_go() -> None:
    rng = np.random.default_rng(0)
    frames = (rng.uniform(-1, 1, (60, FRAME)) * rng.uniform(0.01, 0.5, (60, 1))).astype(np.float32)
    one_by_one, together = SpeechDetector(), SpeechDetector()
    singles = [chance for frame in frames for chance in one_by_one.probabilities(frame[None])]
    assert singles == together.probabilities(frames)
    assert together.probabilities(frames[:0]) == []
