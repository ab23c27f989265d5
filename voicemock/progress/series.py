"""What is followed over sessions: a handful of measures of delivery, and how much of what was expected is heard.

Few on purpose: each further series makes a true change of any other harder to tell from chance.
"""

__all__ = ["Family", "Series", "Value", "competencies", "delivery", "heard_signals", "named", "trained_by"]

import enum
import statistics
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import msgspec

from voicemock.archive.practised import Practised
from voicemock.checks._base import SHORTEST_RATED_S
from voicemock.checks.fillers import FINE
from voicemock.checks.i_vs_we import OWN_PART
from voicemock.checks.pace import FINE_HIGH, FINE_LOW
from voicemock.progress.sessions import Sitting
from voicemock.schema import GOOD_LENGTH_S, SignalName
from voicemock.signals import signals

FOLLOWED = 3
"""Signals, and competencies, that have a series: those asked for in most sessions (voicemock default, unvalidated)."""


class Family(enum.StrEnum):
    """Series that are judged together, so that one false claim among all of them is rare."""

    DELIVERY = "delivery"
    SIGNALS = "signals"
    COMPETENCIES = "competencies"


class Value(msgspec.Struct, frozen=True, kw_only=True):
    """One session's value.

    place: of the session among all that count, from 0. value: the median of its answers; of a share, heard by asked.
    off: what is judged: how far the value is from where it should be; of a share, the value.
    of: answers it is made of, or signals asked for. unknown: how many more could not be told.
    """

    place: int
    value: float
    off: float
    of: int
    heard: int = 0
    unknown: int = 0


class Series(msgspec.Struct, frozen=True, kw_only=True):
    """A series: key and title, its unit for people, and how it is judged.

    rises: higher is better, of ``off``. least: the smallest change of ``off`` worth telling (voicemock defaults,
    unvalidated). aim: the range its value should be in, None where there is none. share: values are 0 to 1.
    """

    key: str
    title: str
    unit: str
    family: Family
    rises: bool
    least: float
    aim: tuple[float, float] | None
    share: bool
    values: tuple[Value, ...]


class _Measure(NamedTuple):
    """aim: from to; None is without end. off: None judges the value itself."""

    key: str
    title: str
    unit: str
    least: float
    aim: tuple[float, float] | None
    of: Callable[[Practised], float | None]
    off: Callable[[float], float] = abs
    share: bool = False


def _per_minute(name: str) -> Callable[[Practised], float | None]:
    def rate(row: Practised) -> float | None:
        count, length_s = row.measures.get(name), row.length_s
        if count is None or length_s is None or length_s < SHORTEST_RATED_S:
            return None
        return 60 * count / length_s

    return rate


def _plain(name: str) -> Callable[[Practised], float | None]:
    return lambda row: row.measures.get(name)


def _outside(row: Practised) -> float | None:
    """Return by which part of its range's edge an answer is too short (below 0) or too long."""
    if row.length_s is None:
        return None
    shortest, longest = row.question.target_s if row.question else GOOD_LENGTH_S
    if row.length_s < shortest:
        return row.length_s / shortest - 1
    return max(0.0, row.length_s / longest - 1)


_DELIVERY = (
    _Measure(
        "filled_pauses_per_min", "Filled pauses", "a minute", 0.5, (0.0, FINE.value), _plain("filled_pauses_per_min")
    ),
    _Measure("crutch_words_per_min", "Crutch words", "a minute", 0.5, None, _per_minute("crutch_words")),
    _Measure("hedges", "Hedges", "in 100 words", 0.2, None, _plain("hedges")),
    _Measure("long_pauses_per_min", "Long pauses", "a minute", 0.2, None, _per_minute("long_pauses")),
    _Measure(
        "speech_rate",
        "Pace",
        "words a minute",
        5.0,
        (FINE_LOW.value, FINE_HIGH.value),
        _plain("speech_rate"),
        lambda wpm: max(FINE_LOW.value - wpm, wpm - FINE_HIGH.value, 0.0),
    ),
    _Measure("length", "Length outside its range", "of it", 0.1, (0.0, 0.0), _outside, share=True),
    _Measure(
        "i_share",
        "I among I and we",
        "",
        0.05,
        (OWN_PART.value, 1.0),
        _plain("i_share"),
        lambda share: max(OWN_PART.value - share, 0.0),
        share=True,
    ),
)


