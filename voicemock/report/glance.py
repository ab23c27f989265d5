"""An answer in one line: 2:14 of 2:30 · 9 filled pauses · 3 numbers · trade-off at 1:02."""

__all__ = ["Glance", "filled_pauses", "glance", "in_one_line"]

from collections.abc import Collection, Iterable, Iterator

import msgspec

from voicemock.phrases import clock, plural
from voicemock.schema import AnswerReport, Certainty, FillerKind, Quality, Signal, SignalName, Status, assessed


class Glance(msgspec.Struct, frozen=True):
    """One part of the line; start_s: where to hear it, None if it has no place in a recording."""

    text: str
    start_s: float | None = None


def glance(answer: AnswerReport, *, filled: Collection[SignalName] = ()) -> tuple[Glance, ...]:
    """Return the parts of the line: only what was measured or heard, and what the question expects and was not.

    filled: the signals a follow-up made good. Empty if no word was heard.
    """
    if not answer.transcript.words:
        return ()
    parts = (_length(answer), filled_pauses(answer), _numbers(answer, filled), _tradeoff(answer, filled))
    return tuple(part for some in parts for part in some)


def in_one_line(parts: Iterable[Glance]) -> str:
    """Return the line as plain text."""
    return " · ".join(part.text for part in parts)


def _length(answer: AnswerReport) -> Iterator[Glance]:
    if answer.duration_s is None:
        yield Glance(plural(len(answer.transcript.words), "word"))
    else:
        longest = f"of {clock(answer.question.target_s[1])}" if answer.question else "long"
        yield Glance(f"{clock(answer.duration_s)} {longest}", answer.transcript.words[0].start_s)


def filled_pauses(answer: AnswerReport) -> Iterator[Glance]:
    """Say how many filled pauses were counted; nothing where nobody looked for them."""
    measure = answer.measures.get("filled_pauses_per_min")
    unrated = measure is None or measure.status is Status.NOT_ASSESSED
    if measure and unrated and answer.recording and answer.recording.quality is Quality.POOR:
        yield Glance("filled pauses not assessed")
    elif measure and (answer.recording or not unrated):  # what is too short for a rate is counted all the same
        pauses = [filler for filler in answer.fillers if filler.kind is FillerKind.FILLED_PAUSE]
        possible = sum(filler.certainty is Certainty.POSSIBLE for filler in pauses)
        counted = plural(len(pauses), "filled pause") if pauses else "no filled pause"
        yield Glance(f"{counted} ({possible} possible)" if possible else counted, pauses[0].start_s if pauses else None)


def _numbers(answer: AnswerReport, filled: Collection[SignalName]) -> Iterator[Glance]:
    signal = answer.signals.get(SignalName.METRIC, Signal())
    if signal.present and signal.evidence:
        yield Glance(plural(len(signal.evidence), "number"), signal.evidence[0].start_s)
    else:
        yield from _missing(answer, SignalName.METRIC, "number", filled)


def _tradeoff(answer: AnswerReport, filled: Collection[SignalName]) -> Iterator[Glance]:
    signal = answer.signals.get(SignalName.TRADEOFF, Signal())
    if signal.present and signal.evidence:
        start_s = signal.evidence[0].start_s
        yield Glance("trade-off heard" if start_s is None else f"trade-off at {clock(start_s)}", start_s)
    else:
        yield from _missing(answer, SignalName.TRADEOFF, "trade-off", filled)


def _missing(answer: AnswerReport, name: SignalName, noun: str, filled: Collection[SignalName]) -> Iterator[Glance]:
    """Say that a signal is not there, or was not told; nothing where the question does not expect it."""
    if name not in answer.expects or not assessed(answer.signals):
        return
    if name in filled:
        yield Glance(f"{noun} in the follow-up")
    elif answer.signals.get(name, Signal()).present is False:
        yield Glance(f"no {noun} heard")
    else:
        yield Glance(f"{noun}: could not tell")
