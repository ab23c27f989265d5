"""What the index of a batch shows, in the order it shows it."""

__all__ = ["Cell", "Choice", "Heading", "IndexRow", "IndexView", "view_of"]

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from voicemock.batch.charts import Chart, charts_of
from voicemock.batch.cohort import Gap, StoodOut, gaps, stood_out
from voicemock.batch.row import Row
from voicemock.phrases import clock, plural
from voicemock.printable import one_line
from voicemock.report.words import name_of

HEARD = {True: "heard", False: "not heard", None: "–"}
UNKNOWN = "–"


class Heading(NamedTuple):
    """A column: its key in the page's address, its title, and how its cells look: number, name or neither."""

    key: str
    title: str
    look: str = ""


class Cell(NamedTuple):
    """What stands in a cell, and by what it is sorted; empty sorts last."""

    text: str
    value: float | str = ""


class IndexRow(NamedTuple):
    """A recording.

    number: its place in an order that has nothing to do with names, for when these are hidden.
    cells: of one that could not be analysed, only those that say whose it is and what was asked.
    """

    row: Row
    number: int
    checks: tuple[str, ...]
    missing: tuple[str, ...]
    cells: tuple[Cell, ...]


class Choice(NamedTuple):
    """What can be chosen in a filter, and of how many recordings it is true."""

    value: str
    name: str
    answers: int


class IndexView(NamedTuple):
    """The page."""

    headings: tuple[Heading, ...]
    rows: tuple[IndexRow, ...]
    filters: tuple[tuple[str, str, str, tuple[Choice, ...]], ...]
    gaps: tuple[Gap, ...]
    stood_out: tuple[StoodOut, ...]
    charts: tuple[Chart, ...]
    analysed: int
    facts: tuple[str, ...]


class _Column(NamedTuple):
    """known: whether it can be told without an analysis."""

    heading: Heading
    cell: Callable[[Row], Cell]
    known: bool


def view_of(rows: Sequence[Row]) -> IndexView:
    """Return what the index of these rows shows; candidates, dates and questions have a column if they differ."""
    columns = _columns(rows)
    by_content = sorted(range(len(rows)), key=lambda place: (rows[place].sha256, place))
    number = {place: count for count, place in enumerate(by_content, 1)}
    shown = [
        IndexRow(
            row,
            number[place],
            tuple(map(one_line, row.findings)),
            _missing(row),
            tuple(column.cell(row) for column in columns if column.known or not row.error),
        )
        for place, row in enumerate(rows)
    ]
    return IndexView(
        headings=tuple(column.heading for column in columns),
        rows=tuple(shown),
        filters=_filters(shown),
        gaps=gaps(rows),
        stood_out=stood_out(rows),
        charts=charts_of(rows),
        analysed=sum(not row.error for row in rows),
        facts=tuple(_facts(rows)),
    )


def _columns(rows: Sequence[Row]) -> list[_Column]:
    """Return the columns after that of the recording."""
    differ = [
        (any(row.candidate for row in rows), Heading("candidate", "Candidate", "name"), _text("candidate")),
        (any(row.date for row in rows), Heading("date", "Date", "name date"), _text("date")),
        (len({row.question for row in rows}) > 1, Heading("question", "Question", "question"), _text("question")),
    ]
    figures = [
        (Heading("length", "Length", "number"), _number("duration_s", clock)),
        (Heading("pace", "Words a minute", "number"), _number("speech_rate_wpm", "{:.0f}".format)),
        (Heading("pauses", "Filled pauses a minute", "number"), _number("filled_pauses_per_min", "{:.1f}".format)),
        (Heading("i", "Share of I", "number"), _number("i_share", "{:.0%}".format)),
        (Heading("metric", "Metric"), _heard("metric")),
        (Heading("tradeoff", "Trade-off"), _heard("tradeoff")),
        (Heading("findings", "To change"), _findings),
    ]
    return [_Column(heading, cell, known=True) for wanted, heading, cell in differ if wanted] + [
        _Column(heading, cell, known=False) for heading, cell in figures
    ]


def _text(field: str) -> Callable[[Row], Cell]:
    def cell(row: Row) -> Cell:
        value: str = getattr(row, field)
        return Cell(value, value)

    return cell


def _number(field: str, shown: Callable[[float], str]) -> Callable[[Row], Cell]:
    def cell(row: Row) -> Cell:
        value: float | None = getattr(row, field)
        return Cell(UNKNOWN) if value is None else Cell(shown(value), round(value, 4))

    return cell


def _heard(field: str) -> Callable[[Row], Cell]:
    def cell(row: Row) -> Cell:
        value: bool | None = getattr(row, field)
        return Cell(HEARD[value], "" if value is None else int(value))

    return cell


def _findings(row: Row) -> Cell:
    return Cell(", ".join(map(name_of, row.findings)) or "Nothing stood out", len(row.findings))


def _missing(row: Row) -> tuple[str, ...]:
    """Return what was asked for and clearly not given."""
    return tuple(name.value for name, heard in row.signals.items() if heard is False and name in row.expected)


def _filters(rows: Sequence[IndexRow]) -> tuple[tuple[str, str, str, tuple[Choice, ...]], ...]:
    """Return the filters that leave something to choose: key, label, what stands for all, choices."""
    known = (
        ("check", "To change", "anything", _choices((name for r in rows for name in r.checks), name_of)),
        ("missing", "Leaves out", "anything", _choices((name for r in rows for name in r.missing), name_of)),
        ("question", "Question", "every question", _choices(r.row.question for r in rows)),
        ("candidate", "Candidate", "everybody", _choices(r.row.candidate for r in rows)),
    )
    return tuple(one for one in known if len(one[3]) > (0 if one[0] in ("check", "missing") else 1))


def _choices(values: Iterable[str], name: Callable[[str], str] = str) -> tuple[Choice, ...]:
    counted = Counter(one_line(value) for value in values if value)
    return tuple(sorted((Choice(value, name(value), count) for value, count in counted.items()), key=_by_name))


def _by_name(choice: Choice) -> str:
    return choice.name.casefold()


def _facts(rows: Sequence[Row]) -> list[str]:
    failed = sum(bool(row.error) for row in rows)
    length_s = sum(row.duration_s or 0.0 for row in rows)
    facts = [plural(len(rows) - failed, "recording") + " analysed"]
    facts += [f"{failed} could not be"] if failed else []
    return [*facts, f"{clock(length_s)} in all"]
