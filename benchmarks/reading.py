"""Measure what voicemock reads in labelled answers: signals, spans, speed.

usage: python benchmarks/reading.py ANSWERS.jsonl... [--show LABEL]

An answer is one JSON line: id, question, marked (the transcript with ``[[x:`` ``]]`` spans), labels.
Prints a row a label (precision, recall, balanced accuracy: 0.50 is what guessing gives), a row a
kind of span, then one JSON line with the figures. macro_ba averages the labels with at least four
answers of each kind; "not assessed" counts as absent.
"""

import argparse
import json
import time
from collections import Counter
from pathlib import Path
from typing import Any

from voicemock.reading import from_text, read
from voicemock.schema import Kind, Question, Reading, SignalName

TEN_MORE = {
    SignalName.DIAGNOSIS,
    SignalName.SHARED_GOAL,
    SignalName.EMPATHY,
    SignalName.HIRING_EVIDENCE,
    SignalName.UNCERTAINTY,
    SignalName.TEAM_BURDEN,
    SignalName.MIGRATION,
    SignalName.MITIGATE_FIRST,
    SignalName.TARGET,
    SignalName.DIRECTION,
}
"""Signals whose labels stand apart, in ``tests/answers/ten_more``."""
LABELLED = tuple(name for name in SignalName if name not in TEN_MORE)
"""Signals that every answer's own row labels."""
SPANS = {"f": "filler", "m": "metric", "t": "tradeoff", "i": "i", "w": "we"}
Spans = dict[str, list[tuple[int, int]]]


def unmark(marked: str) -> tuple[str, Spans]:
    """Return the plain text and each kind's spans in it."""
    text: list[str] = []
    spans: Spans = {name: [] for name in SPANS.values()}
    open_spans: list[tuple[str, int]] = []
    i = length = 0
    while i < len(marked):
        if marked[i : i + 2] == "[[" and marked[i + 3 : i + 4] == ":" and marked[i + 2] in SPANS:
            open_spans.append((SPANS[marked[i + 2]], length))
            i += 4
        elif marked[i : i + 2] == "]]" and open_spans:
            name, start = open_spans.pop()
            spans[name].append((start, length))
            i += 2
        else:
            text.append(marked[i])
            length += 1
            i += 1
    return "".join(text), spans


def load(path: Path) -> list[dict[str, Any]]:
    """Return the answers of a file, with their text, gold spans and the writer's name (the file's)."""
    rows = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        row["text"], row["spans"] = unmark(row["marked"])
        row["writer"] = path.stem
        rows.append(row)
    return rows


def read_row(row: dict[str, Any]) -> Reading:
    """Read one labelled answer; only the question's words are known, as with ``check --ask``."""
    question = Question(id="asked", text=row["question"], kind=Kind.BEHAVIOURAL)
    return read(from_text(row["text"]), question=question, filled_pauses=None)


def found_spans(reading: Reading) -> Spans:
    """Return each kind of span a reading holds."""
    found: Spans = {
        "filler": [(f.char_start, f.char_end) for f in reading.fillers],
        "i": [(s.char_start, s.char_end) for s in reading.pronouns.i],
        "we": [(s.char_start, s.char_end) for s in reading.pronouns.we],
    }
    for name in (SignalName.METRIC, SignalName.TRADEOFF):
        evidence = reading.signals[name].evidence
        found[name.value] = [
            (e.char_start, e.char_end) for e in evidence if e.char_start is not None and e.char_end is not None
        ]
    return found


def overlaps(one: tuple[int, int], many: list[tuple[int, int]]) -> bool:
    """Whether a span touches any of the others."""
    return any(one[0] < end and start < one[1] for start, end in many)


def score(rows: list[dict[str, Any]], readings: list[Reading], *, show: str = "") -> dict[str, float]:
    """Print the tables and return the figures."""
    figures: dict[str, float] = {}
    balanced: dict[str, float] = {}
    print(f"{'label':<16}{'P':>6}{'R':>6}{'BA':>6}   true")
    for name in LABELLED:
        count: Counter[tuple[bool, bool]] = Counter()
        for row, reading in zip(rows, readings, strict=True):
            got, want = bool(reading.signals[name].present), bool(row["labels"][name.value])
            count[got, want] += 1
            if name.value == show and got != want:
                print(f"  {row['id']}: got {got}, want {want}")
        tp, fp, fn, tn = count[True, True], count[True, False], count[False, True], count[False, False]
        recall = tp / (tp + fn) if tp + fn else 1.0
        accuracy = (recall + (tn / (tn + fp) if tn + fp else 1.0)) / 2
        if min(tp + fn, tn + fp) >= 4:
            balanced[name.value] = accuracy
        precision = tp / (tp + fp) if tp + fp else 1.0
        print(f"{name.value:<16}{precision:6.2f}{recall:6.2f}{accuracy:6.2f}   {tp + fn}/{len(rows)}")
    figures["macro_ba"] = sum(balanced.values()) / max(1, len(balanced))
    figures["tradeoff_ba"] = balanced.get("tradeoff", 0.0)
    figures["metric_ba"] = balanced.get("metric", 0.0)
    print(f"{'span':<16}{'P':>6}{'R':>6}{'F1':>6}   gold")
    for kind in SPANS.values():
        hit_found = n_found = hit_gold = n_gold = 0
        for row, reading in zip(rows, readings, strict=True):
            found, gold = found_spans(reading)[kind], row["spans"][kind]
            wrong = [span for span in found if not overlaps(span, gold)]
            missed = [span for span in gold if not overlaps(span, found)]
            hit_found, n_found = hit_found + len(found) - len(wrong), n_found + len(found)
            hit_gold, n_gold = hit_gold + len(gold) - len(missed), n_gold + len(gold)
            if show == f"{kind}-spans":
                for mark, spans in (("+", wrong), ("-", missed)):
                    for start, end in spans:
                        around = row["text"][max(0, start - 50) : start], row["text"][end : end + 40]
                        print(f"  {row['id']} {mark} {around[0]}>>{row['text'][start:end]}<<{around[1]}")
        p, r = hit_found / n_found if n_found else 1.0, hit_gold / n_gold if n_gold else 1.0
        figures[f"{kind}_span_f1"] = 2 * p * r / (p + r) if p + r else 0.0
        print(f"{kind:<16}{p:6.2f}{r:6.2f}{figures[f'{kind}_span_f1']:6.2f}   {n_gold}")
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("answers", nargs="+", type=Path)
    parser.add_argument("--show", default="", help="list what this label, or LABEL-spans, gets wrong")
    args = parser.parse_args()
    rows = [row for path in args.answers for row in load(path)]
    read_row(rows[0])  # the first reading loads the lexicons
    began = time.perf_counter()
    readings = [read_row(row) for row in rows]
    seconds = (time.perf_counter() - began) / len(rows)
    figures = score(rows, readings, show=args.show)
    print(json.dumps({key: round(value, 3) for key, value in figures.items()} | {"s_an_answer": round(seconds, 4)}))


if __name__ == "__main__":
    main()
