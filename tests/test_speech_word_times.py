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


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("from", "it?", "So,"), [(6.6, 6.76), (6.76, 6.92), (8.94, 9.28)]),  # the question ends before the pause
        (("from", "it", "so"), [(6.6, 6.76), (6.76, 6.92), (8.94, 9.28)]),  # else nothing is left for the last word
    ],
)
def test_a_word_that_ran_through_the_pause_belongs_before_it(texts, expected) -> None:
    """Whisper gave "it?" the pause and the voice after it, where the next word begins."""
    raw = [(6.6, 6.76), (6.76, 9.26), (9.26, 9.58)]
    words = [Said(text, *span, 0.9) for text, span in zip(texts, raw, strict=True)]
    found = settled(words, [(5.82, 6.92), (8.94, 9.28), (9.56, 10.4)])
    assert [(word.start_s, word.end_s) for word in found] == [pytest.approx(span) for span in expected]


@pytest.mark.parametrize("texts", [("late.", "So", "I"), ("late", "so", "I")])
def test_a_word_that_began_before_the_pause_belongs_after_it(texts) -> None:
    """Whisper let "So" begin early: at the end of the voice before the pause."""
    raw = [(2.6, 2.66), (2.66, 6.2), (6.2, 6.5)]
    words = [Said(text, *span, 0.9) for text, span in zip(texts, raw, strict=True)]
    found = settled(words, SPEECH)
    expected = [(2.6, 3.0), (6.0, 6.2), (6.2, 6.5)]
    assert [(word.start_s, word.end_s) for word in found] == [pytest.approx(span) for span in expected]


def test_a_phrase_may_end_on_a_word_between_two_pauses() -> None:
    """The pause after "reason." is its end; so the one within it may be before it."""
    found = settled([Said("the", 2.7, 2.9, 0.9), Said("reason.", 2.9, 7.5, 0.9)], [(1.0, 3.0), (6.0, 6.8)])
    assert (found[1].start_s, found[1].end_s) == pytest.approx((6.0, 6.8))


def test_a_word_is_not_drawn_on_over_a_filled_pause_or_over_speech_without_words() -> None:
    um = Said("um,", 6.0, 6.3, 0.9, Certainty.CONFIRMED)
    beside = settled([Said("late.", 2.6, 6.0, 0.9), um, Said("So", 6.3, 6.6, 0.9)], SPEECH)
    far = settled([Said("late.", 2.6, 7.5, 0.9), Said("So", 7.5, 7.8, 0.9)], SPEECH)
    assert (beside[2].start_s, far[1].start_s) == (6.3, 7.5)
