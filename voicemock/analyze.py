"""From a recording or a text to its report: listen, read, check, coach.

Everything here is a function of its arguments: the same recording, question and model give the same
report, alone, in a session or in a batch. Only a second reader, where its owner set one, may answer differently.
"""

__all__ = [
    "analyze",
    "analyze_again",
    "analyze_heard",
    "analyze_own",
    "analyze_recording",
    "analyze_text",
    "assemble",
]

import functools
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import msgspec

from voicemock import __version__
from voicemock.checks import load_checks
from voicemock.coaching.follow_ups import follow_ups
from voicemock.coaching.lenses import seen_through
from voicemock.coaching.next_steps import next_steps
from voicemock.coaching.what_worked import what_worked
from voicemock.loopback import LocalModel
from voicemock.reading import NOT_ENGLISH, TOO_LONG, from_text, read
from voicemock.reading.candidate import EVERYBODY, Own, own_words
from voicemock.reading.details import Details, details
from voicemock.reading.question_heard import asked_at
from voicemock.schema import (
    SCHEMA_VERSION,
    Answer,
    AnswerReport,
    FillerKind,
    Finding,
    FollowUp,
    Measure,
    Question,
    QuietCheck,
    SessionInfo,
    SessionReport,
)
from voicemock.second_reader import WAS_ASKED, read_again

if TYPE_CHECKING:
    from voicemock.audio.load import AudioFile
    from voicemock.speech.listen import Heard
    from voicemock.speech.recognise import Recogniser


_LEFT_OUT = "failed and was left out"
_OF_THE_READING = (_LEFT_OUT, NOT_ENGLISH, TOO_LONG, WAS_ASKED)
"""Marks of notes on the words, not on the sound: whoever reads the words again writes them anew."""


class Source(TypedDict, total=False):
    """What of a file to listen to, as for ``AudioFile``, which chooses if neither is given."""

    track: int | None
    channel: str | None


def analyze_recording(
    path: Path,
    *,
    recogniser: "Recogniser",
    question: Question | None = None,
    speaker: int | None = None,
    second: LocalModel | None = None,
    **source: Unpack[Source],
) -> AnswerReport:
    """Listen to one recording and report on it; raise AudioError if it cannot be read.

    speaker: whose words count if several people speak, see ``own_words``.
    second: who is asked about what could not be told. track, channel: see ``Source``.
    """
    from voicemock.audio.load import AudioFile
    from voicemock.speech.listen import listen

    hear = functools.partial(listen, recogniser=recogniser, voices=speaker != EVERYBODY)
    file, heard = _candidate(AudioFile(path, **source), hear, question)
    recording = msgspec.structs.replace(heard.recording, track=file.track, channel=file.channel)
    heard = msgspec.structs.replace(heard, recording=recording)
    report = analyze_heard(heard, question=question, speaker=speaker, second=second)
    return msgspec.structs.replace(report, notes=(*file.notes, *report.notes))


def analyze_heard(
    heard: "Heard",
    *,
    question: Question | None = None,
    take: int = 1,
    speaker: int | None = None,
    second: LocalModel | None = None,
) -> AnswerReport:
    """Report on an answer that has been listened to."""
    own = own_words(heard, question=question, speaker=speaker)
    return analyze_own(own, question=question, take=take, second=second)


def analyze_own(
    own: Own, *, question: Question | None = None, take: int = 1, second: LocalModel | None = None
) -> AnswerReport:
    """Report on what is the candidate's of what was heard."""
    heard = own.heard
    reading = read(heard.transcript, question=question, filled_pauses=heard.filled_pauses)
    if second:
        reading = read_again(reading, heard.transcript, question=question, model=second)
    answer = Answer(
        question=question,
        recording=heard.recording,
        transcript=heard.transcript,
        prosody=heard.prosody,
        reading=msgspec.structs.replace(reading, notes=(*own.notes, *heard.notes, *reading.notes)),
        asides=own.asides,
    )
    return analyze(answer, take=take)


