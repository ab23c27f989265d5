"""The small changes ``mutate.py`` makes to a source file."""

from __future__ import annotations

import ast
import functools
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent

SAME: dict[tuple[str, str], str] = {
    (
        "voicemock/reading/encoder.py",
        "for path in list(reversed(sorted(FOLDER.iterdir()))):",
    ): "a hash of all files in one order is as good as in the other",
    (
        "voicemock/coaching/standing.py",
        'if finding.check != "missing_signals" or not standing.filled and answer.question is None:',
    ): "only a follow-up fills a gap, and only a question has one; where nothing is filled, nothing is left out",
    (
        "voicemock/reading/question_heard.py",
        "if 2 * max(len(word), len(other)) < ALIKE * (len(word) + len(other)) or not set(word) & set(other):",
    ): "it only saves time: the ratio below comes out the same",
    (
        "voicemock/coaching/trust.py",
        "return self.judged >= FEWEST and interval(self)[1] <= LINE",
    ): "no share of whole verdicts has an interval that ends at the line to the last digit",
    **{
        ("voicemock/archive/lock.py", f"{name} = {moved}"): "another process is waited for a little more or less"
        for name, moves in (("PATIENCE_S", ("0.75", "0.3")), ("WRITTEN_WITHIN_S", ("15.0", "6.0")))
        for moved in moves
    },
    **{
        ("voicemock/archive/kept_rows.py", f"found += {moved}"): "what no file has for age and size will do as well"
        for moved in ("(1, -1)", "(-1, 1)", "(-2, -1)", "(-1, -2)")
    },
    **{
        ("voicemock/interview/turn.py", f"POLL_S = {moved}"): "keys are looked at a little more or less often"
        for moved in ("0.15", "0.06")
    },
}
"""Changes that cannot be noticed, by module and by the line with the change made, and why."""

TURNED = {
    ast.Lt: (">=", "<="),
    ast.LtE: (">", "<"),
    ast.Gt: ("<=", ">="),
    ast.GtE: ("<", ">"),
    ast.Eq: ("!=",),
    ast.NotEq: ("==",),
    ast.In: ("not in",),
    ast.NotIn: ("in",),
    ast.Is: ("is not",),
    ast.IsNot: ("is",),
}
SWAPPED = {ast.Add: "-", ast.Sub: "+", ast.Mult: "/", ast.Div: "*", ast.FloorDiv: "*", ast.Mod: "+"}
OPERATOR = re.compile(r"\b(?:is not|not in|is|in|and|or)\b|[<>=!]=|//|[<>+*/%-]")
FORMAL = ("frozen", "kw_only", "strict", "gc")
"""Keywords that change no result."""

OTHER_NAME = {"min": "max", "max": "min", "any": "all", "all": "any"}
EMPTY = {"bool": "True", "str": '""', "int": "0", "float": "0.0", "tuple": "()", "list": "[]", "dict": "{}"}


@dataclass(frozen=True)
class Mutant:
    """One change. start, end: bytes of the file that ``text`` replaces."""

    file: str
    line: int
    kind: str
    start: int
    end: int
    text: str
    before: str
    after: str


def mutants(path: Path) -> list[Mutant]:
    """Return every change this file can take."""
    source = path.read_bytes()
    starts = [0, *itertools.accumulate(len(line) for line in source.splitlines(keepends=True))]
    lines = source.decode().splitlines()

    def at(node: ast.AST) -> tuple[int, int]:
        return starts[node.lineno - 1] + node.col_offset, starts[node.end_lineno - 1] + node.end_col_offset

    found = []
    tree = ast.parse(source)
    tree.body = [top for top in tree.body if not ast.unparse(top).startswith("__all__")]
    for kind, first, last, text in _changes(tree, at, source.decode("latin-1")):
        number = source[:first].count(b"\n")
        changed = source[starts[number] : first] + text.encode() + source[last:].split(b"\n", 1)[0]
        before, after = lines[number].strip(), changed.decode().strip()
        found.append(Mutant(str(path.relative_to(ROOT)), number + 1, kind, first, last, text, before, after))
    return found


