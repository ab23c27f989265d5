"""What the worker process of a session does: hear takes while they are spoken, with one Whisper loaded once.

It hears each block as it comes, recognises the waiting words ahead of time whenever the candidate pauses, and
reports when a take ends. It owns nothing: if it dies, a fresh one learns everything from the recording on disk.
"""

__all__ = ["Alive", "Begin", "Done", "Drop", "Failed", "Order", "SoFar", "serve"]

import contextlib
import os
import signal
import threading
import time
import wave
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from voicemock.analyze import analyze_heard, analyze_text
from voicemock.audio.arrays import Samples
from voicemock.audio.load import RATE_HZ, AudioFile
from voicemock.audio.quiet import quiet
from voicemock.errors import VoicemockError
from voicemock.loopback import LocalModel
from voicemock.reading.signals import LEAST_WORDS
from voicemock.schema import AnswerReport, Question
from voicemock.speech.listen import Listener, listen
from voicemock.speech.pitch import track_f0
from voicemock.speech.recognise import ModelFolder, Recogniser, Said
from voicemock.speech.running_count import RunningCount

NICER = 5
"""Added to the worker's niceness: recording comes first."""

BEAT_S = 2.0
"""How often the worker says that it did something."""

WORKED_S = 0.05
"""Processor time since then by which it did; looking takes less. voicemock default, unvalidated."""

MOST_THREADS = 4
"""What CTranslate2 takes by itself on a large machine. On two cores both are used; the recording, with its higher
priority and 2 % of a core, loses nothing (`benchmarks/latency.py`)."""


class Begin(msgspec.Struct, frozen=True):
    """A new take starts; the blocks that follow belong to it. The take before it, if unfinished, is thrown away.

    counting: filled pauses are shown as they are made.
    """

    take_id: int
    counting: bool = False


class Drop(msgspec.Struct, frozen=True):
    """Throw the take away; blocks that follow belong to none."""


class Order(msgspec.Struct, frozen=True):
    """Report on a recording.

    live: it is the take being heard, and complete.
    """

    id: int
    recording: Path
    question: Question | None
    take: int
    live: bool


class SoFar(msgspec.Struct, frozen=True):
    """What was heard of a take until now."""

    take_id: int = 0
    words: str = ""
    filled_pauses: int = 0


class Alive(msgspec.Struct, frozen=True):
    """The worker does something."""


class Done(msgspec.Struct, frozen=True):
    """The report that was ordered."""

    order: int
    report: AnswerReport


class Failed(msgspec.Struct, frozen=True):
    """An order that cannot be carried out; order: None if the model does not load, so that none can be."""

    order: int | None
    error: type[VoicemockError]
    message: str
    hint: str


def serve(connection: Connection, model: ModelFolder, verbatim: bool, second: LocalModel | None = None) -> None:
    """Load the model and carry out what comes through the connection until its other end is closed.

    second: who is asked about what could not be told.
    """
    for name in ("SIGINT", "SIGHUP"):  # they reach every process of a terminal; this one ends with the session
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(NICER)
    line = _Line(connection)
    threading.Thread(target=_beat, args=(line,), name="voicemock-beat", daemon=True).start()
    with quiet(), contextlib.suppress(EOFError, OSError):  # the session is over
        try:
            recogniser = Recogniser(model, threads=threads(), verbatim=verbatim)
            _warm_up(recogniser)
        except Exception as error:
            line.send(_failed(None, error))
            return
        hearing = _Hearing(line, recogniser, second)
        while True:
            hearing.receive(connection.recv())


def threads() -> int:
    """Return how many threads recognise."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(MOST_THREADS, cores)


class _Line:
    """The way to the session, for two threads."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._one_at_a_time = threading.Lock()
        self.poll = connection.poll

    def send(self, message: Any) -> None:
        with self._one_at_a_time:
            self._connection.send(message)


def _beat(line: _Line) -> None:
    """Tell the session that the worker works, however little of a busy machine it gets: one that hangs uses nothing."""
    used_s = 0.0
    with contextlib.suppress(OSError):  # the session is over
        while True:
            time.sleep(BEAT_S)
            if (now_s := time.process_time()) - used_s >= WORKED_S:
                used_s = now_s
                line.send(Alive())


