"""The learned part: logistic regression over named yes/no features, its weights shipped as JSON.

``benchmarks/train_reading.py`` fits the weights on the labelled answers in ``tests/answers``. A
feature's name says what it saw ("cue:on_me", "word:learned"), so the files can be read and reviewed.
"""

__all__ = ["FOLDER", "MeaningWeights", "SignalWeights", "Weights", "load_meanings", "load_signal", "load_weights"]

import functools
import math
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

FOLDER = Path(__file__).parent / "weights"


class Weights(msgspec.Struct, frozen=True):
    """A fitted model. features: name to weight; what is not listed weighs nothing."""

    bias: float
    features: dict[str, float]

    def score(self, seen: Iterable[str]) -> float:
        """Return the log odds of yes, given the features that were seen."""
        return self.bias + math.fsum(self.features.get(name, 0.0) for name in set(seen))  # in whatever order

    def weigh(self, measured: Mapping[str, float]) -> float:
        """Return the log odds of yes, given features with values."""
        return self.bias + sum(self.features.get(name, 0.0) * value for name, value in measured.items())


class SignalWeights(msgspec.Struct, frozen=True):
    """One signal's two models: does a sentence prove it, and does the answer hold it."""

    sentence: Weights
    answer: Weights


class MeaningWeights(msgspec.Struct, frozen=True):
    """What a sentence vector says about one signal, and the answer's model if it has a say."""

    bias: float
    vector: list[float]
    answer: Weights


@functools.cache
def load_weights(name: str) -> Weights:
    """Read the weights that ship under a name."""
    return msgspec.json.decode((FOLDER / f"{name}.json").read_bytes(), type=Weights)


@functools.cache
def load_signal(name: str) -> SignalWeights:
    """Read the weights of one signal."""
    return msgspec.json.decode((FOLDER / f"{name}.json").read_bytes(), type=SignalWeights)


@functools.cache
def load_meanings() -> dict[str, MeaningWeights]:
    """Read what sentence vectors say about each signal."""
    return msgspec.json.decode((FOLDER / "meaning.json").read_bytes(), type=dict[str, MeaningWeights])
