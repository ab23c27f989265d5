"""What both pages show of a report, worked out once: order, numbering, titles, comparisons."""

__all__ = ["AnswerView", "SessionView", "SignalRow", "StepView", "StrengthView", "view_of"]

from collections.abc import Collection, Mapping, Sequence
from pathlib import PurePath

import msgspec

from voicemock.coaching.frame import Frame
from voicemock.coaching.order import gravest_first
from voicemock.coaching.standing import Standing, open_findings, standings
from voicemock.phrases import day, plural, shortened
from voicemock.report.closer import closer
from voicemock.report.debrief import Debrief, debrief
from voicemock.report.example import ExampleView, examples_beside
from voicemock.report.glance import Glance, glance
from voicemock.report.notes import notes_of
from voicemock.report.order import one_of_several, order
from voicemock.report.signal_rows import SignalRow, signal_row
from voicemock.report.takes import Comparison, compare_takes
from voicemock.report.transcript import MarkKind, Paragraph, legend, paragraphs
from voicemock.report.words import counted, model_note, nothing_stood_out
from voicemock.schema import (
    AnswerReport,
    Evidence,
    Finding,
    NextStep,
    NotAnalysed,
    QuietCheck,
    SessionReport,
    Signal,
    SignalName,
    Strength,
)
from voicemock.signals import signals

MOST_LINES = 5
"""As many answers are told in one line each at the top; more would push down what matters."""


class Filled(msgspec.Struct, frozen=True):
    """A signal an answer lacked, heard in the follow-up with this number."""

    number: int
    signal: Signal


class AnswerView(msgspec.Struct, frozen=True, kw_only=True):
    """One answer as it is shown. number counts from 1 down the page; duration_s is None for a written answer.

    place: its place in the report. findings: those that still stand; settled: those a follow-up made good.
    filled: the signals follow-ups made good.
    follows, replaced_by: numbers of the answer it is a follow-up to, and of the take that counts instead.
    asked_because: the gap that made the interviewer ask; empty for a question of its own.
    marks: the kinds of marks in the transcript, with their names.
    comparison: with the take before it, whose number is in ``compared_with``.
    notes: what the candidate typed meanwhile. problems: what could not be done.
    glance: the answer in one line. debrief: what could be written down after it, for an answer of its own.
    closer: what its numbers measure, and how the system is watched, in words.
    one_of_several: there is another take of the same question.
    nothing_stood_out: what to say if there is no finding; silence about an answer does not praise it.
    example: a strong answer to this or a like question, where there are findings.
    hushed: findings of checks that are quiet for this user; they are not among ``findings``.
    """

    number: int
    place: int
    title: str
    report: AnswerReport
    duration_s: float | None
    findings: tuple[Finding, ...]
    settled: tuple[Finding, ...]
    filled: dict[SignalName, Filled]
    follows: int | None
    replaced_by: int | None
    asked_because: str
    expected: tuple[SignalRow, ...]
    also_heard: tuple[SignalName, ...]
    paragraphs: tuple[Paragraph, ...]
    marks: dict[MarkKind, str]
    comparison: Comparison | None
    compared_with: int | None
    one_of_several: bool
    nothing_stood_out: str
    notes: tuple[str, ...]
    problems: tuple[str, ...]
    glance: tuple[Glance, ...]
    debrief: Debrief | None
    closer: tuple[str, ...]
    example: ExampleView | None = None
    hushed: tuple[Finding, ...] = ()


