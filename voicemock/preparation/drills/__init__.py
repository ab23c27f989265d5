"""One file a drill: what is asked, what is asked back, and what its short report says.

A drill is a module here with a ``DRILL``; its name is the module's. Nothing registers it: it is found by its file, so
adding one touches its file and its test.
"""

__all__ = ["Drill", "find_drill", "load_drills"]

import functools
import importlib
import pkgutil
from collections.abc import Mapping

from voicemock.errors import UnknownNameError
from voicemock.preparation.drills._base import Drill


@functools.cache
def load_drills() -> Mapping[str, Drill]:
    """Return every drill by its name."""
    modules = sorted(m.name for m in pkgutil.iter_modules(__path__) if not m.name.startswith("_"))
    return {name.replace("_", "-"): importlib.import_module(f"{__name__}.{name}").DRILL for name in modules}


def find_drill(name: str) -> Drill:
    """Return a drill by its name, or raise UnknownNameError with the nearest."""
    drills = load_drills()
    if name not in drills:
        raise UnknownNameError("drill", name, drills, listed_by="voicemock drill")
    return drills[name]
