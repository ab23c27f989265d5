"""One file a check: pure functions of an answer.

A check is a module here whose name is its id, with a docstring in five parts (What it does, Why it
matters, Example, Better, Source) and a function ``check(answer) -> Verdict``. Nothing registers it:
it is found by its file, so adding one touches its file and its test.

Another package adds checks of its own by naming such modules in the entry point group
``voicemock.checks``; the entry point's name is the check's id.
"""

__all__ = ["DEFAULT", "Check", "Limit", "Verdict", "find_check", "load_checks"]

import functools
import importlib
import pkgutil
import re
from collections.abc import Callable, Collection, Iterator
from types import ModuleType
from typing import TYPE_CHECKING, NoReturn

import msgspec

from voicemock.checks._base import DEFAULT, Limit, Verdict
from voicemock.errors import UnknownNameError
from voicemock.printable import plain
from voicemock.schema import Answer

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

SECTIONS = ("What it does", "Why it matters", "Example", "Better", "Source")
GROUP = "voicemock.checks"
"""The entry point group in which other packages name theirs."""


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """A check as the command line lists and explains it.

    summary: the first line of its docstring; sections: the five parts by their heading.
    """

    id: str
    summary: str
    sections: dict[str, str]
    run: Callable[[Answer], Verdict]


@functools.cache
def load_checks() -> tuple[Check, ...]:
    """Import every check in the order of their names: voicemock's own, then other packages'."""
    names = sorted(m.name for m in pkgutil.iter_modules(__path__) if not m.name.startswith("_"))
    own = tuple(_check(name, importlib.import_module(f"{__name__}.{name}")) for name in names)
    return (*own, *_others(names))


def find_check(name: str) -> Check:
    """Return one check by its id, or raise UnknownNameError with the nearest ids."""
    checks = {check.id: check for check in load_checks()}
    if name not in checks:
        raise UnknownNameError("check", name, checks, listed_by="voicemock checks")
    return checks[name]


def _others(taken: Collection[str]) -> Iterator[Check]:
    """Yield the checks of other packages; one that cannot be used says so when it is run or explained."""
    from importlib.metadata import entry_points

    seen = set(taken)
    for point in sorted(entry_points(group=GROUP), key=lambda point: (point.name, point.value)):
        origin = point.dist.name if point.dist else point.value
        try:
            if point.name in seen:
                raise ValueError(f"another check is already named {point.name}")
            yield _checked(point)
            seen.add(point.name)
        except (Exception, SystemExit) as error:
            name = f"{point.name} of {origin}" if point.name in seen else point.name
            yield _broken(name, origin, error)


def _checked(point: "EntryPoint") -> Check:
    """Load another package's check; what it returns is checked against the schema before it goes into a report."""
    check = _check(point.name, point.load())

    def run(answer: Answer) -> Verdict:
        verdict = msgspec.convert(msgspec.to_builtins(check.run(answer)), Verdict)
        findings = (msgspec.structs.replace(finding, check=point.name) for finding in verdict.findings)
        return Verdict(measures=verdict.measures, findings=tuple(findings))

    return msgspec.structs.replace(check, run=run)


def _broken(name: str, origin: str, error: BaseException) -> Check:
    told = plain(f"{type(error).__name__}: {error}")

    def run(_: Answer) -> NoReturn:
        raise ImportError(told)

    sections = {"Where it comes from": f"The package {origin}."}
    return Check(id=name, summary=f"Cannot be used: {told}", sections=sections, run=run)


def _check(name: str, module: ModuleType) -> Check:
    summary, _, rest = (module.__doc__ or "").strip().partition("\n")
    headed = re.split(rf"^({'|'.join(SECTIONS)})\.\s*", rest, flags=re.MULTILINE)[1:]
    sections = {
        head: re.sub(r"\s*\n\s*", " ", body.strip()) for head, body in zip(headed[::2], headed[1::2], strict=True)
    }
    return Check(id=name, summary=summary, sections=sections, run=module.check)
