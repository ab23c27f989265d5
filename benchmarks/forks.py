"""Run pytest on each list of tests that comes on standard input, in a fork: what takes long is imported once.

For ``mutate.py``. What pytest prints goes to the file ``told``; how it ended comes on standard output, a line each.
"""

import json
import os
import signal
import sys
import time

import pytest
import typer  # noqa: F401

PATIENCE_S = 300.0
"""A change that makes the tests run for longer than this has been noticed."""

OPTIONS = ["-x", "-q", "-m", "not real", "-p", "no:cacheprovider", "-W", "ignore::pytest.PytestAssertRewriteWarning"]


def main() -> None:
    for line in sys.stdin:
        if not (child := os.fork()):
            os.setsid()
            told = os.open("told", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            for stream in (1, 2):
                os.dup2(told, stream)
            os._exit(pytest.main([*OPTIONS, *json.loads(line)]))
        print(end_of(child), flush=True)


def end_of(child: int) -> int | str:
    """Wait for a child, and end it where it takes too long, with all it started."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        pid, status = os.waitpid(child, os.WNOHANG)
        if pid:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.02)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return "too slow"


if __name__ == "__main__":
    main()
