"""Runs `voicemock` in this process: whatever a command loads, it loads once for all of them."""

import contextlib
import functools
import io
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from unittest import mock

from voicemock.batch.row import Line
from voicemock.batch.task import Task
from voicemock.cli.main import run
from voicemock.speech import recognise

_whisper = functools.cache(recognise._load)
"""Each Whisper is loaded once; it keeps nothing of what it heard."""


class InThisProcess:
    """Does the work of a batch's pool in this process."""

    def map(self, analyse: Callable[..., Line], tasks: Sequence[Task]) -> Iterator[tuple[Task, Line]]:
        return ((task, analyse(task, threads=1)) for task in tasks)


def voicemock_here(*arguments: object, text: str | bytes = b"") -> "subprocess.CompletedProcess[str]":
    """Run a command as `subprocess.run` would, with all that Python prints caught.

    What native code prints, a signal, an exit on the way out: for those a process of its own is needed.
    """
    command = ["voicemock", *map(str, arguments)]
    with _streams(text.encode() if isinstance(text, str) else text) as (out, err):
        code = _exit_code(command)
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        return subprocess.CompletedProcess(command, code, out.getvalue().decode(), err.getvalue().decode())


def _exit_code(command: list[str]) -> int:
    with contextlib.ExitStack() as stack:
        stack.enter_context(mock.patch.dict(os.environ))
        stack.enter_context(mock.patch.object(sys, "argv", command))
        stack.enter_context(mock.patch.object(recognise, "_load", _whisper))
        try:
            run()
        except SystemExit as end:
            return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0


@contextlib.contextmanager
def _streams(given: bytes) -> Iterator[tuple[io.BytesIO, io.BytesIO]]:
    """Put three streams of bytes where the process has its own."""
    source, out, err = io.BytesIO(given), io.BytesIO(), io.BytesIO()
    streams = [io.TextIOWrapper(stream, "utf-8") for stream in (source, out, err)]
    with contextlib.ExitStack() as stack:
        for name, stream in zip(("stdin", "stdout", "stderr"), streams, strict=True):
            stack.enter_context(mock.patch.object(sys, name, stream))
        yield out, err
        for stream in streams:
            stream.detach()  # else closed with it
