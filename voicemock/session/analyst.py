"""Listens back to takes with one Whisper, loaded in the background while the first question is spoken."""

__all__ = ["Analyst"]

from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from voicemock.analyze import analyze_recording
from voicemock.schema import AnswerReport, Question
from voicemock.speech.recognise import ModelFolder, Recogniser


class Analyst:
    """Loads a model once, in a thread of its own; the first take waits for it if it must.

    That thread then does the listening too: CTranslate2 decodes five to ten times slower once the
    thread that loaded the model has ended.
    """

    def __init__(self, model: ModelFolder) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="voicemock-analyst")
        self._recogniser: Future[Recogniser] = self._thread.submit(Recogniser, model)

    def begin(self) -> None:
        """Nothing: the recording is listened to when it is complete."""

    def feed(self, block: object) -> None:
        """Nothing, as above."""

    def abandon(self) -> None:
        """Nothing, as above."""

    partial = ""
    filled_pauses = 0

    def finish(self, recording: Path, question: Question, take: int) -> AnswerReport:
        """Report on one take; raises ModelError where the model cannot be loaded, AudioError for the recording."""
        return self._thread.submit(self._analyse, recording, question, take).result()

    def _analyse(self, recording: Path, question: Question, take: int) -> AnswerReport:
        recogniser = self._recogniser.result()
        return analyze_recording(recording, recogniser=recogniser, question=question, take=take)
