"""Sessions for tests: answered by fakes, on disk as real ones are."""

from pathlib import Path

import numpy as np

from tests.builders import spoken
from voicemock.analyze import analyze, assemble
from voicemock.archive.progress import Ended, Setup, Take
from voicemock.archive.store import Store, new_session
from voicemock.audio.wav import wav_bytes
from voicemock.schema import AnswerReport, Kind, Question

QUESTIONS = tuple(Question(id=f"q{n}", text=f"Question {n}?", kind=Kind.BEHAVIOURAL) for n in (1, 2, 3))
SETUP = Setup(model="tiny.en", voice="natural", manner="strict", auto_stop_s=8.0)


def begun(title: str = "Practice", questions: tuple[Question, ...] = QUESTIONS) -> Store:
    return new_session(title=title, question_set="em_core", questions=questions, setup=SETUP)


def recorded(store: Store, number: int, *, question: Question | None = None, seconds: float = 1.0) -> Take:
    """Ask a question and record a take of it that is still open."""
    store.ask(number, question or store.progress.questions[number - 1])
    take = store.begin()
    store.path(take).write_bytes(wav_bytes(np.full(round(16_000 * seconds), 0.1, np.float32), 16_000))
    return take


def report_on(take: Take, text: str = "So we moved it.") -> AnswerReport:
    return analyze(spoken(text, question=take.step.question), take=take.take)


def answered(store: Store, number: int, *, question: Question | None = None, text: str = "So we moved it.") -> Take:
    """Ask a question and answer it, listened to and saved."""
    take = store.end(recorded(store, number, question=question), Ended.ANSWERED)
    store.save(store.path(take), report_on(take, text))
    return take


def finished(title: str = "Practice", questions: tuple[Question, ...] = QUESTIONS) -> Store:
    store = begun(title, questions)
    for number in range(1, len(questions) + 1):
        answered(store, number)
    store.write_report(assemble(store.answers, session=store.info), finished=True)
    store.close()
    return store


def killed(store: Store) -> Path:
    """Let go of a session as the system does when its process dies."""
    store.close()
    return store.folder
