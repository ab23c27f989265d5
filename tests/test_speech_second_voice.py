"""Another voice beside the speaker's: from what share on it is said, and where it is clearest."""

from typing import Any

import numpy as np
import pytest

from voicemock.speech.encoded import Encoded
from voicemock.speech.probe import Reader
from voicemock.speech.second_voice import Talk, load_second_voice, problems, talk_in
from voicemock.speech.segments import Piece, Stretch

READER = Reader(model="none", made="here", bias=0.0, weights=(20.0,))
START = 30 * 16_000


def talk(*other: tuple[float, float], lasts_s: float = 10.0) -> Talk:
    """Return what is measured where another voice sounds at these seconds of a piece."""
    at = (np.arange(int(lasts_s * 50)) + 0.5) / 50
    sounds = np.any([(at >= start_s) & (at < end_s) for start_s, end_s in other], axis=0) if other else at < 0
    output: Any = np.where(sounds, 1.0, -1.0).astype(np.float32)[None, :, None]
    samples = np.zeros(int(lasts_s * 16_000), np.float32)
    piece = Piece(samples, (Stretch(0, START, len(samples)),))
    return talk_in(piece, Encoded(output, int(lasts_s * 100)), READER)


def test_it_is_measured_how_long_and_where_longest() -> None:
    found = talk((1.0, 2.0), (4.0, 7.0))
    assert found.lasts_s == pytest.approx(10.0)
    assert found.other_s == pytest.approx(4.0, abs=0.3)
    assert (found.longest_s, found.at_s) == (pytest.approx(3.0, abs=0.2), pytest.approx(34.0, abs=0.1))


def test_it_is_told_from_a_tenth_on_with_the_clearest_place() -> None:
    (problem,) = problems([talk((1.0, 2.0)), talk((4.0, 7.0)), talk()])
    assert "another voice is heard for about 4 s, most clearly at 0:34" in problem


@pytest.mark.parametrize("other", [(), ((4.0, 4.1),), ((4.0, 4.8),)])
def test_a_word_from_the_next_room_is_not(other: tuple[tuple[float, float], ...]) -> None:
    assert problems([talk(*other)]) == ()


def test_half_a_second_is_not_even_where_it_is_half_of_all() -> None:
    assert problems([talk((0.2, 0.9), lasts_s=1.2)]) == ()
    assert problems([talk((0.2, 1.9), lasts_s=2.4)])


def test_where_the_speech_is_as_faint_as_its_rounding_nobody_can_be_told_apart() -> None:
    assert problems([talk((1.0, 5.0))], level_db=-84.0) == ()
    assert problems([talk((1.0, 5.0))], level_db=-50.0)


def test_nothing_heard_is_no_problem() -> None:
    assert problems([]) == ()


def test_an_unknown_model_has_no_reader() -> None:
    assert load_second_voice("no-such-model") is None


def test_what_sounds_in_anothers_turn_does_not_count() -> None:
    found = talk((1.0, 2.0), (4.0, 7.0)).outside([(33.5, 37.5)])
    assert found.lasts_s == pytest.approx(6.0, abs=0.1)
    assert found.other_s == pytest.approx(1.0, abs=0.2)
    assert found.at_s == pytest.approx(31.0, abs=0.1)
    assert problems([talk((4.0, 7.0)).outside([(33.5, 37.5)])]) == ()
