"""From a recording or a text to its report: listen, read, check, coach.

Everything here is a function of its arguments: the same recording, question and model give the same
report, alone, in a session or in a batch.
"""

__all__ = ["analyze", "analyze_heard", "analyze_recording", "analyze_text", "assemble"]

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from voicemock import __version__
from voicemock.checks import load_checks
from voicemock.coaching.follow_ups import follow_ups
from voicemock.coaching.next_steps import next_steps
from voicemock.reading import from_text, read
from voicemock.schema import (
    SCHEMA_VERSION,
    Answer,
    AnswerReport,
    Finding,
    Measure,
    Question,
    SessionInfo,
    SessionReport,
)

if TYPE_CHECKING:
    from voicemock.speech.listen import Heard
    from voicemock.speech.recognise import Recogniser


def analyze_recording(
    path: Path, *, recogniser: "Recogniser", question: Question | None = None, take: int = 1
) -> AnswerReport:
    """Listen to one recording and report on it; raise AudioError where it cannot be read."""
    from voicemock.audio.load import AudioFile
    from voicemock.speech.listen import listen

    return analyze_heard(listen(AudioFile(path), recogniser), question=question, take=take)


def analyze_heard(heard: "Heard", *, question: Question | None = None, take: int = 1) -> AnswerReport:
    """Report on an answer that has been listened to."""
    reading = read(heard.transcript, question=question, filled_pauses=heard.filled_pauses)
    answer = Answer(
        question=question,
        recording=heard.recording,
        transcript=heard.transcript,
        prosody=heard.prosody,
        reading=reading,
    )
    return analyze(answer, take=take)


def analyze_text(text: str, *, question: Question | None = None) -> AnswerReport:
    """Report on a written answer; what only a voice can show is left out."""
    transcript = from_text(text)
    reading = read(transcript, question=question, filled_pauses=None)
    return analyze(Answer(question=question, transcript=transcript, reading=reading))


def analyze(answer: Answer, *, take: int = 1) -> AnswerReport:
    """Run every check; one that crashes becomes a note, and the others still speak."""
    measures: dict[str, Measure] = {}
    findings: list[Finding] = []
    notes = list(answer.reading.notes)
    for check in load_checks():
        try:
            verdict = check.run(answer)
        except Exception as error:
            notes.append(f"The check '{check.id}' failed and was left out ({type(error).__name__}: {error}).")
        else:
            measures |= verdict.measures
            findings += verdict.findings
    return AnswerReport(
        question=answer.question,
        recording=answer.recording,
        transcript=answer.transcript,
        fillers=answer.reading.fillers,
        pronouns=answer.reading.pronouns,
        signals=answer.reading.signals,
        parts=answer.reading.parts,
        measures=measures,
        findings=tuple(findings),
        prosody=answer.prosody,
        follow_ups=follow_ups(answer),
        take=take,
        notes=tuple(notes),
    )


def assemble(answers: Sequence[AnswerReport], *, session: SessionInfo | None = None) -> SessionReport:
    """Put answers together into one report, with the three things to change next."""
    return SessionReport(
        schema_version=SCHEMA_VERSION,
        voicemock=__version__,
        answers=tuple(answers),
        session=session,
        next_steps=next_steps(answers),
    )
