"""What a batch knows about each recording: a flat row for tables, and the line that keeps it with its whole report."""

__all__ = ["FIELDS", "Line", "Row", "failed_line", "line_of"]

from collections.abc import Mapping
from typing import Any

import msgspec

from voicemock.batch.task import Job, Task, encodable
from voicemock.report.figures import Figures, figures_of
from voicemock.schema import GOOD_LENGTH_S, SCHEMA_VERSION, AnswerReport, FrozenMap, SignalName
from voicemock.schema.frozen import freeze


class Row(Figures, frozen=True, kw_only=True):
    """One recording in the tables. ``docs/batch.md`` describes the columns.

    sha256: of the file's bytes. hearing, reading: what decides the words besides the sound, and the judgement besides
    the words; with the hash they say whether a result still holds.
    error: why there is no result; empty if there is one.
    report: the report's path inside the output folder; empty if none was asked for.
    expected, target_min_s, target_max_s: the signals and the good length of an answer that the question asks for.
    signals: whether each was heard; one that could not be told is left out.
    measures: the value of every measure, those of other people's checks too; one not assessed is left out.
    """

    path: str
    candidate: str = ""
    date: str = ""
    question_id: str = ""
    question: str = ""
    expected: tuple[str, ...] = ()
    target_min_s: float | None = None
    target_max_s: float | None = None
    sha256: str
    hearing: str
    reading: str
    error: str = ""
    report: str = ""
    signals: Mapping[SignalName, bool] = FrozenMap()
    measures: Mapping[str, float] = FrozenMap()

    def __post_init__(self) -> None:
        freeze(self, "signals", "measures")


class Line(Row, frozen=True, kw_only=True):
    """A row as ``results.jsonl`` keeps it, with the answer's report; null where there is none."""

    schema_version: int = SCHEMA_VERSION
    answer: AnswerReport | None = None

    @property
    def row(self) -> Row:
        """Return the line without the report: small enough to hold a hundred thousand."""
        return Row(**{name: getattr(self, name) for name in Row.__struct_fields__})


MAPPINGS = ("signals", "measures")
FIELDS = (
    tuple(name for name in Row.__struct_fields__ if name not in Figures.__struct_fields__ and name not in MAPPINGS)
    + Figures.__struct_fields__
)
"""What is a column of its own in a table, in order: what the recording is, then its figures."""


def line_of(job: Job, task: Task, answer: AnswerReport, *, sha256: str, report: str) -> Line:
    """Return the line of an analysed recording."""
    figures = msgspec.structs.asdict(figures_of(answer))
    target = answer.question.target_s if answer.question else GOOD_LENGTH_S
    return Line(
        **_known(job, task),
        **figures,
        expected=tuple(name.value for name in answer.expects),
        target_min_s=target[0],
        target_max_s=target[1],
        sha256=sha256,
        report=report,
        signals={name: signal.present for name, signal in answer.signals.items() if signal.present is not None},
        measures={name: found.value for name, found in answer.measures.items() if found.value is not None},
        answer=answer,
    )


def failed_line(job: Job, task: Task, reason: str, *, sha256: str) -> Line:
    """Return the line of a recording that could not be analysed."""
    return Line(**_known(job, task), sha256=sha256, error=encodable(reason))


def _known(job: Job, task: Task) -> dict[str, Any]:
    return {
        "path": task.name,
        "candidate": encodable(task.candidate),
        "date": encodable(task.date),
        "question_id": task.question.id if task.question else "",
        "question": task.question.text if task.question else "",
        "hearing": job.hearing,
        "reading": job.reading(task.question),
    }
