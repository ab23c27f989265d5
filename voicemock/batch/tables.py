"""The tables of a batch: results.csv, errors.csv where there were any, results.parquet where it is wanted."""

__all__ = ["ERRORS", "PARQUET", "TABLE", "write_tables"]

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from voicemock.batch.cells import harmless
from voicemock.batch.columns import columns_of
from voicemock.batch.parquet import as_parquet
from voicemock.batch.results import written_to
from voicemock.batch.row import Row
from voicemock.paths import write_whole

TABLE = "results.csv"
ERRORS = "errors.csv"
PARQUET = "results.parquet"
ERROR_COLUMNS = ("path", "candidate", "date", "error")


def write_tables(rows: Sequence[Row], out: Path, *, parquet: bool = False) -> None:
    """Write the tables, each whole or not at all; raise SessionError if one cannot be written.

    All tell of these rows: a table of an earlier run that is not written now is removed.
    """
    columns = columns_of(rows)
    failed = [row for row in rows if row.error]
    with written_to(out):
        write_whole(out / TABLE, _csv([c.name for c in columns], ([c.cell(row) for c in columns] for row in rows)))
        if failed:
            lines = ([getattr(row, name) for name in ERROR_COLUMNS] for row in failed)
            write_whole(out / ERRORS, _csv(ERROR_COLUMNS, lines))
        else:
            (out / ERRORS).unlink(missing_ok=True)
        if parquet:
            write_whole(out / PARQUET, as_parquet(columns, rows))
        else:
            (out / PARQUET).unlink(missing_ok=True)


def _csv(names: Sequence[str], lines: Iterable[Sequence[object]]) -> str:
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(names)
    for line in lines:
        writer.writerow([_shown(value) for value in line])
    return table.getvalue()


def _shown(value: object) -> object:
    """Show a value in a cell; what is not known is empty."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return harmless(" ".join(value))
    return harmless(value) if isinstance(value, str) else value
