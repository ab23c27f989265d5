"""What a batch does with one recording: a function of the job and the task, which any process can be given."""

__all__ = ["analyse", "failed"]

from functools import cache
from pathlib import Path

import msgspec

from voicemock.analyze import analyze_again, analyze_recording, assemble
from voicemock.batch.results import file_hash, kept_line, written_to
from voicemock.batch.row import Line, failed_line, line_of
from voicemock.batch.task import Job, Task, encodable, short_hash
from voicemock.errors import AudioError, ModelError, VoicemockError, no_room
from voicemock.models.catalogue import Model, found_here
from voicemock.paths import private_dir
from voicemock.report import write_report
from voicemock.schema import AnswerReport, SessionInfo
from voicemock.speech.recognise import Recogniser

NOT_HEARD = "Not heard yet: run without --rescore."
STEM_BYTES = 100
"""This much of a recording's name begins the name of its report's folder; most file systems take 255, some 143."""


def analyse(job: Job, task: Task, *, threads: int, out: Path | None = None) -> Line:
    """Analyse one recording and write its report; whatever is wrong with it becomes the line's error.

    out: where the report goes, if not into the job's folder.
    Raises ModelError if the model does not load, and SessionError if the disk is full: these end a batch.
    """
    try:
        kept = _kept(job, task)
        answer = _again(job, task, kept.answer) if kept and kept.answer else _heard(job, task, threads)
        digest = file_hash(task.path)
        report = _written(job, task, answer, digest, out or job.out) if job.reports else ""
        line = line_of(job, task, answer, sha256=digest, report=report)
        return msgspec.structs.replace(line, hearing=kept.hearing) if kept else line
    except ModelError:
        raise
    except VoicemockError as error:
        return failed(job, task, error.message)
    except Exception as error:
        if isinstance(error, OSError) and no_room(error):  # not this file's fault: the batch ends, and can go on later
            with written_to(out or job.out):
                raise
        return failed(job, task, f"{type(error).__name__}: {error}")


def _kept(job: Job, task: Task) -> Line | None:
    """Return what an earlier run made of these bytes; None if they have to be heard."""
    if not task.kept:
        return None
    try:
        return kept_line(job.out, task.kept, sha256=file_hash(task.path))
    except OSError:
        return None


def _again(job: Job, task: Task, heard: AnswerReport) -> AnswerReport:
    """Judge once more what was heard then."""
    return analyze_again(heard, question=task.question, second=job.second)


def _heard(job: Job, task: Task, threads: int) -> AnswerReport:
    if not job.hear:
        raise AudioError(NOT_HEARD)
    answer = analyze_recording(
        task.path,
        recogniser=_recogniser(job.model, job.verbatim, threads),
        question=task.question,
        track=job.track,
        channel=job.channel,
        speaker=job.speaker,
        second=job.second,
    )
    if not answer.transcript.words:
        raise AudioError(f"{task.path}: no speech found.")
    return answer


def _written(job: Job, task: Task, answer: AnswerReport, digest: str, out: Path) -> str:
    """Write the report on a recording, in the place of one made for the same question, and return its path."""
    asked = (task.question.id, task.question.text) if task.question else ()
    folder = Path("reports") / f"{_shortened(task.path.stem)}-{digest[:8]}-{short_hash(f'{job.hearing} {asked}')}"
    info = SessionInfo(id=folder.name, title=task.path.name, started_at="")
    page = write_report(assemble([answer], session=info), private_dir(out / folder))
    return page.relative_to(out).as_posix()


@cache
def _recogniser(model: Model, verbatim: bool, threads: int) -> Recogniser:
    """Load the model, once per process."""
    return Recogniser(found_here(model), threads=threads, verbatim=verbatim)


def _shortened(stem: str) -> str:
    """Return the beginning of a name, whole letters only."""
    return encodable(stem).encode()[:STEM_BYTES].decode(errors="ignore")


def failed(job: Job, task: Task, reason: str) -> Line:
    """Return the line of a recording that could not be analysed."""
    try:
        digest = file_hash(task.path)
    except OSError:
        digest = ""
    return failed_line(job, task, reason, sha256=digest)