class StepView(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to change next, the answer it comes from, and the words that show it; quote: None if it is a gap.

    frame: how to say it better, None if no sentence fits.
    """

    step: NextStep
    answer: AnswerView | None
    finding: int | None
    quote: Evidence | None
    frame: Frame | None = None


class StrengthView(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that worked: what it is, the quote as it is shown, and the answer it comes from.

    phrase: empty if it says no more than the name.
    """

    name: str
    phrase: str
    quote: str
    start_s: float | None
    answer: AnswerView | None


class SessionView(msgspec.Struct, frozen=True, kw_only=True):
    """The whole report as it is shown. facts: date, set, amount; models: who listened.

    in_one_line: the answers that are told in one line each at the top; none if there are many.
    """

    title: str
    facts: tuple[str, ...]
    models: str
    nothing_stood_out: str
    worked: tuple[StrengthView, ...]
    steps: tuple[StepView, ...]
    answers: tuple[AnswerView, ...]
    in_one_line: tuple[AnswerView, ...]
    skipped: tuple[str, ...]
    not_analysed: tuple[NotAnalysed, ...]
    quiet: tuple[QuietCheck, ...]
    session_id: str
    voicemock: str


def view_of(report: SessionReport, *, examples: bool = False) -> SessionView:
    """Return what there is to show: of each question the take that counts, its follow-ups, then earlier takes.

    examples: with a strong answer beside those that have findings.
    """
    standing = standings(report.answers)
    places = order(standing)
    numbers = {place: number for number, place in enumerate(places, 1)}
    compared = compare_takes(report.answers)
    answers = tuple(
        _answer_view(place, report, standing, numbers=numbers, comparison=compared.get(place)) for place in places
    )
    answers = tuple(_hushed(view, {one.check for one in report.quiet}) for view in answers)
    if examples:
        answers = _with_examples(answers, report.answers)
    session = report.session
    return SessionView(
        title=_title(report),
        facts=tuple(_facts(report)),
        models=model_note(tuple(dict.fromkeys(answer.transcript.model for answer in report.answers))),
        nothing_stood_out=nothing_stood_out(*report.answers, other=any(answer.hushed for answer in answers)),
        worked=tuple(_strength_view(strength, answers) for strength in report.what_worked),
        steps=tuple(_step_view(step, answers) for step in report.next_steps),
        answers=answers,
        in_one_line=_at_the_top(answers),
        skipped=session.skipped if session else (),
        not_analysed=session.not_analysed if session else (),
        quiet=report.quiet,
        session_id=session.id if session else "",
        voicemock=report.voicemock,
    )


def _at_the_top(answers: tuple[AnswerView, ...]) -> tuple[AnswerView, ...]:
    counted = tuple(a for a in answers if a.follows is None and a.replaced_by is None and a.glance)
    return counted if len(counted) <= MOST_LINES else ()


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
    place: int,
    report: SessionReport,
    standing: Sequence[Standing],
    *,
    numbers: Mapping[int, int],
    comparison: Comparison | None,
) -> AnswerView:
    answer, own = report.answers[place], standing[place]
    cut = paragraphs(answer)
    left = open_findings(answer, own)
    expected = tuple(signal_row(name, answer, filled=name in own.filled) for name in answer.expects)
    filled = _filled(own, numbers, report.answers)
    typed, problems = notes_of(answer)
    return AnswerView(
        number=numbers[place],
        place=place,
        title=_answer_title(answer),
        report=answer,
        duration_s=answer.duration_s,
        findings=gravest_first(left),
        settled=gravest_first(tuple(f for f in answer.findings if f.check not in {f.check for f in left})),
        filled=filled,
        follows=None if own.follows is None else numbers[own.follows],
        replaced_by=None if own.replaced_by is None else numbers[own.replaced_by],
        asked_because="" if own.follows is None else _asked_because(answer, report.answers[own.follows]),
        expected=expected,
        also_heard=_also_heard(answer),
        paragraphs=cut,
        marks=legend(cut),
        comparison=comparison,
        compared_with=numbers[comparison.earlier] if comparison else None,
        one_of_several=one_of_several(place, report.answers, standing),
        nothing_stood_out=nothing_stood_out(answer),
        notes=typed,
        problems=problems,
        glance=glance(answer, filled=own.filled),
        debrief=_sheet(expected, filled) if own.follows is None and answer.question else None,
        closer=closer(answer, [a for a, s in zip(report.answers, standing, strict=True) if s.follows == place]),
    )


def _sheet(expected: tuple[SignalRow, ...], filled: Mapping[SignalName, Filled]) -> Debrief | None:
    return debrief(expected, {name: one.signal for name, one in filled.items()})


def _with_examples(views: tuple[AnswerView, ...], answers: Sequence[AnswerReport]) -> tuple[AnswerView, ...]:
    """Put an example beside each answer of its own with findings; a follow-up is part of one, an earlier take past."""
    places = [v.place for v in views if v.findings and v.follows is None and v.replaced_by is None]
    found = examples_beside(answers, places)
    return tuple(msgspec.structs.replace(view, example=found.get(view.place)) for view in views)


def _filled(own: Standing, numbers: Mapping[int, int], answers: Sequence[AnswerReport]) -> dict[SignalName, Filled]:
    return {name: Filled(numbers[place], answers[place].signals[name]) for name, place in own.filled.items()}


def _also_heard(answer: AnswerReport) -> tuple[SignalName, ...]:
    """Return what was said clearly and not asked for; an explanation of a concept is no story."""
    if answer.points:
        return ()
    return tuple(n for n, s in answer.signals.items() if s.sure and n not in (*answer.expects, SignalName.ON_TOPIC))


def _asked_because(probe: AnswerReport, asked_after: AnswerReport) -> str:
    asked = probe.question.text if probe.question else ""
    return next((follow_up.trigger for follow_up in asked_after.follow_ups if follow_up.text == asked), "")


def _hushed(view: AnswerView, quiet: Collection[str]) -> AnswerView:
    loud, hushed = (tuple(f for f in view.findings if (f.check in quiet) is silent) for silent in (False, True))
    return msgspec.structs.replace(view, findings=loud, hushed=hushed)


def _strength_view(strength: Strength, answers: tuple[AnswerView, ...]) -> StrengthView:
    spoken = signals()[strength.signal]
    return StrengthView(
        name=spoken.name,
        phrase="" if spoken.name.lower() in spoken.phrase else spoken.phrase,
        quote=shortened(strength.evidence.quote),
        start_s=strength.evidence.start_s,
        answer=next((answer for answer in answers if answer.place == strength.answer), None),
    )


def _step_view(step: NextStep, answers: tuple[AnswerView, ...]) -> StepView:
    answer = next((answer for answer in answers if answer.place == step.answer), None)
    from voicemock.coaching.say_it_better import say_it_better  # loads numpy

    for place, finding in enumerate(answer.findings if answer else ()):
        if finding.check == step.check:
            first = min(finding.evidence, key=lambda evidence: evidence.start_s or 0.0, default=None)
            frame = say_it_better(finding, answer.report, filled=answer.filled) if answer else None
            return StepView(step=step, answer=answer, finding=place, quote=first, frame=frame)
    return StepView(step=step, answer=answer, finding=None, quote=None)
