"""Break the code on purpose, one small change at a time, and see whether the nearest tests notice.

    python benchmarks/mutate.py [--count 80] [--seed 1] [--workers 2] [--within checks reading …] [--json mutants.json]

A seeded sample of changes, the same share from each room: a number moved (by a half, or by one), a comparison turned
or its border moved, + for -, `and` for `or`, a `not` or a minus dropped, a condition turned, a list entry left out, a
sort turned round, `min` for `max`, `any` for `all`, an empty return. Each is applied alone in a copy of the working
tree, and the tests that import the changed module run until one fails, then those that import what imports it; those
marked ``real`` are left out. A change nobody notices is printed with its line: write the test, or, where it changes
nothing anyone could see, add it to ``SAME`` in ``mutations.py`` with the reason. Exits with 1 below ``--least``.

Why not a package: mutmut (3.8, BSD-3-Clause) changes only what stands inside a function, and most of what matters here
are limits at the top of a module. Cosmic Ray (8.7, MIT) moves a number by one, which says nothing of 0.4, draws no
sample, and runs one command for all files.
"""

from __future__ import annotations

import argparse
import ast
import functools
import itertools
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from queue import SimpleQueue
from typing import TypeVar

from mutations import ROOT, SAME, Mutant, mutants

T = TypeVar("T")
ROOMS = ("checks", "reading", "coaching", "archive", "interview")
MOST_TESTS = 8
"""Test files tried for one change: what only a far one notices nobody would connect with it."""
PASSED, FAILED, NOTHING_RUN = "0", "1", "5"
ENDED = "pytest ended: "


def sample(rooms: list[str], count: int, seed: int) -> list[Mutant]:
    """Draw as many changes from each room, and within it as many of each kind, as there are."""
    chooser = random.Random(seed)
    drawn: list[Mutant] = []
    for number, room in enumerate(rooms):
        files = sorted((ROOT / "voicemock" / room).glob("*.py"))
        kinds: dict[str, list[Mutant]] = defaultdict(list)
        for mutant in itertools.chain.from_iterable(map(mutants, files)):
            if (mutant.file, mutant.after) not in SAME:
                kinds[mutant.kind].append(mutant)
        for one in kinds.values():
            chooser.shuffle(one)
        rounds = itertools.zip_longest(*(kinds[kind] for kind in sorted(kinds)))
        wanted = (count * (number + 1)) // len(rooms) - (count * number) // len(rooms)
        drawn += itertools.islice((m for each in rounds for m in each if m), wanted)
    return drawn


@functools.cache
def imports(path: Path) -> frozenset[str]:
    """Return the files of ours that a file names: by an import, or by their name in a string that patches."""
    text = path.read_text(encoding="utf-8")
    named: set[str] = set(re.findall(r'"(voicemock(?:\.\w+)+)"', text))
    if "iter_modules(__path__)" in text:  # loads whatever lies beside it
        named |= {f"voicemock.{path.parent.name}.{beside.stem}" for beside in path.parent.glob("[a-z]*.py")}
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and node.module:
            named |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Import):
            named |= {alias.name for alias in node.names}
    return frozenset(file for name in named if (file := _file(name)))


def _file(module: str) -> str | None:
    while module.startswith(("voicemock.", "tests.")):
        for place in (f"{module.replace('.', '/')}.py", f"{module.replace('.', '/')}/__init__.py"):
            if (ROOT / place).exists():
                return place
        module = module.rpartition(".")[0]
    return None


def nearest(file: str) -> list[list[str]]:
    """Return the test files that import a source file, and those that import one that does, the likeliest first."""
    users: dict[str, set[str]] = defaultdict(set)
    for path in (p for top in ("voicemock", "tests") for p in (ROOT / top).rglob("*.py")):
        for used in imports(path):
            users[used].add(str(path.relative_to(ROOT)))
    seen, edge = {file}, {file}
    rings: list[list[str]] = []
    while edge and len(rings) < 2:
        edge = {user for one in edge for user in users[one]} - seen
        seen |= edge
        tests = sorted(one for one in edge if Path(one).name.startswith("test_"))
        if rings:  # whoever starts processes is slow, and far from what is changed
            tests = [test for test in tests if "subprocess" not in (ROOT / test).read_text(encoding="utf-8")]
        if tests:
            rings.append(sorted(tests, key=lambda test: Path(file).stem not in test)[:MOST_TESTS])
    return [*rings, [], []][:2]


