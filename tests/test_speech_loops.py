"""A reading that repeats itself is read again; what the model doubts itself is dropped."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from voicemock.speech import segments
from voicemock.speech.listen import Heard, Listener
from voicemock.speech.recognise import Decoded, PrimedWord, Said
from voicemock.speech.verbatim import PRIMER, SHORT_PRIMER

RATE_HZ = 16_000


def decoded(text: str, *, log_probability: float = -0.3, no_speech: float = 0.1) -> Decoded:
    return Decoded(tuple(range(len(text.split()))), text, log_probability, no_speech)


class Scripted:
    """A recogniser that reads what it is told to, by primer and by whether it is careful."""

    name = "scripted"

    def __init__(self, texts: dict[str, Decoded], *, verbatim: bool = True) -> None:
        self.texts = texts
        self.verbatim = verbatim
        self.reaches_s = 4.0  # where the last word ends
        self.heard_s: list[float] = []

    def encode(self, samples: Any) -> Any:
        self.heard_s.append(len(samples) / RATE_HZ)
        return samples

    def decode(self, encoded: Any, *, primer: str = "", careful: bool = False) -> Decoded:
        return self.texts["careful" if careful else primer]

    def beside(self, work: Callable[..., Any], *args: Any, **kwargs: Any) -> Callable[[], Any]:
        return lambda: work(*args, **kwargs)

    def align(self, encoded: Any, tokens: tuple[int, ...]) -> list[Said]:
        (text,) = {d.text for d in self.texts.values() if d.tokens == tokens}
        each_s = min(self.reaches_s, len(encoded) / RATE_HZ) / len(text.split())
        return [Said(word, i * each_s, (i + 1) * each_s, 0.9) for i, word in enumerate(text.split())]

    def words(self, reading: Decoded) -> tuple[list[PrimedWord], float]:
        return [PrimedWord(word, 0.9 if word == "um" else 0.0) for word in reading.text.split()], 0.0


@pytest.fixture(autouse=True)
def loud_is_speech(monkeypatch: pytest.MonkeyPatch) -> None:
    class Loud:
        def probabilities(self, frames: Any) -> list[float]:
            return [float(np.abs(frame).max() > 0.1) for frame in frames]

    monkeypatch.setattr(segments, "SpeechDetector", Loud)


def heard(recogniser: Scripted, *, seconds: float = 4.0, pause: bool = False) -> Heard:
    """Hear so much sound, with a pause of a fifth of a second in its middle if asked."""
    sound = np.random.default_rng(0).uniform(-0.3, 0.3, int(seconds * RATE_HZ)).astype(np.float32)
    sound[np.arange(len(sound)) % 3200 < 320] *= 0.4  # five syllables a second
    if pause:
        sound[len(sound) // 2 - RATE_HZ // 10 : len(sound) // 2 + RATE_HZ // 10] = 0.0
    listener = Listener(recogniser)  # type: ignore[arg-type]
    listener.feed(sound)
    return listener.finish(path="x")


def hear(recogniser: Scripted, *, seconds: float = 4.0, pause: bool = False) -> str:
    return heard(recogniser, seconds=seconds, pause=pause).transcript.text


LOOP = decoded("you know " * 40)


def test_a_plain_reading_that_loops_is_read_with_care() -> None:
    texts = {"": LOOP, "careful": decoded("we led it"), PRIMER: decoded("we um led it")}
    assert hear(Scripted(texts)) == "we um led it"


def test_a_primed_reading_that_loops_is_primed_with_less() -> None:
    texts = {"": decoded("we led it"), PRIMER: LOOP, SHORT_PRIMER: decoded("um we led it")}
    assert hear(Scripted(texts)) == "um we led it"


def test_a_primed_reading_that_loops_again_adds_nothing() -> None:
    assert hear(Scripted({"": decoded("we led it"), PRIMER: LOOP, SHORT_PRIMER: LOOP})) == "we led it"


DOUBTED = decoded("we led it", log_probability=-1.2, no_speech=0.67)


def test_words_that_both_readings_doubt_are_dropped_and_told() -> None:
    invented = decoded("Thank you.", log_probability=-1.3, no_speech=0.8)
    recogniser = Scripted({"": invented, "careful": invented, PRIMER: decoded("Um.", no_speech=0.7)})
    found = heard(recogniser)
    assert found.transcript.text == ""
    assert any("4 s at 0:00" in problem for problem in found.recording.problems)


@pytest.mark.parametrize("verbatim", [True, False])
def test_clear_speech_is_kept_where_the_primed_reading_is_sure_of_it(verbatim: bool) -> None:
    texts = {"": DOUBTED, "careful": DOUBTED, PRIMER: decoded("we led it", no_speech=0.06)}
    assert hear(Scripted(texts, verbatim=verbatim), seconds=1.2) == "we led it"


def test_a_guess_at_a_passage_that_was_left_out_is_no_word_but_told() -> None:
    class Guessing(Scripted):
        def decode(self, encoded: Any, *, primer: str = "", careful: bool = False) -> Decoded:
            whole = len(encoded) > 3 * RATE_HZ
            return decoded("we led it" if whole else "a wheelbarrow", log_probability=-0.3 if whole else -1.2)

    recogniser = Guessing({"": decoded("we led it"), PRIMER: decoded("a wheelbarrow")})
    recogniser.reaches_s = 1.5
    found = heard(recogniser)
    assert found.transcript.text == "we led it"
    assert len(recogniser.heard_s) == 2
    assert any("2 s at 0:02 could not be made out" in problem for problem in found.recording.problems)


@pytest.mark.parametrize(("seconds", "expected"), [(0.06, ""), (0.13, ""), (0.4, "Thank you.")])
def test_no_more_words_are_heard_than_there_is_time_to_say(seconds: float, expected: str) -> None:
    thanks = decoded("Thank you.", no_speech=0.4)
    recogniser = Scripted({"": thanks, PRIMER: thanks})
    recogniser.reaches_s = seconds
    assert hear(recogniser, seconds=seconds) == expected


def test_what_repeats_itself_and_ends_by_itself_was_said() -> None:
    said = decoded("yes " * 12)
    assert said.loops
    assert hear(Scripted({"": said, PRIMER: said, SHORT_PRIMER: said})) == " ".join(["yes"] * 12)


def test_what_repeats_itself_more_often_than_there_is_time_for_was_not() -> None:
    texts = {"": decoded("you know " * 20), "careful": decoded("you know"), PRIMER: LOOP, SHORT_PRIMER: LOOP}
    assert hear(Scripted(texts), seconds=1.2) == "you know"


def test_a_loop_is_read_in_halves_where_there_is_a_pause() -> None:
    class Halved(Scripted):
        def decode(self, encoded: Any, *, primer: str = "", careful: bool = False) -> Decoded:
            return LOOP if len(encoded) > 3 * RATE_HZ else decoded("I led it")

    recogniser = Halved({"": decoded("I led it")})
    recogniser.reaches_s = 1.5
    assert hear(recogniser, pause=True) == "I led it I led it"
    assert recogniser.heard_s == pytest.approx([4.0, 2.0, 2.0], abs=0.1)


def test_speech_far_below_the_rest_is_told_and_not_read() -> None:
    recogniser = Scripted({"": decoded("we led it"), PRIMER: decoded("we led it")})
    recogniser.reaches_s = 2.0
    sound = np.random.default_rng(0).uniform(-1.0, 1.0, 4 * RATE_HZ).astype(np.float32)
    for below, heard_s in ((1 / 2, 2), (1 / 20, 1)):
        recogniser.heard_s.clear()
        listener = Listener(recogniser)  # type: ignore[arg-type]
        listener.feed(np.concatenate([4 * sound[: 2 * RATE_HZ], 4 * below * sound[2 * RATE_HZ :]]))
        found = listener.finish(path="x")
        assert len(recogniser.heard_s) == heard_s
    assert any("2 s at 0:02 could not be made out" in problem for problem in found.recording.problems)


def test_speech_after_the_last_word_is_read_by_itself() -> None:
    recogniser = Scripted({"": decoded("we led it"), PRIMER: decoded("we led it um")})
    recogniser.reaches_s = 2.5
    assert hear(recogniser) == "we led it we led it um"
    assert recogniser.heard_s == pytest.approx([4.0, 1.5])
