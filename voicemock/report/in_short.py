"""A report in a few lines of plain text, for the moment after an answer: the same in a terminal and on a page."""

__all__ = ["figures", "signals_said", "strength_said", "summary"]

from collections.abc import Sequence

from voicemock.coaching.next_steps import next_steps
from voicemock.coaching.what_worked import what_worked
from voicemock.phrases import clock, shortened
from voicemock.printable import plain
from voicemock.report.glance import filled_pauses
from voicemock.report.words import nothing_stood_out, points_said, undecided
from voicemock.schema import AnswerReport, QuietCheck, SignalName, Strength
from voicemock.signals import signals


def summary(answer: AnswerReport, *, quiet: Sequence[QuietCheck] = ()) -> tuple[str, ...]:
    """Return what fits that moment, in lines: the figures, the signals, what worked, the one thing to change.

    quiet: checks it does not take that from.
    """
    if not answer.transcript.words:
        return ("No speech was found in this recording.",)
    lines = [line for line in (figures(answer), signals_said(answer), *map(plain, points_said(answer))) if line]
    if worked := what_worked([answer]):
        lines.append(f"What worked: {strength_said(worked[0])}")
    if steps := next_steps([answer], quiet=quiet):
        lines.append(f"To change: {steps[0].text}")
    return tuple(lines) or (f"{nothing_stood_out(answer)}.",)


def figures(answer: AnswerReport) -> str:
    """Return how long it was, its filled pauses, its pace, and "I" against "we"; empty where nothing was judged."""
    parts = []
    if length := answer.measures.get("length"):
        spoken = "" if answer.duration_s is not None else "about "
        parts.append(f"{spoken}{clock(length.value or 0.0)} (aim for {length.limit})")
    parts += [part.text for part in filled_pauses(answer)]
    if (rate := answer.measures.get("speech_rate")) and rate.value is not None:
        parts.append(f"{rate.value:.0f} words a minute")
    if answer.pronouns.i_share is not None:
        parts.append(f'"I" {len(answer.pronouns.i)}, "we" {len(answer.pronouns.we)}')
    return " · ".join(parts)


def signals_said(answer: AnswerReport) -> str:
    """Return what was expected and heard, not heard, and not told; empty if nothing was expected."""
    expected = [name for name in answer.expects if name in answer.signals]
    heard = [name for name in expected if answer.signals[name].present]
    missing = [name for name in expected if answer.signals[name].present is False]
    parts = []
    if heard:
        parts.append(f"heard: {_names(heard)}")
    if missing:
        parts.append(f"not heard: {_names(missing)}")
    if answer.undecided:
        parts.append(f"could not tell: {_names(answer.undecided)}; {undecided(answer)}")
    return " · ".join(parts)


def strength_said(strength: Strength) -> str:
    """Return what worked, with its time and its quote."""
    evidence = strength.evidence
    at = f"  {clock(evidence.start_s)}" if evidence.start_s is not None else ""
    return f'{signals()[strength.signal].name}{at}  "{plain(shortened(evidence.quote))}"'


def _names(found: Sequence[SignalName]) -> str:
    return ", ".join(signals()[name].name.lower() for name in found)