def analyze_again(report: AnswerReport, *, question: Question | None, second: LocalModel | None = None) -> AnswerReport:
    """Judge what was heard before once more, with today's reader and checks, and without its sound.

    Whose words count stays as it was decided then.
    """
    pauses = tuple(one for one in report.fillers if one.kind is FillerKind.FILLED_PAUSE)
    heard = pauses if report.recording else None
    reading = read(report.transcript, question=question, filled_pauses=heard)
    if second:
        reading = read_again(reading, report.transcript, question=question, model=second)
    notes = (note for note in report.notes if not any(mark in note for mark in _OF_THE_READING))
    answer = Answer(
        question=question,
        recording=report.recording,
        transcript=report.transcript,
        prosody=report.prosody,
        reading=msgspec.structs.replace(reading, notes=(*notes, *reading.notes)),
        asides=report.asides,
    )
    return analyze(answer, take=report.take)


def _candidate(
    file: "AudioFile", hear: "Callable[[AudioFile], Heard]", question: Question | None
) -> "tuple[AudioFile, Heard]":
    """Listen to whoever answers: if two people have a track or channel each, not to the one who asks."""
    heard = hear(file)
    other = file.other()
    if other is None or question is None or (asked_s := asked_at(heard.transcript, question.text)) is None:
        return file, heard
    heard_there = hear(other)
    echoed_s = asked_at(heard_there.transcript, question.text)
    if heard_there.transcript.words and (echoed_s is None or asked_s < echoed_s):
        return other, heard_there
    return file, heard


def analyze_text(
    text: str, *, question: Question | None = None, second: LocalModel | None = None, took_s: float | None = None
) -> AnswerReport:
    """Report on a written answer, without what only a voice can show; took_s: how long it took to say, if known."""
    transcript = msgspec.structs.replace(from_text(text), took_s=took_s)
    reading = read(transcript, question=question, filled_pauses=None)
    if second:
        reading = read_again(reading, transcript, question=question, model=second)
    return analyze(Answer(question=question, transcript=transcript, reading=reading))


def analyze(answer: Answer, *, take: int = 1) -> AnswerReport:
    """Run every check, and find the follow-ups; one that crashes becomes a note, and the rest still runs."""
    notes = list(answer.reading.notes)
    measures, findings = _checked(answer, notes)
    probes: tuple[FollowUp, ...] = ()
    try:
        probes = follow_ups(answer)
    except Exception as error:
        notes.append(f"Looking for follow-ups {_LEFT_OUT} ({type(error).__name__}: {error}).")
    closer = Details()
    try:
        closer = details(answer.transcript, answer.reading.signals, answer.question)
    except Exception as error:
        notes.append(f"Looking closer at numbers and points {_LEFT_OUT} ({type(error).__name__}: {error}).")
    return AnswerReport(
        question=answer.question,
        recording=answer.recording,
        transcript=answer.transcript,
        fillers=answer.reading.fillers,
        pronouns=answer.reading.pronouns,
        signals=answer.reading.signals,
        parts=answer.reading.parts,
        measures=measures,
        findings=findings,
        prosody=answer.prosody,
        follow_ups=probes,
        take=take,
        notes=tuple(notes),
        asides=answer.asides,
        **msgspec.structs.asdict(closer),
    )


def _checked(answer: Answer, notes: list[str]) -> tuple[dict[str, Measure], tuple[Finding, ...]]:
    measures: dict[str, Measure] = {}
    findings: list[Finding] = []
    for check in load_checks():
        try:
            verdict = check.run(answer)
        except Exception as error:
            notes.append(f"The check '{check.id}' {_LEFT_OUT} ({type(error).__name__}: {error}).")
        else:
            measures = {**measures, **verdict.measures, **measures}  # the first to name one keeps it
            findings += verdict.findings
    return measures, tuple(findings)


def assemble(
    answers: Sequence[AnswerReport], *, session: SessionInfo | None = None, quiet: tuple[QuietCheck, ...] = ()
) -> SessionReport:
    """Put answers together into one report, with what worked and the three things to change next.

    quiet: checks that the user found wrong too often: their findings are folded away.
    """
    return SessionReport(
        schema_version=SCHEMA_VERSION,
        voicemock=__version__,
        answers=seen_through(answers),
        session=session,
        next_steps=next_steps(answers, quiet=quiet),
        what_worked=what_worked(answers),
        quiet=quiet,
    )
