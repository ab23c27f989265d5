"""Two witnesses confirm a filled pause; it takes its times from the sound and its place among the words."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicemock.schema import Certainty
from voicemock.speech.probe import Event
from voicemock.speech.recognise import Said
from voicemock.speech.verbatim import Extra
from voicemock.speech.witnesses import settle

WORDS = [Said("So", 0.5, 0.8, 0.9), Said("I", 0.8, 2.0, 0.9), Said("led", 2.0, 2.4, 0.9)]


def certainties(written: float | None, sounds: float | None, *, probed: bool = True) -> list[Certainty]:
    extras = [Extra(1, "um,", written)] if written is not None else []
    events = [Event(0.9, 1.4, sounds)] if sounds is not None else []
    return [word.certainty for word in settle(WORDS, extras, events if probed else None) if word.certainty]


def test_both_witnesses_confirm() -> None:
    assert certainties(0.9, 0.9) == [Certainty.CONFIRMED]


@pytest.mark.parametrize(("written", "sounds"), [(0.9, 0.6), (0.6, 0.75), (0.15, 0.95), (None, 0.98), (0.95, None)])
def test_one_clear_witness_makes_it_possible(written: float | None, sounds: float) -> None:
    assert certainties(written, sounds) == [Certainty.POSSIBLE]


@pytest.mark.parametrize(("written", "sounds"), [(0.94, None), (None, 0.9), (0.15, 0.7), (0.6, 0.65), (0.05, 0.96)])
def test_too_little_is_nothing(written: float | None, sounds: float | None) -> None:
    assert certainties(written, sounds) == []


def test_without_a_probe_nothing_is_confirmed() -> None:
    assert certainties(0.9, None, probed=False) == [Certainty.POSSIBLE]
    assert certainties(0.3, None, probed=False) == []


def test_times_come_from_the_sound_and_words_make_room() -> None:
    so, um, i, led = settle(WORDS, [Extra(1, "um,", 0.9)], [Event(0.7, 1.4, 0.9)])
    assert (um.text, um.start_s, um.end_s) == ("um,", 0.7, 1.4)
    assert (so.end_s, i.start_s, i.end_s) == (0.7, 1.4, 2.0)
    assert led == WORDS[2]


def test_a_sound_elsewhere_proves_nothing() -> None:
    found = settle(WORDS, [Extra(0, "um,", 0.8)], [Event(2.6, 3.0, 0.9)])
    assert [word.certainty for word in found] == [None] * 3


def test_a_long_clear_sound_is_hum() -> None:
    assert settle(WORDS, [], [Event(0.0, 2.0, 1.0)]) == WORDS


def test_one_sound_proves_one_hesitation() -> None:
    found = settle(WORDS, [Extra(1, "um,", 0.8), Extra(1, "uh,", 0.7)], [Event(0.9, 1.3, 0.9)])
    assert [word.text for word in found if word.certainty] == ["um,"]


@pytest.mark.parametrize(("written", "dips", "deep", "count"), [
    (["uh,", "um,", "uh,"], (0.7, 1.2), 2, 3),
    (["uh,", "um,"], (0.7, 1.2), 1, 2),
    (["uh,", "um,"], (0.7, 1.2), 2, 3),
    (["um,"], (0.7, 1.2), 2, 1),
    (["uh,", "um,", "uh,"], (), 0, 1),
])  # fmt: skip
def test_a_row_is_counted_by_the_reading_and_the_dips(
    written: list[str], dips: tuple[float, ...], deep: int, count: int
) -> None:
    words = [Said("So", 0.0, 0.2, 0.9), Said("I", 0.2, 2.0, 0.9)]
    event = Event(0.3, 1.6, 0.99, dips, deep)
    found = [word for word in settle(words, [Extra(1, text, 0.9) for text in written], [event]) if word.certainty]
    assert len(found) == count
    assert (found[0].start_s, found[-1].end_s) == (0.3, 1.6)
    assert all(a.end_s == b.start_s for a, b in pairwise(found))


def test_a_row_already_apart_is_not_parted_again() -> None:
    events = [Event(0.9, 1.2, 0.9, (1.05,)), Event(1.4, 1.9, 0.9)]
    found = settle(WORDS, [Extra(1, "uh,", 0.9), Extra(1, "um,", 0.9)], events)
    assert [(w.start_s, w.end_s) for w in found if w.certainty] == [(0.9, 1.2), (1.4, 1.9)]


def test_hesitations_and_sounds_meet_in_the_order_they_were_said() -> None:
    extras = [Extra(1, "uh,", 0.5), Extra(1, "um,", 0.99)]
    found = settle(WORDS, extras, [Event(0.9, 1.2, 1.0), Event(1.5, 1.8, 0.85)])
    assert [(w.text, w.start_s) for w in found if w.certainty] == [("uh,", 0.9), ("um,", 1.5)]


def test_a_reading_alone_is_placed_where_something_sounds() -> None:
    levels = np.full(150, -60, np.float32)
    levels[28:36] = -20
    (um,) = (word for word in settle(WORDS, [Extra(1, "um,", 0.97)], [], levels) if word.certainty)
    assert (um.certainty, um.start_s) == (Certainty.POSSIBLE, pytest.approx(0.65, abs=0.1))
    assert settle(WORDS, [Extra(1, "um,", 0.97)], [], np.full(150, -60, np.float32)) == WORDS


def test_a_reading_alone_is_placed_in_the_first_word_where_that_begins_too_early() -> None:
    words = [Said("So", 0.0, 1.0, 0.9), Said("I", 1.0, 1.2, 0.9)]
    levels = np.full(150, -60, np.float32)
    levels[10:30] = levels[35:60] = -20
    found = settle(words, [Extra(0, "um,", 0.97)], [], levels)
    assert [(w.text, w.start_s) for w in found] == [("um,", pytest.approx(0.2)), ("So", pytest.approx(0.5)), ("I", 1.0)]


def test_a_reading_alone_is_believed_once_a_place() -> None:
    found = settle(WORDS, [Extra(1, "uh,", 0.97), Extra(1, "uh,", 0.98), Extra(1, "uh,", 0.99)], [])
    assert len([word for word in found if word.certainty]) == 1


HELD = [Said("for", 0.5, 0.8, 0.9), Said("our", 0.8, 1.4, 0.9), Said("users", 1.4, 2.0, 0.9)]


@pytest.mark.parametrize("instead", [Extra(1, "uh,", 0.9, instead=True), Extra(1, "uh,", 0.97, instead=True), None])
def test_a_word_held_long_is_that_word(instead: Extra | None) -> None:
    assert settle(HELD, [instead] if instead else [], [Event(0.85, 1.35, 0.99)]) == HELD


def test_a_hesitation_written_beside_a_held_word_is_possible() -> None:
    found = settle(HELD, [Extra(1, "uh,", 0.9)], [Event(0.85, 1.35, 0.99)])
    assert [word.certainty for word in found if word.certainty] == [Certainty.POSSIBLE]
    unsure = [HELD[0], Said("our", 0.8, 1.4, 0.3), HELD[2]]
    assert len(settle(unsure, [], [Event(0.85, 1.35, 0.99)])) == 4


def test_a_long_word_with_room_for_itself_holds_a_hesitation_too() -> None:
    roomy = [HELD[0], Said("our", 0.8, 2.0, 0.9)]
    assert len(settle(roomy, [], [Event(1.2, 1.7, 0.99)])) == 3


def test_a_repeat_stands_at_its_place_without_length() -> None:
    found = settle(WORDS, [Extra(1, "I", None)], [])
    assert [(word.text, word.certainty) for word in found] == [("So", None), ("I", None), ("I", None), ("led", None)]
    assert found[1].start_s == found[1].end_s == 0.8


def test_a_hesitation_alone_in_a_piece() -> None:
    (um,) = settle([], [Extra(0, "Um.", 0.8)], [Event(0.5, 0.9, 0.95)])
    assert (um.certainty, um.start_s) == (Certainty.CONFIRMED, 0.5)


@given(
    gaps=st.lists(st.tuples(st.integers(0, 3), st.floats(0, 1)), max_size=6),
    sounds=st.lists(st.tuples(st.floats(0, 3), st.floats(0.1, 1), st.floats(0, 1)), max_size=6),
)
def test_the_words_stay_in_order_and_in_time(
    gaps: list[tuple[int, float]], sounds: list[tuple[float, float, float]]
) -> None:
    extras = [Extra(gap, "um,", written) for gap, written in sorted(gaps, key=lambda item: item[0])]
    events = [Event(start_s, start_s + length_s, strength) for start_s, length_s, strength in sorted(sounds)]
    found = settle(WORDS, extras, events)
    assert [w.text for w in found if not w.certainty] == ["So", "I", "led"]
    assert all(word.start_s <= word.end_s for word in found)
    assert all(a.start_s <= b.start_s for a, b in pairwise(found))


@pytest.mark.parametrize(("late_s", "found"), [(0.15, True), (0.25, False)])
def test_a_sound_a_little_past_the_next_word_may_still_come_before_it(late_s: float, found: bool) -> None:
    middle_s = WORDS[1].end_s + late_s
    event = Event(middle_s - 0.4, middle_s + 0.4, 0.9)
    confirmed = [w for w in settle(WORDS, [Extra(1, "um,", 0.9)], [event]) if w.certainty is Certainty.CONFIRMED]
    assert bool(confirmed) is found
