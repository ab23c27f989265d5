"""The table of a batch as Parquet: the columns of the CSV file, with their types."""

__all__ = ["as_parquet", "need_parquet"]

import importlib.util
from collections.abc import Sequence

from voicemock.batch.cells import harmless
from voicemock.batch.columns import Column
from voicemock.batch.row import Row
from voicemock.errors import UsageError


def need_parquet() -> None:
    """Raise UsageError if Parquet cannot be written on this machine."""
    if importlib.util.find_spec("pyarrow") is None:
        raise UsageError(
            "A Parquet table needs pyarrow, which is not installed.",
            hint='It is in the extra "tables": pip install "voicemock[tables]". results.csv needs nothing.',
        )


def as_parquet(columns: Sequence[Column], rows: Sequence[Row]) -> bytes:
    """Return the table as the bytes of a file: numbers are numbers, lists are lists, and what is not known is null."""
    need_parquet()
    import pyarrow
    from pyarrow import parquet

    types = {
        str: pyarrow.string(),
        int: pyarrow.int64(),
        float: pyarrow.float64(),
        bool: pyarrow.bool_(),
        tuple: pyarrow.list_(pyarrow.string()),
    }
    arrays = [pyarrow.array([_plain(c.cell(row)) for row in rows], type=types[c.kind]) for c in columns]
    sink = pyarrow.BufferOutputStream()
    parquet.write_table(pyarrow.Table.from_arrays(arrays, names=[c.name for c in columns]), sink)
    content: bytes = sink.getvalue().to_pybytes()
    return content


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return [harmless(item) for item in value]
    return harmless(value) if isinstance(value, str) else value
