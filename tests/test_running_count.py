"""Filled pauses are counted while somebody speaks on, before a pause lets the words be recognised."""

from types import SimpleNamespace

import numpy as np
import pytest

from tests.sounds import RATE_HZ
from voicemock.schema import Certainty
from voicemock.speech.probe import Event
from voicemock.speech.recognise import Said
from voicemock.speech.running_count import EVERY_S, WINDOW_S, RunningCount

UM = Said("um,", 0.0, 0.3, 0.9, Certainty.CONFIRMED)
WORD = Said("so", 0.0, 0.3, 0.9)


class Sounds:
    """A recogniser whose probe hears the sounds it is given, where the window holds them whole."""

    def __init__(self, *sounds: tuple[float, float, float]) -> None:
        self._sounds = sounds
        self.windows_s: list[float] = []
        self.heard_to_s = 0.0
        self.probe = SimpleNamespace(events=self._events)

    def encode(self, samples: np.ndarray, *, padded: bool) -> float:
        assert not padded
        self.windows_s.append(len(samples) / RATE_HZ)
        return len(samples) / RATE_HZ

    def _events(self, length_s: float) -> tuple[Event, ...]:
        began_s = self.heard_to_s - length_s
        inside = [one for one in self._sounds if began_s <= one[0] and one[1] <= self.heard_to_s]
        return tuple(Event(start - began_s, end - began_s, strength) for start, end, strength in inside)


def speak(count: RunningCount, sounds: Sounds, seconds: float) -> None:
    for _ in range(round(seconds * RATE_HZ / 512)):
        count.feed(np.zeros(512, np.float32))
        sounds.heard_to_s += 512 / RATE_HZ
        if count.due:
            count.look()


def test_each_sound_is_counted_once_while_nothing_is_recognised():
    sounds = Sounds(*[(at, at + 0.3, 0.95) for at in (0.5, 2.2, 3.7, 5.0, 9.1, 13.0, 17.0, 20.0)])
    count = RunningCount(sounds, probe=sounds.probe)
    seen = []
    for _ in range(13):
        speak(count, sounds, EVERY_S)
        seen.append(count.count)
    assert count.count == 8
    assert seen == sorted(seen)
    assert max(sounds.windows_s) <= WINDOW_S + 0.04


def test_a_less_clear_sound_is_counted_at_the_second_look_if_it_stays_so():
    sounds = Sounds((1.0, 1.3, 0.82))
    count = RunningCount(sounds, probe=sounds.probe)
    speak(count, sounds, 2.1)
    assert count.count == 0
    speak(count, sounds, 2.1)
    assert count.count == 1


def test_the_words_tell_what_the_sounds_were_and_no_sound_counts_twice():
    sounds = Sounds((1.0, 1.3, 0.95), (3.0, 3.3, 0.95), (8.0, 8.3, 0.95))
    count = RunningCount(sounds, probe=sounds.probe)
    speak(count, sounds, 6.2)
    assert count.count == 2
    count.settle([UM, WORD, UM, WORD, UM], until_s=6.2)  # one was heard only in the words
    assert count.count == 3
    speak(count, sounds, 4.2)
    assert count.count == 4


def test_a_sound_the_words_passed_over_stays_passed_over():
    sounds = Sounds((4.0, 4.6, 0.99))  # begun before the pause the words came in
    count = RunningCount(sounds, probe=sounds.probe)
    speak(count, sounds, 4.05)
    count.settle([WORD], until_s=4.05)
    speak(count, sounds, 4.2)
    assert count.count == 0


def test_a_count_that_was_too_high_is_not_taken_back_but_made_up_for():
    sounds = Sounds((1.0, 1.3, 0.95), (8.0, 8.3, 0.95))
    count = RunningCount(sounds, probe=sounds.probe)
    speak(count, sounds, 4.2)
    count.settle([WORD], until_s=4.2)
    assert count.count == 1
    speak(count, sounds, 6.2)
    assert count.count == 1


@pytest.mark.parametrize(
    "sound", [(1.0, 1.3, 0.7), (1.0, 3.2, 0.99), (3.8, 4.0, 0.95)], ids=["faint", "hum", "unended"]
)
def test_what_may_be_something_else_waits_for_the_words(sound):
    sounds = Sounds(sound)
    count = RunningCount(sounds, probe=sounds.probe)
    speak(count, sounds, 4.05)
    assert len(sounds.windows_s) == 2
    assert count.count == 0


def test_without_a_probe_for_the_model_only_words_are_counted():
    recogniser = SimpleNamespace(name="no-such-model", verbatim=True)
    count = RunningCount(recogniser)
    for _ in range(200):
        count.feed(np.zeros(512, np.float32))
    assert not count.due
    count.settle([UM], until_s=6.0)
    assert count.count == 1
