"""A reading that repeats itself is read again; what the model doubts itself is dropped."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from voicemock.speech import segments
from voicemock.speech.listen import Listener
from voicemock.speech.recognise import Decoded, Read, Said
from voicemock.speech.verbatim import PRIMER, SHORT_PRIMER

RATE_HZ = 16_000


def decoded(text: str, *, log_probability: float = -0.3, no_speech: float = 0.1) -> Decoded:
    return Decoded(tuple(range(len(text.split()))), text, log_probability, no_speech)


class Scripted:
    """A recogniser that reads what it is told to, by primer and by whether it is careful."""

    name = "scripted"
    probe = None
    second_voice = None

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
        each_s = self.reaches_s / len(text.split())
        return [Said(word, i * each_s, (i + 1) * each_s, 0.9) for i, word in enumerate(text.split())]

    def words(self, reading: Decoded) -> tuple[list[Read], float]:
        return [Read(word, 0.9 if word == "um" else 0.0) for word in reading.text.split()], 0.0


@pytest.fixture(autouse=True)
def loud_is_speech(monkeypatch: pytest.MonkeyPatch) -> None:
    class Loud:
        def probability(self, frame: Any) -> float:
            return float(np.abs(frame).max() > 0.1)

    monkeypatch.setattr(segments, "Voice", Loud)


def hear(recogniser: Scripted) -> str:
    listener = Listener(recogniser)  # type: ignore[arg-type]
    listener.feed(np.random.default_rng(0).uniform(-0.3, 0.3, 4 * RATE_HZ).astype(np.float32))
    return listener.finish(path="x").transcript.text


LOOP = decoded("you know " * 40)


def test_a_plain_reading_that_loops_is_read_with_care() -> None:
    texts = {"": LOOP, "careful": decoded("we led it"), PRIMER: decoded("we um led it")}
    assert hear(Scripted(texts)) == "we um led it"


def test_a_primed_reading_that_loops_is_primed_with_less() -> None:
    texts = {"": decoded("we led it"), PRIMER: LOOP, SHORT_PRIMER: decoded("um we led it")}
    assert hear(Scripted(texts)) == "um we led it"


def test_a_primed_reading_that_loops_again_adds_nothing() -> None:
    assert hear(Scripted({"": decoded("we led it"), PRIMER: LOOP, SHORT_PRIMER: LOOP})) == "we led it"


def test_words_the_model_doubts_itself_are_dropped() -> None:
    invented = decoded("Thank you.", log_probability=-1.3, no_speech=0.8)
    assert hear(Scripted({"": invented, PRIMER: invented})) == ""
    assert hear(Scripted({"": decoded("Thank you.", no_speech=0.8), PRIMER: decoded("Thank you.")})) == "Thank you."


def test_speech_after_the_last_word_is_read_by_itself() -> None:
    recogniser = Scripted({"": decoded("we led it"), PRIMER: decoded("we led it um")})
    recogniser.reaches_s = 2.5
    assert hear(recogniser) == "we led it we led it um"
    assert recogniser.heard_s == pytest.approx([4.0, 1.5])