class _Hearing:
    """Carries out one message after another."""

    def __init__(self, line: _Line, recogniser: Recogniser, second: LocalModel | None) -> None:
        self._line = line
        self._recogniser = recogniser
        self._second = second
        self._listener: Listener | None = None
        self._take_id = 0
        self._samples = 0
        self._told = 0  # words the session knows of
        self._looked_ahead = False  # in this pause
        self._words = ""
        self._count: RunningCount | None = None

    def receive(self, message: Any) -> None:
        if isinstance(message, Begin):
            self._listener = Listener(self._recogniser)
            self._take_id, self._samples, self._told, self._words = message.take_id, 0, 0, ""
            self._count = RunningCount(self._recogniser) if message.counting else None
        elif isinstance(message, Drop):
            self._listener = None
        elif isinstance(message, Order):
            self._line.send(self._carry_out(message))
        elif self._listener:
            try:
                self._hear(self._listener, message)
                self._count_on(self._listener, message)
            except OSError:
                raise  # the session is over
            except Exception:
                self._listener = None  # the file is heard again when the report is ordered, and tells what is wrong

    def _hear(self, listener: Listener, block: Samples) -> None:
        self._samples += len(block)
        listener.feed(block)
        pausing = listener.pausing
        if pausing and (self._looked_ahead or self._line.poll()):
            return  # nothing new, or more has been said since
        self._looked_ahead = pausing
        words = listener.words()
        if pausing or len(words) > self._told:  # fewer: they wait to be recognised again
            self._told = len(words)
            self._words = " ".join(word.text for word in words)
            self._tell(words, pausing)

    def _tell(self, words: list[Said], pausing: bool) -> None:
        count = sum(word.certainty is not None for word in words)
        if self._count:
            self._count.settle(words, until_s=self._samples / RATE_HZ if pausing else words[-1].end_s)
            count = self._count.count
        self._line.send(SoFar(self._take_id, self._words, count))

    def _count_on(self, listener: Listener, block: Samples) -> None:
        """Count what was said since the last pause by its sound, once nothing waits to be heard."""
        if self._count is None:
            return
        self._count.feed(block)
        if listener.speaking and self._count.due and not self._line.poll():
            before = self._count.count
            self._count.look()
            if self._count.count > before:
                self._line.send(SoFar(self._take_id, self._words, self._count.count))

    def _carry_out(self, order: Order) -> Done | Failed:
        listener, self._listener = self._listener, None
        try:
            if listener and order.live and self._samples == _samples_in(order.recording):
                heard = listener.finish(path=order.recording)
            else:
                heard = listen(AudioFile(order.recording), self._recogniser)
            report = analyze_heard(heard, question=order.question, take=order.take, second=self._second)
            return Done(order.id, report)
        except Exception as error:
            return _failed(order.id, error)


def _samples_in(recording: Path) -> int | None:
    """Return how many samples a take has on disk, None if that is not a WAV file of ours."""
    try:
        with wave.open(str(recording)) as file:
            return file.getnframes() if file.getframerate() == RATE_HZ else None
    except (OSError, EOFError, wave.Error):
        return None


def _failed(order: int | None, error: Exception) -> Failed:
    if isinstance(error, VoicemockError):
        plain = type(error).__init__ is VoicemockError.__init__  # else it is not made from message and hint
        return Failed(order, type(error) if plain else VoicemockError, error.message, error.hint)
    return Failed(order, VoicemockError, f"{type(error).__name__}: {error}", "")


def _warm_up(recogniser: Recogniser) -> None:
    """Do everything once on silence: first use imports and compiles for over a second."""
    silence = np.zeros(RATE_HZ, np.float32)
    encoded = recogniser.encode(silence)
    primed = recogniser.beside(recogniser.decode, encoded, primer="Um,")
    recogniser.align(encoded, recogniser.decode(encoded).tokens)
    primed()
    track_f0(silence)
    Listener(recogniser).feed(silence)
    analyze_text("We did it. " * LEAST_WORDS)
