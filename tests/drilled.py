"""Drills and other forms for tests: held with fakes, each answer given as text."""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from tests.builders import spoken, written
from tests.stage import RecordedStage
from tests.test_interview import FakeEar, FakeKeys, FakeMicrophone, FakeSpeaker
from voicemock.analyze import analyze
from voicemock.archive.progress import Setup
from voicemock.archive.store import new_session
from voicemock.interview.interview import Interview
from voicemock.interview.stage import ENTER, Room
from voicemock.preparation.drills import Drill, find_drill
from voicemock.preparation.form import Form, Material, held
from voicemock.report import from_json
from voicemock.schema import AnswerReport, Question, SessionReport

WORDS_PER_S = 2.5


def said(
    text: str, question: Question, take: int = 1, *, starts_s: float = 0.0, confidence: float = 0.9
) -> AnswerReport:
    """Report on a text as if it had been said at an even pace; on silence, if it is empty."""
    if not text:
        return analyze(written("", question=question), take=take)
    answer = spoken(text, lasts_s=len(text.split()) / WORDS_PER_S, question=question)
    words = tuple(
        msgspec.structs.replace(word, start_s=word.start_s + starts_s, end_s=word.end_s + starts_s)
        for word in answer.transcript.words
    )
    transcript = msgspec.structs.replace(answer.transcript, words=words, confidence=confidence)
    return analyze(msgspec.structs.replace(answer, transcript=transcript), take=take)


class Held:
    """A session held to its end. lines: all that was told; spoken: all that was said; report: as it is stored."""

    def __init__(
        self,
        form: Form,
        questions: Sequence[Question],
        texts: Sequence[str],
        material: Material,
        *,
        kind: str = "drill/x",
        **given: float,
    ) -> None:
        left = list(texts)

        def hear(_: Path, question: Question, take: int) -> AnswerReport:
            return said(left.pop(0), question, take, **given)

        self.stage, speaker = RecordedStage(), FakeSpeaker()
        store = new_session(title="Drill", question_set="drill-x", questions=questions, setup=Setup(form=kind))
        room = Room(FakeMicrophone, speaker, FakeEar(hear), FakeKeys(*[ENTER] * 50), self.stage)
        room = held(form, room, material)
        Interview(store, room, manner=form.manner, probe=form.probe, pause=form.pause).run()
        store.close()
        self.spoken = speaker.said
        self.lines = "\n".join(self.stage.of("told"))
        self.report: SessionReport = from_json((store.folder / "session.json").read_bytes())
        self.folder = store.folder


_said: dict[tuple[object, ...], AnswerReport] = {}


def told(
    name: str, *texts: str, question: Question | None = None, material: Material | None = None, **given: float
) -> str:
    """Return what a drill says after each of these answers and at its end, without holding it."""
    drill: Drill = find_drill(name)
    answers = []
    for text, asked in zip(texts, drill.plan([question] if question else []), strict=False):
        key = (text, asked.id, *given.items())
        _said[key] = answer = _said.get(key) or said(text, asked, **given)
        answers.append(answer)
    after = [line for answer in answers for line in drill.after(answer, material or Material())]
    return "\n".join([*after, *drill.ended(answers, material or Material())])


def drilled(
    name: str, *texts: str, question: Question | None = None, material: Material | None = None, **given: float
) -> Held:
    """Hold a drill with these answers; question: the one it takes."""
    drill: Drill = find_drill(name)
    asked = drill.plan([question] if question else [])
    return Held(drill, asked, texts, material or Material(), **given)
