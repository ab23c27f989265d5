"""A handle on the worker process of a session: nothing it does, or fails to do, holds anybody up."""

from __future__ import annotations

__all__ = ["Worker", "WorkerLostError"]

import contextlib
import multiprocessing
import queue
import signal
import threading
import time
from collections.abc import Iterator
from typing import Any

from voicemock.ear.hearing import Begin, Done, Drop, Failed, Order, SoFar, serve
from voicemock.errors import VoicemockError
from voicemock.loopback import LocalModel
from voicemock.patience import Patience
from voicemock.schema import AnswerReport
from voicemock.speech.recognise import ModelFolder

PATIENCE_S = 120.0
"""A worker that does nothing for this long hangs. voicemock default, unvalidated."""

POLL_S = 0.2
"""How soon Ctrl-C is noticed on Windows, where waiting for an answer cannot be interrupted."""


class WorkerLostError(Exception):
    """The worker process died or hangs."""


class Worker:
    """One process that hears; started at once, used while its model still loads.

    so_far: what it last said it heard.
    broken: why its model cannot be loaded.
    lost: it has died; whatever is sent goes nowhere.
    """

    def __init__(self, model: ModelFolder, *, verbatim: bool, second: LocalModel | None = None) -> None:
        self.so_far = SoFar()
        self.broken: VoicemockError | None = None
        self.lost = False
        self._heard_from_at = time.monotonic()
        self._outbox: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._replies: queue.SimpleQueue[Done | Failed | None] = queue.SimpleQueue()
        context = multiprocessing.get_context("spawn")  # CTranslate2's threads do not survive a fork
        self._connection, other_end = context.Pipe()
        self._process = context.Process(
            target=serve, args=(other_end, model, verbatim, second), name="voicemock-listener", daemon=True
        )
        with _interrupts_held():
            self._process.start()
        other_end.close()  # so that the worker's death is seen as the end of the connection
        self._threads = [
            threading.Thread(target=work, name=f"voicemock-{work.__name__.strip('_')}", daemon=True)
            for work in (self._send, self._receive)
        ]
        for thread in self._threads:
            thread.start()

    @property
    def pid(self) -> int | None:
        """The process's number."""
        return self._process.pid

    def send(self, message: Any) -> None:
        """Queue a message or a block of samples; returns at once, whatever the worker is doing."""
        if not self.lost:
            self._outbox.put(message)

    def start_over(self, message: Begin | Drop) -> None:
        """Send the message ahead of everything that is waiting, and throw that away."""
        with contextlib.suppress(queue.Empty):
            while True:
                self._outbox.get_nowait()
        self.send(message)

    def ask(self, order: Order) -> AnswerReport:
        """Return the report ordered; raises WorkerLostError, or the VoicemockError it failed with."""
        self.send(order)
        patience, heard_at = Patience(PATIENCE_S), self._heard_from_at
        while True:
            try:
                reply = self._replies.get(timeout=POLL_S)
            except queue.Empty:
                if self._heard_from_at != heard_at:
                    heard_at = self._heard_from_at
                    patience.renew()
                elif patience.is_out():
                    raise WorkerLostError from None
                continue
            if reply is None:
                self._replies.put(None)  # for whoever asks next
                raise self.broken or WorkerLostError
            if reply.order == order.id:  # otherwise nobody is waiting for it any more
                if isinstance(reply, Failed):
                    raise _error(reply)
                return reply.report

    def close(self) -> None:
        """End the process at once: it owns nothing that could be lost."""
        if self._connection.closed:
            return
        self._process.kill()
        self._process.join()
        self._outbox.put(None)
        for thread in self._threads:
            thread.join()
        self._connection.close()
        self._process.close()

    def _send(self) -> None:
        with contextlib.suppress(OSError):  # the worker is dead
            while (message := self._outbox.get()) is not None:
                self._connection.send(message)

    def _receive(self) -> None:
        with contextlib.suppress(EOFError, OSError):  # the worker is dead
            while True:
                message = self._connection.recv()
                self._heard_from_at = time.monotonic()
                if isinstance(message, SoFar):
                    self.so_far = message
                elif isinstance(message, Failed) and message.order is None:
                    self.broken = _error(message)
                elif isinstance(message, Done | Failed):
                    self._replies.put(message)
        self.lost = True
        self._replies.put(None)


def _error(failed: Failed) -> VoicemockError:
    return failed.error(failed.message, hint=failed.hint)


@contextlib.contextmanager
def _interrupts_held() -> Iterator[None]:
    """Keep Ctrl-C from a process that starts meanwhile: it inherits the mask and needs a second to ignore it itself."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # a process of its own that would take the mask away again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