def _changes(tree: ast.Module, at, source: str) -> Iterator[tuple[str, int, int, str]]:
    """Yield (kind, start, end, replacement); source holds one character a byte."""

    def code(node: ast.AST) -> str:
        first, last = at(node)
        return source[first:last].encode("latin-1").decode()

    def between(one: ast.AST, two: ast.AST, operator: str) -> tuple[int, int, str]:
        first, last = at(one)[1], at(two)[0]
        return first, last, OPERATOR.sub(operator, source[first:last], count=1)

    formal = {
        k.value for n in ast.walk(tree) if isinstance(n, ast.Call | ast.ClassDef) for k in n.keywords if k.arg in FORMAL
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and type(node.value) in (int, float):
            yield from (("number", *at(node), moved) for moved in _moved(node.value))
        elif isinstance(node, ast.Constant) and type(node.value) is bool and node not in formal:
            yield "bool", *at(node), str(not node.value)
        elif isinstance(node, ast.Compare):
            for left, op, right in zip([node.left, *node.comparators], node.ops, node.comparators, strict=False):
                yield from (("compare", *between(left, right, new)) for new in TURNED[type(op)])
        elif isinstance(node, ast.BinOp) and type(node.op) in SWAPPED and not _joins(node, source):
            yield "arithmetic", *between(node.left, node.right, SWAPPED[type(node.op)])
        elif isinstance(node, ast.BoolOp):
            other = "or" if isinstance(node.op, ast.And) else "and"
            yield from (("and/or", *between(one, two, other)) for one, two in itertools.pairwise(node.values))
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.USub):
            yield "not" if isinstance(node.op, ast.Not) else "minus", *at(node), code(node.operand)
        elif isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue  # what is imported for types alone changes nothing
        elif isinstance(node, ast.If | ast.IfExp | ast.While):
            yield "condition", *at(node.test), f"(not ({code(node.test)}))"
        elif isinstance(node, ast.comprehension):
            yield from (("condition", *at(test), f"(not ({code(test)}))") for test in node.ifs)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield from _called(node, node.func.id, at, code)
        elif isinstance(node, ast.Tuple | ast.List | ast.Set) and len(node.elts) > 2 and node in _listed(tree):
            for one, two in itertools.pairwise(node.elts):
                yield "entry", at(one)[0], at(two)[0], ""
        elif isinstance(node, ast.FunctionDef):
            yield from _returned(node, at)


def _joins(node: ast.BinOp, source: str) -> bool:
    """Tell whether an operator joins paths or texts: any other there is an error at once."""
    text = any(
        isinstance(side, ast.JoinedStr) or isinstance(getattr(side, "value", 0), str)
        for side in (node.left, node.right)
    )
    return text or (isinstance(node.op, ast.Div) and "import Path" in source)


@functools.cache
def _listed(tree: ast.Module) -> set[ast.AST]:
    """Return the lists that stand alone at the top of a module."""
    return {
        node for top in tree.body if isinstance(top, ast.Assign | ast.AnnAssign) and top.value for node in [top.value]
    }


def _moved(value: float) -> list[str]:
    if isinstance(value, float):
        return [repr(round(value * by, 6)) for by in (1.5, 0.6)] if value else ["1.0"]
    return [str(value + 1)] if value < 2 else [str(value + 1), str(value - 1)]


def _called(node: ast.Call, name: str, at, code) -> Iterator[tuple[str, int, int, str]]:
    if name in OTHER_NAME:
        yield "min/max/any/all", *at(node.func), OTHER_NAME[name]
    elif name == "sorted":
        yield "order", *at(node), f"list(reversed({code(node)}))"
    elif name == "reversed":
        yield "order", *at(node.func), ""
    elif name in ("round", "abs") and len(node.args) == 1:
        yield "call", *at(node.func), ""


def _returned(function: ast.FunctionDef, at) -> Iterator[tuple[str, int, int, str]]:
    """Yield an empty value in place of each value returned."""
    kind = ast.unparse(function.returns or ast.Constant(None)).strip("'\"")
    empty = EMPTY.get(kind.partition("[")[0]) or ("None" if kind.endswith("| None") else "")
    for node in ast.walk(function):
        if empty and isinstance(node, ast.Return) and node.value and ast.unparse(node.value) != empty:
            yield "return", *at(node.value), empty
            if kind == "bool" and ast.unparse(node.value) != "False":
                yield "return", *at(node.value), "False"