def delivery(sessions: Sequence[Sitting]) -> tuple[Series, ...]:
    """Return the measures of delivery that any answer has, each session by the median of its answers."""
    found = []
    for measure in _DELIVERY:
        values = []
        for sitting in sessions:
            told = [value for row in sitting.answers if (value := measure.of(row)) is not None]
            if told:
                off = statistics.median(map(measure.off, told))
                values.append(Value(place=sitting.place, value=statistics.median(told), off=off, of=len(told)))
        if values:
            found.append(
                Series(
                    key=measure.key,
                    title=measure.title,
                    unit=measure.unit,
                    family=Family.DELIVERY,
                    rises=False,
                    least=measure.least,
                    aim=measure.aim,
                    share=measure.share,
                    values=tuple(values),
                )
            )
    return tuple(found)


Heard = Iterable[tuple[SignalName, bool | None]]


def heard_signals(sessions: Sequence[Sitting]) -> tuple[Series, ...]:
    """Return the share heard of all that was expected, and of the signals that were expected in most sessions."""
    asked = _most((set(map(str, row.expected)) - {SignalName.ON_TOPIC} for row in s.answers) for s in sessions)
    every = _share(sessions, Family.SIGNALS, "all", "All that was asked for", _all_of)
    each = (_share(sessions, Family.SIGNALS, name, signals()[SignalName(name)].name, _one(name)) for name in asked)
    return tuple(series for series in (every, *each) if series.values)


def competencies(sessions: Sequence[Sitting]) -> tuple[Series, ...]:
    """Return the share heard of what questions on a competency expected, for those practised in most sessions."""
    trained = _most((set(trained_by(row)) for row in s.answers) for s in sessions)
    each = (_share(sessions, Family.COMPETENCIES, name, named(name), _trained(name)) for name in trained)
    return tuple(series for series in each if series.values)


def named(competency: str) -> str:
    """Return a competency as people read it."""
    return competency.replace("-", " ").replace("_", " ").capitalize()


def trained_by(row: Practised) -> tuple[str, ...]:
    """Return the competencies an answer's question is about."""
    return row.question.competencies if row.question else ()


def _most(sessions: Iterable[Iterable[set[str]]]) -> list[str]:
    """Return what the most sessions have, by how much there is to see and never by what it shows."""
    counts = Counter(name for answers in sessions for name in set[str]().union(*answers))
    return sorted(counts, key=lambda name: (-counts[name], name))[:FOLLOWED]


def _all_of(row: Practised) -> Heard:
    return ((name, heard) for name, heard in row.expected.items() if name is not SignalName.ON_TOPIC)


def _one(wanted: str) -> Callable[[Practised], Heard]:
    return lambda row: ((name, heard) for name, heard in row.expected.items() if name == wanted)


def _trained(competency: str) -> Callable[[Practised], Heard]:
    return lambda row: _all_of(row) if competency in trained_by(row) else ()


def _share(
    sessions: Sequence[Sitting], family: Family, key: str, title: str, of: Callable[[Practised], Heard]
) -> Series:
    """Return a series of shares; what could not be told is in neither part."""
    values = []
    for sitting in sessions:
        told = [heard for row in sitting.answers for _, heard in of(row)]
        judged = [heard for heard in told if heard is not None]
        if judged:
            share = sum(judged) / len(judged)
            unknown = len(told) - len(judged)
            place, heard = sitting.place, sum(judged)
            values.append(Value(place=place, value=share, off=share, of=len(judged), heard=heard, unknown=unknown))
    return Series(
        key=key,
        title=title,
        unit="heard",
        family=family,
        rises=True,
        least=0.1,
        aim=None,
        share=True,
        values=tuple(values),
    )
