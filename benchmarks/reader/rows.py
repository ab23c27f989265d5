"""Labelled answers, invented and real, as one kind of row to learn from.

Invented ones come from ``tests/answers``. Real ones are rebuilt from word positions first: see
``benchmarks/real_speech/README.md``; files of labelled rows from elsewhere may be added.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).parents[2]
ANSWERS = ROOT / "tests" / "answers"
OFF_TOPIC = ROOT / "tests" / "off_topic.jsonl"
REAL = ROOT / "benchmarks" / "real_speech"
sys.path.insert(0, str(REAL))
from pack import unmark  # noqa: E402

from voicemock.questions.sets import list_sets  # noqa: E402

SIGNALS = (
    *("situation", "task", "action", "result", "tradeoff", "metric", "rationale", "reflection", "customer"),
    *("customer_first", "stakeholders", "people_growth", "risk", "operations", "scale", "cost", "owns_failure"),
    *("credits_team", "org_impact", "on_topic"),
    *("diagnosis", "shared_goal", "empathy", "hiring_evidence", "uncertainty", "team_burden", "migration"),
    *("mitigate_first", "target", "direction"),
)
TWENTY, TEN = SIGNALS[:20], SIGNALS[20:]
SPANS = {"f": "filler", "m": "metric", "t": "tradeoff", "i": "i", "w": "we"}
HABITS = ("careful", "own", "strict", "invented")
"""Annotators by how freely they say true: of passages from elsewhere, of a to c, of d and e, of invented answers."""

FOLDS = 4
ELSEWHERE = "something else"
"""The group of recipes and matches: too few to hold any out here."""
TIMES_ELSEWHERE = 3
"""How often each text about something else is learned from, each time put to another question."""

Place = tuple[int, int]


@dataclass(frozen=True)
class Row:
    """One answer.

    labels: True, False, or None where the annotator could not tell. spans: characters, None where that kind was not
    marked. proofs: the characters that prove a signal. group: what must not be on both sides of a split.
    """

    id: str
    question: str
    text: str
    habit: str
    group: str
    labels: dict[str, bool | None]
    spans: dict[str, list[Place] | None]
    proofs: dict[str, list[Place]] = field(default_factory=dict)


def invented() -> list[Row]:
    """Return the invented answers; a writer, or a register, is a group."""
    proofs = {row["id"]: row["evidence"] for path in ANSWERS.rglob("*evidence*.jsonl") for row in _lines(path)}
    ten = {row["id"]: row for row in _lines(ANSWERS / "ten_more" / "labels.jsonl")}
    paths = [p for p in sorted(ANSWERS.rglob("*.jsonl")) if "evidence" not in p.stem and p.parent.name != "ten_more"]
    rows = []
    for path in paths:
        for row in _lines(path):
            more = ten[row["id"]]
            labels = row["labels"] | _ten(more)
            quotes = proofs.get(row["id"], {}) | more["true"]
            group = f"{path.stem} {row.get('register', '')}".strip()
            rows.append(_row(row | {"labels": labels, "evidence": quotes}, "invented", group))
    return rows


def real(path: Path) -> list[Row]:
    """Return the real passages of a file that ``pack.py build`` wrote, or of one in the same form from elsewhere."""
    ten = json.loads((REAL / "ten_more.json").read_text("utf-8"))
    rows = []
    for row in _lines(path):
        habit = "careful" if row["id"] in ten else "strict" if "marks" in row else "own"
        found = _row(row, habit, row["source"])
        if more := ten.get(row["id"]):
            found.labels.update(_ten(more))
            found.proofs.update({name: [tuple(place) for place in places] for name, places in more["true"].items()})
        rows.append(found)
    return rows


def elsewhere(part: str = "fit", about: str = "something else", times: int = TIMES_ELSEWHERE) -> list[Row]:
    """Return recipes, matches and fairy tales, which answer nothing that is asked; to learn from, those called "fit".

    about: "work" for stories of cooks and nurses, which are answers. times: each is put to so many questions.
    """
    asked = [question.text for each in list_sets(ROOT / "question_sets") for question in each.questions]
    texts = [row["text"] for row in _lines(OFF_TOPIC) if row["part"] == part and row["about"] == about]
    rows = []
    for number, text in enumerate(texts * times):
        labels = dict.fromkeys(SIGNALS) | {"on_topic": about == "work"}
        question, spans = asked[7 * number % len(asked)], dict.fromkeys(SPANS.values())
        rows.append(Row(f"{about} {part} {number}", question, text, "invented", ELSEWHERE, labels, spans))
    return rows


def apart(rows: list[Row], measured: list[Row]) -> list[Row]:
    """Leave out what shares more than two runs of ten words with what is measured on."""
    seen = set().union(*(_runs(row.text) for row in measured))
    return [row for row in rows if len(_runs(row.text) & seen) <= 2]


def split(rows: list[Row], fold: int | None) -> tuple[list[Row], list[Row]]:
    """Return what is learned from and what is held out, whole episodes, writers and registers at a time."""
    chance = np.random.default_rng(1)
    folds: dict[str, int] = {}
    for made in (False, True):
        groups = sorted({row.group for row in rows if (row.habit == "invented") == made} - {ELSEWHERE})
        folds |= {groups[i]: n % FOLDS for n, i in enumerate(chance.permutation(len(groups)))}
    held = [row for row in rows if fold is not None and folds.get(row.group) == fold]
    return [row for row in rows if row not in held], held


def _row(row: dict[str, Any], habit: str, group: str) -> Row:
    text, spans = unmark(row["marked"])
    marked = row.get("marks", "".join(SPANS))
    labels = {name: row["labels"].get(name) for name in SIGNALS}
    for name in ("metric", "tradeoff"):
        if labels[name] is None:
            spans[name] = None
    kinds = {name: spans[name] if letter in marked else None for letter, name in SPANS.items()}
    proofs = {name: [p for q in quotes if (p := _place(text, q))] for name, quotes in row.get("evidence", {}).items()}
    proofs |= {name: spans[name] for name in ("metric", "tradeoff") if spans[name]}
    return Row(row["id"], row["question"], text, habit, group, labels, kinds, proofs)


def _ten(more: dict[str, Any]) -> dict[str, bool | None]:
    return {name: True if name in more["true"] else None if name in more["unsure"] else False for name in TEN}


def _place(text: str, quote: str) -> Place | None:
    start = text.find(quote)
    return (start, start + len(quote)) if start >= 0 else None


def _runs(text: str) -> set[str]:
    words = re.findall(r"[a-z']+", text.lower())
    return {" ".join(words[at : at + 10]) for at in range(len(words) - 9)}


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    yield from map(json.loads, path.read_text("utf-8").splitlines())