class Bench:
    """A copy of the working tree and a process beside it that runs tests there: each run a fork, so imported once."""

    def __init__(self, copy: Path) -> None:
        self._copy = copied(copy)
        self._clock = itertools.count(int(time.time()) + 10)
        (copy / "temporary").mkdir()
        environment = {**os.environ, "PYTHONPATH": str(copy), "TMPDIR": str(copy / "temporary")}
        self._server = subprocess.Popen(
            [sys.executable, "benchmarks/forks.py"],
            cwd=copy,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def failing(self, test: str) -> list[str]:
        """Return what fails in a test file though nothing was changed: the whole file, if pytest cannot say what."""
        failed = self._run(["--maxfail=0", test])
        return [test if name.startswith(ENDED) else name for name in failed]

    def try_out(self, mutant: Mutant, tests: list[str]) -> str:
        """Return the first test that fails, how pytest ended if it cannot say which, or nothing."""
        if all(test.startswith("--") for test in tests):
            return ""
        path = self._copy / mutant.file
        whole = path.read_bytes()
        try:
            self._write(path, whole[: mutant.start] + mutant.text.encode() + whole[mutant.end :])
            return next(iter(self._run(tests)), "")
        finally:
            self._write(path, whole)

    def _write(self, path: Path, source: bytes) -> None:
        path.write_bytes(source)
        os.utime(path, (next(self._clock),) * 2)  # else Python takes what it compiled for the file as it was

    def _run(self, arguments: list[str]) -> list[str]:
        assert self._server.stdin and self._server.stdout
        self._server.stdin.write(json.dumps(arguments).encode() + b"\n")
        self._server.stdin.flush()
        ended = self._server.stdout.readline().decode().strip()
        failed = re.findall(r"^(?:FAILED|ERROR) (.*?)(?: - |$)", (self._copy / "told").read_text(), re.MULTILINE)
        if ended == FAILED and not failed:  # whatever ends pytest so is no test, and would pass for one ever after
            raise RuntimeError((self._copy / "told").read_text()[-2000:])
        return [] if ended in (PASSED, NOTHING_RUN) else failed or [f"{ENDED}{ended}"]


def copied(folder: Path) -> Path:
    """Copy what git tracks, and what is new, as it lies in the working tree."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True
    )
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    return folder


def run(chosen: list[Mutant], *, workers: int) -> list[dict[str, object]]:
    """Try every change out on the nearest tests, and what they let pass on the next ones; print each as it ends."""
    rings = {mutant.file: nearest(mutant.file) for mutant in chosen}
    by: dict[Mutant, str] = {}
    with tempfile.TemporaryDirectory(prefix="mutants-") as top, ThreadPoolExecutor(workers) as pool:
        free: SimpleQueue[Bench] = SimpleQueue()
        for number in range(workers):
            free.put(Bench(Path(top) / str(number)))

        def lend(work: Callable[..., T], *arguments: object) -> T:
            bench = free.get()
            try:
                return work(bench, *arguments)
            finally:
                free.put(bench)

        broken: list[str] = []
        for ring in (0, 1):
            left = [mutant for mutant in chosen if not by.get(mutant) and rings[mutant.file][ring]]
            for failing in pool.map(
                lambda test: lend(Bench.failing, test), {t for m in left for t in rings[m.file][ring]}
            ):
                broken += failing
            tried = [
                [*(f for f in rings[m.file][ring] if f not in broken), *(f"--deselect={test}" for test in broken)]
                for m in left
            ]
            told = pool.map(lambda mutant, tests: lend(Bench.try_out, mutant, tests), left, tried)
            for mutant, failed in zip(left, told, strict=True):
                by[mutant] = failed
                print(f"{'caught' if failed else 'passed'}  {mutant.file}:{mutant.line} {mutant.after}", flush=True)
    print("", *(f"Left out, for it fails as it is: {test}" for test in broken), sep="\n")
    return [{**asdict(mutant), "by": by.get(mutant, "")} for mutant in chosen]


def table(results: list[dict[str, object]]) -> str:
    """Return the counts by room and by kind of change."""
    rows = [f"{'':20} caught  of"]
    for title, key in (("room", lambda r: str(r["file"]).split("/")[1]), ("kind", lambda r: r["kind"])):
        total, caught = Counter(map(key, results)), Counter(key(r) for r in results if r["by"])
        rows += [title, *(f"  {name:18} {caught[name]:6} {count:3}" for name, count in sorted(total.items()))]
    return "\n".join(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--count", type=int, default=80)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--within", nargs="+", default=list(ROOMS), metavar="room")
    parser.add_argument("--least", type=float, default=0.9, help="share that must be caught")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    results = run(sample(options.within, options.count, options.seed), workers=options.workers)
    survived = [r for r in results if not r["by"]]
    print(table(results), "", f"{1 - len(survived) / len(results):.1%} caught", sep="\n")
    for each in survived:
        print(f"{each['file']}:{each['line']} ({each['kind']})\n    {each['before']}\n    {each['after']}")
    if options.json:
        options.json.write_text(json.dumps(results, indent=1, ensure_ascii=False), encoding="utf-8")
    sys.exit(len(survived) > (1 - options.least) * len(results))


if __name__ == "__main__":
    main()
