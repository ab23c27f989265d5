"""Concepts explained in a minute each, held against what a good explanation contains."""

from collections.abc import Sequence

from voicemock.phrases import clock
from voicemock.preparation.drills._base import Drill, opening, quoted
from voicemock.preparation.form import Material
from voicemock.report.words import points_missing
from voicemock.schema import AnswerReport, Kind, Question

__all__ = ["DRILL"]


def _suits(question: Question) -> bool:
    return question.kind is Kind.CONCEPT and bool(question.points) and not question.jargon


def _after(answer: AnswerReport, _: Material) -> list[str]:
    if answer.duration_s is None:
        return ["You said nothing that could be heard."]
    return [f"{clock(answer.duration_s)}, of about a minute.", *(_points(answer) or _UNTOLD)]


def _points(answer: AnswerReport) -> list[str]:
    """Return each point that was heard with the words it was told by, and which were not."""
    if not answer.points:
        return []
    heard = [point for point in answer.points if point.heard]
    lines = [f"Points: heard {len(heard)} of {len(answer.points)}."]
    lines += [f"  {point.name}: {quoted(point.evidence, 1)}" for point in heard]
    return [*lines, *points_missing(answer)]


_UNTOLD = ("Too little was heard to look for points.",)


def _report(answers: Sequence[AnswerReport], _: Material) -> list[str]:
    if not answers:
        return []
    lines = ["Points heard:"]
    for answer in answers:
        heard = sum(point.heard for point in answer.points)
        found = f"{heard} of {len(answer.points)}" if answer.points else "could not tell"
        lines.append(f"  {answer.question.id if answer.question else 'an answer'}: {found}")
    return [*lines, "A point counts by its words: you may have said it in others, or meant something else by these."]


DRILL = Drill(
    summary="an idea explained in a minute, against what a good explanation contains",
    draws=4,
    suits=_suits,
    manner=opening("Explain each in about a minute, as you would to a new manager."),
    plan=list,
    after=_after,
    ended=_report,
)
