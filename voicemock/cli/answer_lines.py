"""A report in a few lines of plain text, for the moment after the answer."""

__all__ = ["render_answer", "render_next_steps", "render_not_analysed", "render_summary"]

from collections.abc import Sequence

from voicemock.coaching.order import gravest_first
from voicemock.phrases import clock, wrap
from voicemock.printable import in_shell, plain
from voicemock.report.closer import closer
from voicemock.report.in_short import figures, signals_said, strength_said, summary
from voicemock.report.lenses import in_words
from voicemock.report.words import disagreed, name_of, nothing_stood_out, points_said
from voicemock.schema import AnswerReport, Evidence, Finding, QuietCheck, SessionInfo, SessionReport

QUOTES_SHOWN = 2


def render_answer(answer: AnswerReport, *, quiet: Sequence[QuietCheck] = ()) -> str:
    """Return the question, the figures, what was heard and each finding with its quotes; quiet: not of these."""
    lines = [wrap(plain(answer.question.text)), ""] if answer.question else []
    if answer.recording and answer.recording.problems:
        lines += [wrap(f"Poor audio: {'; '.join(answer.recording.problems)}.")]
    if not answer.transcript.words:
        return "\n".join([*lines, "No speech was found in this recording.", *map(wrap, answer.notes)])
    more = map(plain, (*closer(answer), *points_said(answer)))
    lines += [wrap(line) for line in (figures(answer), signals_said(answer), *more) if line]
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
    return "\n".join(map(wrap, summary(answer, quiet=quiet)))


def render_next_steps(report: SessionReport) -> str:
    """Return what worked, if it was heard clearly, and the three things to change, numbered."""
    lines = []
    if report.what_worked:
        worked = [wrap(strength_said(strength), first="- ", indent="  ") for strength in report.what_worked]
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
    them = "it" if len(session.not_analysed) == 1 else "them"
    for take in session.not_analysed:
        reason = plain(take.reason) or "not listened to yet"
        which = f'your answer to "{plain(take.question)}" (take {take.take})'
        lines.append(wrap(f"{which}: {reason}", first="- ", indent="  "))
        lines.append(f"    kept: {take.recording}")
    return "\n".join([*lines, f"To have {them} listened to again: voicemock resume {in_shell(session.id)}"])


def _hushed(report: SessionReport) -> str:
    """Name the checks that found something and are quiet; the report has it, folded away."""
    found = {finding.check for answer in report.answers for finding in answer.findings}
    named = [f"{name_of(q.check)} ({disagreed(report.quiet, q.check)})" for q in report.quiet if q.check in found]
    return wrap(plain(f"Quiet for you: {', '.join(named)}.")) if named else ""


def _finding(finding: Finding) -> list[str]:
    lines = [wrap(finding.message, first="- ", indent="  ")]
    for evidence in finding.evidence[:QUOTES_SHOWN]:
        lines.append(wrap(_quote(evidence), indent="    "))
    more = len(finding.evidence) - QUOTES_SHOWN
    return [*lines, f"    and {more} more"] if more > 0 else lines


def _quote(evidence: Evidence) -> str:
    at = f"{clock(evidence.start_s)}  " if evidence.start_s is not None else ""
    return f"{at}{plain(evidence.quote)}"
