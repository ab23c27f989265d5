"""The journeys in docs/design.md are the code's own: each call named there is made, and nothing comes from nowhere."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HOP = re.compile(r"^    (\S+\.py) (\S+) → (\S+\.py) (\S+)$", re.MULTILINE)


def journeys() -> dict[str, list[tuple[str, str, str, str]]]:
    text = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")
    parts = re.split(r"^### (.+)$", text, flags=re.MULTILINE)[1:]
    return {name: hops for name, part in zip(parts[::2], parts[1::2], strict=True) if (hops := HOP.findall(part))}


@cache
def names_in(path: str, function: str) -> frozenset[str]:
    """Return every name a function, or a method of a class, speaks of."""
    node: ast.AST = ast.parse((ROOT / "voicemock" / path).read_text(encoding="utf-8"))
    for part in function.split("."):
        (node,) = [
            n for n in ast.iter_child_nodes(node) if isinstance(n, ast.FunctionDef | ast.ClassDef) and n.name == part
        ]
    names = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
    return frozenset(names | {n.attr for n in ast.walk(node) if isinstance(n, ast.Attribute)})


def missing(caller: tuple[str, str], callee: tuple[str, str]) -> str:
    """Say what is not so about a hop, nothing where all is."""
    name = callee[1].split(".")[-1]
    try:
        names_in(*callee)
    except (OSError, ValueError):
        return f"{callee} is not there"
    try:
        return "" if name in names_in(*caller) else f"{caller} does not call {name}"
    except (OSError, ValueError):
        return f"{caller} is not there"


def test_there_are_three():
    assert list(journeys()) == ["A live answer", "Review", "Batch"]


@pytest.mark.parametrize("name", ["A live answer", "Review", "Batch"])
def test_every_call_is_made(name: str):
    wrong = [said for a, b, c, d in journeys()[name] if (said := missing((a, b), (c, d)))]
    assert not wrong


def test_a_call_nobody_makes_is_seen():
    assert missing(("cli/batch.py", "batch"), ("jobs/review.py", "write_review"))
    assert missing(("cli/batch.py", "batch"), ("batch/run.py", "gone"))
    assert missing(("cli/batch.py", "gone"), ("batch/run.py", "run_batch"))
