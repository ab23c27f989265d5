"""Hears an answer while it is spoken, so that its report is there almost at once when it ends."""

__all__ = ["LiveListener"]

import itertools
from pathlib import Path
from types import TracebackType
from typing import Self

from voicemock.audio.arrays import Samples
from voicemock.ear.hearing import Begin, Drop, Order
from voicemock.ear.worker import Worker, WorkerLostError
from voicemock.errors import VoicemockError
from voicemock.loopback import LocalModel
from voicemock.schema import AnswerReport, Question
from voicemock.speech.recognise import ModelFolder


class LiveListener:
    """Hears takes in a separate process, one after another; a context manager.

    The process starts at once and loads the model while the interviewer speaks. It hears what the recorder has
    written, through the code that reads files, so a take heard live has the words its recording has. If the process
    dies or hangs, a fresh one reads the recording instead.

    counting: count filled pauses while somebody goes on speaking, not only at pauses.
    second: who is asked about what could not be told; a report then comes that much later, see ``LIMIT_S``.
    """

    def __init__(
        self, model: ModelFolder, *, verbatim: bool = True, counting: bool = False, second: LocalModel | None = None
    ) -> None:
        self._model = model
        self._verbatim = verbatim
        self._counting = counting
        self._second = second
        self._numbers = itertools.count(1)
        self._take_id = 0
        self._worker = self._start()

    @property
    def pid(self) -> int | None:
        """The number of the process that hears."""
        return self._worker.pid

    def begin(self) -> None:
        """Start a new take; raises ModelError if it is already known that the model cannot be loaded."""
        if self._worker.broken:
            raise self._worker.broken
        if self._worker.lost:
            self._replace()
        self._take_id = next(self._numbers)
        self._worker.start_over(Begin(self._take_id, self._counting))

    def feed(self, block: Samples) -> None:
        """Take the next samples as they are on disk, mono at 16 kHz; returns at once and keeps them all."""
        self._worker.send(block)

    @property
    def partial(self) -> str:
        """The words so far; they come at pauses."""
        heard = self._worker.so_far
        return heard.words if heard.take_id == self._take_id else ""

    @property
    def filled_pauses(self) -> int:
        """Filled pauses so far."""
        heard = self._worker.so_far
        return heard.filled_pauses if heard.take_id == self._take_id else 0

    def finish(self, recording: Path, question: Question | None, take: int) -> AnswerReport:
        """Return the report on the take that was fed, which ``recording`` holds; waits only for its last words.

        Raises ModelError if the model cannot be loaded, AudioError for the recording, VoicemockError if
        the listening process died twice.
        """
        return self._report(recording, question, take, live=True)

    def abandon(self) -> None:
        """Throw the take away."""
        self._worker.start_over(Drop())

    def analyse(self, recording: Path, question: Question | None, take: int) -> AnswerReport:
        """Return the report on a saved recording; raises as ``finish`` does."""
        return self._report(recording, question, take, live=False)

    def close(self) -> None:
        """End the process."""
        self._worker.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _report(self, recording: Path, question: Question | None, take: int, *, live: bool) -> AnswerReport:
        try:
            return self._worker.ask(Order(next(self._numbers), recording, question, take, live))
        except WorkerLostError:
            self._replace()
        try:
            return self._worker.ask(Order(next(self._numbers), recording, question, take, False))
        except WorkerLostError as error:
            self._replace()
            raise VoicemockError(
                "The listening process died twice on this take.",
                hint=f"Is memory running short? A smaller model needs less. The recording is kept: {recording}",
            ) from error

    def _start(self) -> Worker:
        return Worker(self._model, verbatim=self._verbatim, second=self._second)

    def _replace(self) -> None:
        self._worker.close()
        self._worker = self._start()
