"""What both pages show of a report, worked out once: order, numbering, titles, comparisons."""

__all__ = ["AnswerView", "SessionView", "SignalRow", "StepView", "view_of"]

from pathlib import PurePath

import msgspec

from voicemock.report.takes import Comparison, compare_takes
from voicemock.report.transcript import MARKS, MarkKind, Paragraph, paragraphs
from voicemock.report.words import counted, day, model_note, plural
from voicemock.schema import (
    CORE_SIGNALS,
    AnswerReport,
    Finding,
    NextStep,
    NotAnalysed,
    SessionReport,
    Severity,
    Signal,
    SignalName,
)

GRAVEST_FIRST = (Severity.PROBLEM, Severity.WATCH, Severity.INFO)


class SignalRow(msgspec.Struct, frozen=True):
    """One signal and whether it was heard."""

    name: SignalName
    signal: Signal


class AnswerView(msgspec.Struct, frozen=True, kw_only=True):
    """One answer as it is shown. number counts from 1; duration_s is None for a written answer.

    marks: the kinds of marks in the transcript, with their names.
    one_of_several: there is another take of the same question.
    nothing_stood_out: what to say where there is no finding; silence about an answer is no praise of it.
    """

    number: int
    title: str
    report: AnswerReport
    duration_s: float | None
    findings: tuple[Finding, ...]
    expected: tuple[SignalRow, ...]
    also_heard: tuple[SignalName, ...]
    paragraphs: tuple[Paragraph, ...]
    marks: dict[MarkKind, str]
    comparison: Comparison | None
    one_of_several: bool
    nothing_stood_out: str


class StepView(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to change next, the answer it comes from, and where to hear it."""

    step: NextStep
    answer: AnswerView | None
    finding: int | None
    start_s: float | None


class SessionView(msgspec.Struct, frozen=True, kw_only=True):
    """The whole report as it is shown. facts: date, set, amount; models: who listened."""

    title: str
    facts: tuple[str, ...]
    models: str
    nothing_stood_out: str
    steps: tuple[StepView, ...]
    answers: tuple[AnswerView, ...]
    skipped: tuple[str, ...]
    not_analysed: tuple[NotAnalysed, ...]
    session_id: str
    voicemock: str


def view_of(report: SessionReport) -> SessionView:
    """Return what there is to show."""
    compared = compare_takes(report.answers)
    retaken = {comparison.earlier for comparison in compared.values()} | compared.keys()
    answers = tuple(
        _answer_view(place, answer, compared.get(place), one_of_several=place in retaken or answer.take > 1)
        for place, answer in enumerate(report.answers)
    )
    session = report.session
    return SessionView(
        title=_title(report),
        facts=tuple(_facts(report)),
        models=model_note(tuple(dict.fromkeys(answer.transcript.model for answer in report.answers))),
        nothing_stood_out=_nothing_stood_out(*report.answers),
        steps=tuple(_step_view(step, answers) for step in report.next_steps),
        answers=answers,
        skipped=session.skipped if session else (),
        not_analysed=session.not_analysed if session else (),
        session_id=session.id if session else "",
        voicemock=report.voicemock,
    )


def _title(report: SessionReport) -> str:
    if report.session:
        return report.session.title
    if len(report.answers) == 1:
        return _answer_title(report.answers[0])
    return plural(len(report.answers), "answer")


def _facts(report: SessionReport) -> list[str]:
    facts = []
    if report.session and report.session.started_at:
        facts.append(day(report.session.started_at))
    if report.session and report.session.question_set:
        facts.append(f"set {report.session.question_set}")
    return [*facts, *counted(report.answers)]


def _answer_title(answer: AnswerReport) -> str:
    if answer.question:
        return answer.question.text
    return PurePath(answer.recording.path).name if answer.recording else "A written answer"


def _answer_view(
    place: int, answer: AnswerReport, comparison: Comparison | None, *, one_of_several: bool
) -> AnswerView:
    cut = paragraphs(answer)
    kinds = {mark.kind for paragraph in cut for run in paragraph.runs for mark in run.marks}
    expects = answer.question.expects if answer.question else CORE_SIGNALS
    return AnswerView(
        number=place + 1,
        title=_answer_title(answer),
        report=answer,
        duration_s=answer.duration_s,
        findings=tuple(sorted(answer.findings, key=lambda finding: GRAVEST_FIRST.index(finding.severity))),
        expected=tuple(SignalRow(name, answer.signals.get(name, Signal())) for name in expects),
        also_heard=tuple(name for name, s in answer.signals.items() if s.present and name not in expects),
        paragraphs=cut,
        marks={kind: label for kind, label in MARKS.items() if kind in kinds},
        comparison=comparison,
        one_of_several=one_of_several,
        nothing_stood_out=_nothing_stood_out(answer),
    )


def _nothing_stood_out(*answers: AnswerReport) -> str:
    if not any(answer.transcript.words for answer in answers):
        return "No words were heard"
    judged = any(signal.present is not None for answer in answers for signal in answer.signals.values())
    return "Nothing to change stood out" if judged else "Too little was said to judge"


def _step_view(step: NextStep, answers: tuple[AnswerView, ...]) -> StepView:
    answer = answers[step.answer] if 0 <= step.answer < len(answers) else None
    for place, finding in enumerate(answer.findings if answer else ()):
        if finding.check == step.check:
            times = [evidence.start_s for evidence in finding.evidence if evidence.start_s is not None]
            return StepView(step=step, answer=answer, finding=place, start_s=min(times, default=None))
    return StepView(step=step, answer=answer, finding=None, start_s=None)
