"""What was heard, one step closer: numbers by what they measure, how a system is watched, points of a concept."""

__all__ = ["Details", "details"]

from collections.abc import Mapping

import msgspec

from voicemock.reading.numbers_told import numbers_not_told, numbers_told
from voicemock.reading.pillars import pillars_not_told, pillars_told
from voicemock.reading.points import find_jargon, find_points
from voicemock.schema import (
    Evidence,
    Kind,
    Number,
    NumberKind,
    Pillar,
    PillarHeard,
    PointHeard,
    Question,
    Signal,
    SignalName,
    Transcript,
)

_ABOUT_SYSTEMS = (Kind.DEEP_DIVE, Kind.INCIDENT)
"""Of other questions nobody asks how many users there were, or how fast it was."""


class Details(msgspec.Struct, frozen=True, kw_only=True):
    """The fields of the same names of an ``AnswerReport``."""

    numbers: tuple[Number, ...] = ()
    numbers_not_heard: tuple[NumberKind, ...] = ()
    pillars: tuple[PillarHeard, ...] = ()
    pillars_not_heard: tuple[Pillar, ...] = ()
    points: tuple[PointHeard, ...] = ()
    jargon: tuple[Evidence, ...] = ()


def details(transcript: Transcript, signals: Mapping[SignalName, Signal], question: Question | None) -> Details:
    """Return what is known of the metrics and the operations of an answer, where they were heard, and of its points."""
    metric = signals.get(SignalName.METRIC, Signal())
    operations = signals.get(SignalName.OPERATIONS, Signal())
    numbers = numbers_told(transcript, metric.evidence) if metric.present else ()
    pillars = pillars_told(transcript) if operations.present else ()
    asked = question.expects if question and question.follow_up_to is None else ()  # a probe asks for one thing
    systems = question is not None and question.kind in _ABOUT_SYSTEMS
    return Details(
        numbers=numbers,
        numbers_not_heard=(numbers_not_told(transcript) if numbers and systems and SignalName.METRIC in asked else ()),
        pillars=pillars,
        pillars_not_heard=pillars_not_told(transcript) if pillars and SignalName.OPERATIONS in asked else (),
        points=find_points(transcript, question),
        jargon=find_jargon(transcript, question),
    )
