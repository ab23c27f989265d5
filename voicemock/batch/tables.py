"""The tables of a batch, for spreadsheets."""

__all__ = ["TABLE", "write_tables"]

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from voicemock.batch.results import written_to
from voicemock.batch.row import COLUMNS, Row
from voicemock.paths import write_whole
from voicemock.printable import one_line

TABLE = "results.csv"
FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""A spreadsheet takes a cell beginning with one of these for a formula; the wide forms of Chinese and Japanese too."""


def write_tables(rows: Sequence[Row], out: Path) -> None:
    """Write results.csv; raise SessionError if it cannot be written."""
    with written_to(out):
        write_whole(out / TABLE, _csv(rows))


def _csv(rows: Sequence[Row]) -> str:
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([_cell(getattr(row, name)) for name in COLUMNS])
    return table.getvalue()


def _cell(value: object) -> object:
    """Show a value in a table, on one line; text that a spreadsheet would run as a formula is quoted."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return " ".join(value)
    if not isinstance(value, str):
        return value
    text = one_line(value)
    return f"'{text}" if text.lstrip().startswith(FORMULA) else text
