"""One file a check: pure functions of an answer.

A check is a module here whose name is its id, with a docstring in five parts (What it does, Why it
matters, Example, Better, Source) and a function ``check(answer) -> Verdict``. Nothing registers it:
it is found by its file, so adding one touches its file and its test.
"""

__all__ = ["Check", "find_check", "load_checks"]

import importlib
import pkgutil
import re
from collections.abc import Callable

import msgspec

from voicemock.checks._base import Verdict
from voicemock.errors import UnknownNameError
from voicemock.schema import Answer

SECTIONS = ("What it does", "Why it matters", "Example", "Better", "Source")


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """A check as the command line lists and explains it.

    summary: the first line of its docstring; sections: the five parts by their heading.
    """

    id: str
    summary: str
    sections: dict[str, str]
    run: Callable[[Answer], Verdict]


def load_checks() -> tuple[Check, ...]:
    """Import every check, in the order of their names."""
    names = sorted(m.name for m in pkgutil.iter_modules(__path__) if not m.name.startswith("_"))
    return tuple(_load(name) for name in names)


def find_check(name: str) -> Check:
    """Return one check by its id, or raise UnknownNameError with the nearest ids."""
    checks = {check.id: check for check in load_checks()}
    if name not in checks:
        raise UnknownNameError("check", name, checks, listed_by="voicemock checks")
    return checks[name]


def _load(name: str) -> Check:
    module = importlib.import_module(f"{__name__}.{name}")
    summary, _, rest = (module.__doc__ or "").strip().partition("\n")
    headed = re.split(rf"^({'|'.join(SECTIONS)})\.\s*", rest, flags=re.MULTILINE)[1:]
    sections = {
        head: re.sub(r"\s*\n\s*", " ", body.strip()) for head, body in zip(headed[::2], headed[1::2], strict=True)
    }
    return Check(id=name, summary=summary, sections=sections, run=module.check)
