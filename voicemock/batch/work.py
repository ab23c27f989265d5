"""What a batch does with one recording: a function of the job and the task, which any process can be given."""

__all__ = ["analyse", "failed"]

from functools import cache
from pathlib import Path

import msgspec

from voicemock.analyze import analyze_again, analyze_recording, assemble
from voicemock.batch.remote import fetched
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
REPORTS = "reports"
STEM_BYTES = 100
"""This much of a recording's name begins the name of its report's folder; most file systems take 255, some 143."""


def analyse(job: Job, task: Task, *, threads: int, out: Path | None = None) -> Line:
    """Analyse one recording and write its report; whatever is wrong with it becomes the line's error.

    out: where the report goes, if not into the job's folder.
    Raises ModelError if the model does not load, and SessionError if the disk is full: these end a batch.
    """
    if task.problem:
        return failed_line(job, task, task.problem, sha256="")
    out = out or job.out
    if not task.source:
        return _analysed(job, task, task.path, threads, out)
    try:
        with fetched(task.source) as path:
            return _analysed(job, task, path, threads, out)
    except AudioError as error:  # it could not be fetched
        return failed_line(job, task, error.message, sha256="")


def _analysed(job: Job, task: Task, path: Path, threads: int, out: Path) -> Line:
    """Return the line of the recording at a path, that of the task or a copy of what is elsewhere."""
    try:
        digest = _digest(path)  # before it is heard: what is still being written is heard again by the next run
        kept = kept_line(job.out, task.kept, sha256=digest) if task.kept else None
        if kept and _still_holds(kept, job, task):
            return msgspec.structs.replace(kept, path=task.name, candidate=task.candidate, date=task.date)
        answer = _again(job, task, kept) or _heard(job, task, path, threads)
        report = _written(task, answer, path, out / REPORTS / _folder(job, task, digest)) if job.reports else ""
        line = line_of(job, task, answer, sha256=digest, report=report)
        return msgspec.structs.replace(line, hearing=kept.hearing) if kept else line
    except ModelError:
        raise
    except VoicemockError as error:
        return failed(job, task, error.message, path=path)
    except Exception as error:
        if isinstance(error, OSError) and no_room(error):  # not this file's fault: the batch ends, and can go on later
            with written_to(out):
                raise
        return failed(job, task, f"{type(error).__name__}: {error}", path=path)


def _digest(path: Path) -> str:
    """Return the hash of a file's bytes, nothing if they cannot be read."""
    try:
        return file_hash(path)
    except OSError:
        return ""


def _still_holds(kept: Line, job: Job, task: Task) -> bool:
    """Return whether nothing has changed: of a recording elsewhere that is known only once it is fetched."""
    there = not job.reports or (kept.report and (job.out / kept.report).exists())
    return job.hear and bool(there) and kept.reading == job.reading(task.question)


def _again(job: Job, task: Task, kept: Line | None) -> AnswerReport | None:
    """Read once more what an earlier run heard; None if it has to be heard."""
    if not kept or not kept.answer:
        return None
    return analyze_again(kept.answer, question=task.question, second=job.second)


def _heard(job: Job, task: Task, path: Path, threads: int) -> AnswerReport:
    if not job.hear:
        raise AudioError(NOT_HEARD)
    answer = analyze_recording(
        path,
        recogniser=_recogniser(job.model, job.verbatim, threads),
        question=task.question,
        track=job.track,
        channel=job.channel,
        speaker=job.speaker,
        second=job.second,
    )
    if not answer.transcript.words:
        raise AudioError(f"{path}: no speech found.")
    if task.source and answer.recording:
        return msgspec.structs.replace(answer, recording=msgspec.structs.replace(answer.recording, path=task.source))
    return answer


def _folder(job: Job, task: Task, digest: str) -> str:
    """Return the name of the folder of a report: that of an earlier one made for the same question."""
    asked = (task.question.id, task.question.text) if task.question else ()
    return f"{_shortened(task.path.stem)}-{digest[:8]}-{short_hash(f'{job.hearing} {asked}')}"


def _written(task: Task, answer: AnswerReport, path: Path, folder: Path) -> str:
    """Write the report on a recording, and return its path below the batch's folder."""
    info = SessionInfo(id=folder.name, title=task.path.name, started_at="")
    copies = {task.source: path} if task.source else {}
    page = write_report(assemble([answer], session=info), private_dir(folder), copies=copies)
    return f"{REPORTS}/{folder.name}/{page.name}"


@cache
def _recogniser(model: Model, verbatim: bool, threads: int) -> Recogniser:
    """Load the model, once per process."""
    return Recogniser(found_here(model), threads=threads, verbatim=verbatim)


def _shortened(stem: str) -> str:
    """Return the beginning of a name, whole letters only."""
    return encodable(stem).encode()[:STEM_BYTES].decode(errors="ignore")


def failed(job: Job, task: Task, reason: str, *, path: Path | None = None) -> Line:
    """Return the line of a recording that could not be analysed; path: where it is, or the copy of one elsewhere."""
    path = path or (None if task.source else task.path)
    if task.source:
        reason = reason.replace(str(path), task.source)
    return failed_line(job, task, reason, sha256=_digest(path) if path else "")
