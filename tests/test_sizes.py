"""Files, functions and signatures stay small enough to be read at a glance."""

import ast
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "voicemock"
MOST_LINES, LONGEST_FUNCTION, MOST_PARAMETERS = 300, 40, 6


def too_big(path: Path, *, command: bool) -> Iterator[str]:
    """Yield what is too big in a file; command: the options of a command line are its parameters, however many."""
    text = path.read_text(encoding="utf-8")
    if text.count("\n") > MOST_LINES:
        yield f"{path.name} has more than {MOST_LINES} lines"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            names = [a.arg for a in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
            if node.end_lineno - node.lineno >= LONGEST_FUNCTION:
                yield f"{path.name}: {node.name} has more than {LONGEST_FUNCTION} lines"
            if len(names) - (names[:1] in (["self"], ["cls"])) > MOST_PARAMETERS and not command:
                yield f"{path.name}: {node.name} has more than {MOST_PARAMETERS} parameters"


def test_nothing_is_too_big():
    found = [said for p in PACKAGE.rglob("*.py") for said in too_big(p, command=p.parent.name == "cli")]
    assert found == []


def test_what_is_too_big_is_seen(tmp_path):
    big = tmp_path / "big.py"
    big.write_text("def f(a, b, c, d, e, g, h):\n" + "    a()\n" * 300)
    assert len(list(too_big(big, command=False))) == 3
    assert len(list(too_big(big, command=True))) == 2
