"""A question, and what is expected of an answer to it."""

__all__ = ["GOOD_LENGTH_S", "PROBE_ID", "Point", "Question", "expected_by"]

import re
from collections.abc import Mapping

import msgspec

from voicemock.schema.frozen import FrozenMap, freeze
from voicemock.schema.names import CORE_SIGNALS, Dimension, Kind, Round, SignalName

PROBE_ID = re.compile(r"(.+)-(?:follow-up-\d+|in-short)")
"""How a probe's id is made from its question's."""

GOOD_LENGTH_S = (60.0, 150.0)
"""The shortest and longest good answer if nothing else is known (voicemock default, unvalidated)."""


class Point(msgspec.Struct, frozen=True, kw_only=True):
    """One thing a good explanation holds, and the words people use for it.

    said: phrases, any of which will do; a word that ends in "*" stands for all that begin so.
    """

    name: str
    said: tuple[str, ...]


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """One interview question and what a good answer to it includes.

    target_s: (shortest, longest) good length of an answer in seconds.
    expects: the signals whose absence counts; no others do.
    variants: the same competency asked for in other words, for when the question comes back.
    points: what a good explanation of a concept holds; jargon: words its listener would not know.
    lenses: names of those an answer is looked at through.
    follow_ups: the probe to ask if an expected signal is missing.
    """

    id: str
    text: str
    kind: Kind
    tests: str = ""
    competencies: tuple[str, ...] = ()
    expects: tuple[SignalName, ...] = ()
    target_s: tuple[float, float] = GOOD_LENGTH_S
    variants: tuple[str, ...] = ()
    dimension: Dimension | None = None
    rounds: tuple[Round, ...] = ()
    points: tuple[Point, ...] = ()
    jargon: tuple[str, ...] = ()
    lenses: tuple[str, ...] = ()
    follow_ups: Mapping[SignalName, str] = FrozenMap()

    def __post_init__(self) -> None:
        freeze(self, "follow_ups")

    @property
    def follow_up_to(self) -> str | None:
        """Return the id of the question this one probes, None for a question of its own."""
        probe = PROBE_ID.fullmatch(self.id)
        return probe[1] if probe else None


def expected_by(question: Question | None) -> tuple[SignalName, ...]:
    """Return the signals a question asks for, or the core ones if the question is not known."""
    return question.expects if question else CORE_SIGNALS
