"""A report in a few lines of plain text, for the moment after the answer."""

__all__ = ["render_answer", "render_next_steps", "render_not_analysed", "render_summary"]

from collections.abc import Sequence

from voicemock.coaching.next_steps import next_steps
from voicemock.coaching.order import gravest_first
from voicemock.coaching.what_worked import what_worked
from voicemock.phrases import clock, plural, shortened, wrap
from voicemock.report.closer import closer
from voicemock.report.lenses import in_words
from voicemock.report.words import disagreed, name_of, nothing_stood_out, points_said, undecided
from voicemock.schema import (
    AnswerReport,
    Certainty,
    Evidence,
    FillerKind,
    Finding,
    QuietCheck,
    SessionInfo,
    SessionReport,
    SignalName,
    Strength,
)
from voicemock.signals import signals
from voicemock.toml_file import plain

QUOTES_SHOWN = 2


def render_answer(answer: AnswerReport, *, quiet: Sequence[QuietCheck] = ()) -> str:
    """Return the question, the figures, what was heard and each finding with its quotes; quiet: not of these."""
    lines = [wrap(plain(answer.question.text)), ""] if answer.question else []
    if answer.recording and answer.recording.problems:
        lines += [wrap(f"Poor audio: {'; '.join(answer.recording.problems)}.")]
    if not answer.transcript.words:
        return "\n".join([*lines, "No speech was found in this recording.", *map(wrap, answer.notes)])
    lines += [wrap(_figures(answer))]
    more = map(plain, (*closer(answer), *points_said(answer)))
    lines += [wrap(line) for line in (_signals(answer), *more) if line]
    silent = {one.check for one in quiet}
    for finding in gravest_first(tuple(f for f in answer.findings if f.check not in silent)):
        lines += ["", *_finding(finding)]
    for follow_up in answer.follow_ups[:1]:
        lines += ["", wrap(f'The interviewer would ask: "{plain(follow_up.text)}" ({plain(follow_up.trigger)})')]
    lines += [wrap(note) for note in answer.notes]
    if seen := in_words(answer):
        lines += ["", *(wrap(plain(line), first="", indent="  ") for line in seen)]
    return "\n".join(lines)


def render_summary(answer: AnswerReport, *, quiet: Sequence[QuietCheck] = ()) -> str:
    """Return what fits the moment after an answer: the figures, the signals, what worked, the one thing to change.

    quiet: checks it does not take that from.
    """
    if not answer.transcript.words:
        return "No speech was found in this recording."
    lines = [wrap(_figures(answer))]
    if signals := _signals(answer):
        lines.append(wrap(signals))
    lines += [wrap(plain(said)) for said in points_said(answer)]
    if worked := what_worked([answer]):
        lines.append(wrap(f"What worked: {_strength(worked[0])}"))
    if steps := next_steps([answer], quiet=quiet):
        lines.append(wrap(f"To change: {steps[0].text}"))
    return "\n".join(lines)


def render_next_steps(report: SessionReport) -> str:
    """Return what worked, if it was heard clearly, and the three things to change, numbered."""
    lines = []
    if report.what_worked:
        worked = [wrap(_strength(strength), first="- ", indent="  ") for strength in report.what_worked]
        lines += ["What worked:", *worked, ""]
    hushed = _hushed(report)
    if not report.next_steps:
        lines.append(f"{nothing_stood_out(*report.answers, other=bool(hushed))}.")
    else:
        steps = [wrap(f"{n}. {step.text}", first="", indent="   ") for n, step in enumerate(report.next_steps, 1)]
        lines += ["To change next:", *steps]
    return "\n".join([*lines, *(("", hushed) if hushed else ())])


def render_not_analysed(session: SessionInfo) -> str:
    """Return the answers that are not in the report, why, and what to do; empty if there are none."""
    if not session.not_analysed:
        return ""
    lines = ["Not in the report:"]
    for take in session.not_analysed:
        reason = plain(take.reason) or "not listened to yet"
        which = f'your answer to "{plain(take.question)}" (take {take.take})'
        lines.append(wrap(f"{which}: {reason}", first="- ", indent="  "))
        lines.append(f"    kept: {take.recording}")
    return "\n".join([*lines, f"To have them listened to again: voicemock resume {session.id}"])


def _hushed(report: SessionReport) -> str:
    """Name the checks that found something and are quiet; the report has it, folded away."""
    found = {finding.check for answer in report.answers for finding in answer.findings}
    named = [f"{name_of(q.check)} ({disagreed(report.quiet, q.check)})" for q in report.quiet if q.check in found]
    return wrap(plain(f"Quiet for you: {', '.join(named)}.")) if named else ""


def _figures(answer: AnswerReport) -> str:
    parts = []
    if length := answer.measures.get("length"):
        spoken = "" if answer.duration_s is not None else "about "
        parts.append(f"{spoken}{clock(length.value or 0.0)} against {length.limit}")
    pauses = [f for f in answer.fillers if f.kind is FillerKind.FILLED_PAUSE]
    if pauses:
        unsure = sum(f.certainty is Certainty.POSSIBLE for f in pauses)
        possible = f" ({'all' if unsure == len(pauses) else unsure} only possible)" if unsure else ""
        parts.append(plural(len(pauses), "filled pause") + possible)
    else:
        parts.append("no filled pause heard")
    if (rate := answer.measures.get("speech_rate")) and rate.value is not None:
        parts.append(f"{rate.value:.0f} words a minute")
    if answer.pronouns.i_share is not None:
        parts.append(f"I {len(answer.pronouns.i)}, we {len(answer.pronouns.we)}")
    return " · ".join(parts)


def _signals(answer: AnswerReport) -> str:
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


def _names(found: Sequence[SignalName]) -> str:
    return ", ".join(signals()[name].name.lower() for name in found)


def _finding(finding: Finding) -> list[str]:
    lines = [wrap(finding.message, first="- ", indent="  ")]
    for evidence in finding.evidence[:QUOTES_SHOWN]:
        lines.append(wrap(_quote(evidence), indent="    "))
    more = len(finding.evidence) - QUOTES_SHOWN
    return [*lines, f"    and {more} more"] if more > 0 else lines


def _strength(strength: Strength) -> str:
    evidence = strength.evidence
    at = f"  {clock(evidence.start_s)}" if evidence.start_s is not None else ""
    return f'{signals()[strength.signal].name}{at}  "{plain(shortened(evidence.quote))}"'


def _quote(evidence: Evidence) -> str:
    at = f"{clock(evidence.start_s)}  " if evidence.start_s is not None else ""
    return f"{at}{plain(evidence.quote)}"
