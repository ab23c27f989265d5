"""Memory that is not needed any more."""

__all__ = ["give_back"]

import sys
from collections.abc import Callable
from functools import cache


def give_back() -> None:
    """Give the system the memory that was freed, where the C library would keep it."""
    _trim()(0)


@cache
def _trim() -> Callable[[int], object]:
    """Return glibc's malloc_trim, or what does nothing: other systems give memory back by themselves."""
    import ctypes

    libc = ctypes.CDLL(None) if sys.platform == "linux" else None
    return getattr(libc, "malloc_trim", bool)
