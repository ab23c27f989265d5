"""A closed terminal or a polite kill ends a session in order: what was said is on disk, the report written."""

__all__ = ["Terminated", "orderly_end"]

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

PATIENCE_S = 2.0
"""How long there is to write the report; then the process ends anyway, since a closed session or a shutdown does
not wait long. voicemock default, unvalidated."""

SIGNALS = tuple(getattr(signal, name) for name in ("SIGHUP", "SIGTERM") if hasattr(signal, name))


class Terminated(BaseException):
    """The process must end now. Like KeyboardInterrupt, not an Exception, so that nobody mistakes it for a failure."""


@contextmanager
def orderly_end() -> Iterator[None]:
    """Raise Terminated inside the context when SIGHUP or SIGTERM comes, and exit with 128 plus the signal's number.

    Whatever is done about Terminated, the process ends within ``PATIENCE_S`` of the signal. Enter it
    first, in the main thread: contexts inside it may fail on a terminal that is gone, and need not care.
    """
    came: list[int] = []
    over = threading.Event()
    terminals = [fd for fd in (0, 1, 2) if os.isatty(fd)]

    def handle(number: int, _frame: FrameType | None) -> None:
        for one in before:
            signal.signal(one, signal.SIG_IGN)
        came.append(number)
        over.set()
        if number != signal.SIGTERM:
            _let_go(terminals)
        raise Terminated

    def watch() -> None:
        over.wait()
        if came:
            time.sleep(PATIENCE_S)
            os._exit(128 + came[0])  # a thread still listening to a take would hold up the interpreter's own exit

    # Started now, not by the handler: that may interrupt somebody who holds a lock a new thread needs.
    threading.Thread(target=watch, name="voicemock-end", daemon=True).start()
    before = {one: signal.getsignal(one) for one in SIGNALS if signal.getsignal(one) != signal.SIG_IGN}  # nohup
    for one in before:
        signal.signal(one, handle)
    try:
        yield
    finally:
        if came:
            raise SystemExit(128 + came[0])
        for one, handler in before.items():
            signal.signal(one, handler)
        over.set()


def _let_go(terminals: list[int]) -> None:
    """Discard what would be printed: writing to a terminal that is gone is an error."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for fd in terminals:
        os.dup2(nowhere, fd)
