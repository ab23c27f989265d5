"""Words are said while there is a voice: neither before it begins, nor after it ends, nor for ever."""

from itertools import pairwise

import pytest

from voicemock.schema import Certainty
from voicemock.speech.recognise import Said
from voicemock.speech.word_times import settled

SPEECH = [(1.0, 3.0), (6.0, 8.0)]


def times(*words: tuple[float, float], text: str = "word") -> list[tuple[float, float]]:
    found = settled([Said(text, start_s, end_s, 0.9) for start_s, end_s in words], SPEECH)
    return [(word.start_s, word.end_s) for word in found]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ((1.2, 1.5), (1.2, 1.5)),  # in speech: as it is
        ((0.4, 1.3), (1.0, 1.3)),  # the silence before the answer
        ((2.6, 5.9), (2.6, 3.0)),  # the pause after a word
        ((3.2, 6.4), (6.0, 6.4)),  # the pause before a word
        ((2.9, 6.5), (6.0, 6.5)),  # over a pause: where more of it is
        ((7.7, 9.5), (7.7, 8.0)),  # after the end
    ],
)
def test_a_word_lies_where_the_voice_is(word, expected) -> None:
    assert times(word) == [pytest.approx(expected)]


@pytest.mark.parametrize(
    ("word", "edge_s"), [((0.0, 0.8), 1.0), ((3.1, 3.3), 3.0), ((5.6, 5.9), 6.0), ((8.4, 9.0), 8.0)]
)
def test_a_word_in_silence_moves_to_the_voice_beside_it(word, edge_s) -> None:
    ((start_s, end_s),) = times(word)
    assert edge_s in (start_s, end_s)
    assert end_s - start_s == pytest.approx(0.04)


def test_no_word_lasts_longer_than_a_word_can() -> None:
    (found,) = settled([Said("so", 1.0, 60.0, 0.9)], [(0.0, 90.0)])
    assert found.end_s - found.start_s < 1.5


def test_words_stay_in_order() -> None:
    found = times((0.2, 0.5), (0.5, 0.7), (0.7, 1.4), (2.9, 3.1), (3.1, 5.0), (5.0, 6.2))
    assert all(a[0] <= b[0] for a, b in pairwise(found))


def test_filled_pauses_stay_where_the_sound_put_them() -> None:
    um = Said("um,", 3.0, 3.4, 0.9, Certainty.CONFIRMED)
    assert settled([um], SPEECH) == [um]
