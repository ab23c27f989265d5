"""Listens back to takes with one Whisper, loaded in the background while the first question is spoken."""

__all__ = ["Analyst"]

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from voicemock.analyze import analyze_recording
from voicemock.schema import AnswerReport, Question
from voicemock.speech.recognise import ModelFolder, Recogniser


class Analyst:
    """Loads a model once; the first take waits for it if it must. Raises ModelError then, not before."""

    def __init__(self, model: ModelFolder) -> None:
        loader = ThreadPoolExecutor(max_workers=1, thread_name_prefix="load-model")
        self._recogniser = loader.submit(Recogniser, model)
        loader.shutdown(wait=False)

    def analyse(self, recording: Path, question: Question, take: int) -> AnswerReport:
        """Report on one take."""
        return analyze_recording(recording, recogniser=self._recogniser.result(), question=question, take=take)
