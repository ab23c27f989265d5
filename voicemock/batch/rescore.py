"""What it changed to read again what was heard before: new checks, a new reader, another question."""

__all__ = ["changes", "earlier_rows"]

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from voicemock.batch.results import Results
from voicemock.batch.row import Row
from voicemock.phrases import plural
from voicemock.report.figures import Figures

ANSWERS = {True: "yes", False: "no", None: "could not tell"}


def earlier_rows(out: Path) -> tuple[Row, ...]:
    """Return the rows that stand in an output folder before it is worked on."""
    return tuple(Results(out).rows)


def changes(before: Sequence[Row], after: Sequence[Row]) -> str:
    """Return in a sentence what is no longer as it was, and in how many recordings: what changed most first.

    A recording is compared with its row on the same question; if there is none, with its last row.
    """
    last = {row.sha256: row for row in before}
    same = {(row.sha256, row.question_id, row.question): row for row in before}
    counts: Counter[str] = Counter()
    compared = changed = 0
    for row in after:
        old = same.get((row.sha256, row.question_id, row.question)) or last.get(row.sha256)
        if row.error or not old:
            continue
        different = list(_differences(old, row))
        counts.update(different)
        compared += 1
        changed += bool(different)
    if not changed:
        return f"Nothing changed in {plural(compared, 'recording')}."
    listed = ", ".join(f"{what} {count}" for what, count in sorted(counts.items(), key=lambda one: (-one[1], one[0])))
    return f"{changed} of {compared} changed: {listed}."


def _differences(old: Row, new: Row) -> Iterator[str]:
    """Yield what differs between two rows on one recording, each in words that other recordings share."""
    for name in Figures.__struct_fields__:
        was, now = getattr(old, name), getattr(new, name)
        if was == now:
            continue
        if isinstance(was, bool) or isinstance(now, bool):
            yield f"{name} {ANSWERS[was]} -> {ANSWERS[now]}"
        elif name == "findings":
            yield from (f"findings -{check}" for check in _without(was, now))
            yield from (f"findings +{check}" for check in _without(now, was))
        else:
            yield name


def _without(some: Sequence[Any], others: Sequence[Any]) -> list[Any]:
    return [one for one in some if one not in others]
