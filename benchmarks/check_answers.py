"""Check that labelled answers hold together: ``python benchmarks/check_answers.py [FOLDER...]``.

Without a folder: ``tests/answers`` and ``tests/answers/registers``, both of which ``reader/train.py`` learns from. A
file named ``*evidence*`` holds the sentences that prove a label, every other one answers. Prints each fault, then how
many answers there are, and exits with 1 where there was a fault:

- an id used twice; a label that is missing or unknown; a span that does not close or holds nothing;
- ``metric`` or ``tradeoff`` at odds with its spans; ``customer_first`` without ``customer``;
- evidence for no answer, for a label that does not hold, or that is not in the answer word for word;
- in ``registers``, a label that holds and has no evidence (those in BY_OTHER_MEANS need none);
- two answers that share too many of their words in a row.
"""

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

from reading import LABELLED, unmark

ANSWERS = Path(__file__).parent.parent / "tests" / "answers"
LABELS = {name.value for name in LABELLED}
BY_OTHER_MEANS = {"metric", "tradeoff", "customer_first", "on_topic"}
"""Labels that spans, the place of another label's evidence, or the question prove."""
RUN = 5
"""So many words in a row count as copied,"""
SHARED = 0.1
"""and so large a share of the shorter answer's runs in another makes the two near-duplicates."""

Row = dict[str, Any]


def load(folders: list[Path]) -> tuple[list[Row], dict[str, dict[str, list[str]]]]:
    """Return the answers of the folders, each with the ``folder`` it is from, and the evidence by id."""
    rows: list[Row] = []
    proofs: dict[str, dict[str, list[str]]] = {}
    for path in sorted(path for folder in folders for path in folder.glob("*.jsonl")):
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            if "evidence" in path.stem:
                proofs[row["id"]] = row["evidence"]
            else:
                rows.append(row | {"folder": path.parent.name})
    return rows, proofs


def in_marks(row: Row) -> Iterator[str]:
    """Yield what is wrong with an answer's spans and labels."""
    text, spans = unmark(row["marked"])
    labels = row["labels"]
    # `unmark` drops a span that is still open at the end without a word, so count them
    if "[[" in text or "]]" in text or sum(map(len, spans.values())) != row["marked"].count("[["):
        yield "a span does not close"
    if any(not text[start:end].strip() for found in spans.values() for start, end in found):
        yield "a span holds nothing"
    if set(labels) != LABELS or not all(isinstance(held, bool) for held in labels.values()):
        yield f"labels: {sorted(set(labels) ^ LABELS) or 'not all true or false'}"
        return
    for label in ("metric", "tradeoff"):
        if labels[label] != bool(spans[label]):
            yield f"{label} is {labels[label]}, and it has {len(spans[label])} spans of it"
    if labels["customer_first"] and not labels["customer"]:
        yield "customer_first without customer"


def in_proofs(row: Row, proof: dict[str, list[str]] | None) -> Iterator[str]:
    """Yield what is wrong with an answer's evidence."""
    text = unmark(row["marked"])[0]
    for label, quotes in (proof or {}).items():
        if not row["labels"].get(label):
            yield f"{label} is proved and does not hold"
        yield from (f"{label}: not in it: {quote!r}" for quote in quotes if quote not in text)
    if row["folder"] == "registers":
        held = {label for label, holds in row["labels"].items() if holds}
        proved = {label for label, quotes in (proof or {}).items() if quotes}
        yield from (f"{label} holds and is not proved" for label in sorted(held - BY_OTHER_MEANS - proved))


def alike(rows: list[Row]) -> Iterator[str]:
    """Yield the pairs of answers that share too many runs of words."""
    runs: dict[str, set[tuple[str, ...]]] = {}
    holders: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for row in rows:
        words = "".join(c for c in unmark(row["marked"])[0].lower() if c.isalnum() or c.isspace()).split()
        runs[row["id"]] = {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}
        for run in runs[row["id"]]:
            holders[run].add(row["id"])
    shared = Counter(pair for ids in holders.values() for pair in combinations(sorted(ids), 2))
    for (one, other), count in sorted(shared.items()):
        if count > SHARED * min(len(runs[one]), len(runs[other])):
            yield f"{one}: shares {count} runs of {RUN} words with {other}"


def faults(rows: list[Row], proofs: dict[str, dict[str, list[str]]]) -> list[str]:
    """Return every fault, each beginning with the answer's id."""
    times = Counter(row["id"] for row in rows)
    found = [f"{answer}: used {count} times" for answer, count in times.items() if count > 1]
    found += [f"{answer}: proved, and not among the answers" for answer in proofs if answer not in times]
    for row in rows:
        found += [f"{row['id']}: {fault}" for fault in (*in_marks(row), *in_proofs(row, proofs.get(row["id"])))]
    return [*found, *alike(rows)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, default=[ANSWERS, ANSWERS / "registers"])
    rows, proofs = load(parser.parse_args().folders)
    found = faults(rows, proofs)
    print(*found, f"{len(rows)} answers, {len(found)} faults", sep="\n")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
