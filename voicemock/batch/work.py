"""What a batch does with one file: a function of the job and the file, which any process can be given."""

__all__ = ["Job", "analyse", "failed"]

from functools import cache
from pathlib import Path

import msgspec

from voicemock import __version__
from voicemock.analyze import analyze_recording, assemble
from voicemock.batch.results import Row, encodable, file_hash, row_of, short_hash, written_to
from voicemock.errors import AudioError, VoicemockError, no_room
from voicemock.loopback import LocalModel
from voicemock.models.catalogue import Model
from voicemock.paths import private_dir
from voicemock.report import write_report
from voicemock.schema import AnswerReport, Question, SessionInfo
from voicemock.speech.recognise import Recogniser

STEM_BYTES = 100
"""This much of a recording's name begins the name of its report's folder; most file systems take 255, some 143."""


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """What to do with every file.

    workers: processes, one Whisper each. track, channel: as for ``AudioFile``.
    speaker: whose words count if several people speak, see ``analyze_recording``.
    second: who is asked about what could not be told.
    """

    out: Path
    model: Model
    question: Question | None = None
    verbatim: bool = True
    speaker: int | None = None
    workers: int = 1
    track: int | None = None
    channel: str | None = None
    second: LocalModel | None = None

    @property
    def settings(self) -> str:
        """Return what decides a result besides the sound: in words, and a hash of what they leave out."""
        question = self.question.id if self.question else "-"
        words = self.question.text if self.question else ""
        model = self.model.path if self.model.source == "folder" else self.model.name
        part: tuple[object, ...] = (self.track, self.channel) if self.track or self.channel else ()
        if self.second:
            part = (*part, self.second.name)
        rest = short_hash(repr((str(model), self.question, *part)))
        mode = "verbatim" if self.verbatim else "plain"
        if self.speaker is not None:
            mode += f" speaker-{self.speaker or 'all'}"
        return encodable(f"{__version__} {self.model.name} {mode} {question} {rest} {words}".strip())


def analyse(job: Job, path: Path, *, threads: int) -> Row:
    """Analyse one file and write its report; whatever is wrong with it becomes the row's error.

    Raises ModelError if the model does not load, and SessionError if the disk is full: these end a batch.
    """
    recogniser = _recogniser(job.model, job.verbatim, threads)
    try:
        answer = analyze_recording(
            path,
            recogniser=recogniser,
            question=job.question,
            track=job.track,
            channel=job.channel,
            speaker=job.speaker,
            second=job.second,
        )
        if not answer.transcript.words:
            raise AudioError(f"{path}: no speech found.")
        return _written(job, path, answer)
    except VoicemockError as error:
        return failed(job, path, error.message)
    except Exception as error:
        if isinstance(error, OSError) and no_room(error):  # not this file's fault: the batch ends, and can go on later
            with written_to(job.out):
                raise
        return failed(job, path, f"{type(error).__name__}: {error}")


def _written(job: Job, path: Path, answer: AnswerReport) -> Row:
    """Write the report on a file and return its row."""
    digest = file_hash(path)
    folder = Path("reports") / f"{_shortened(path.stem)}-{digest[:8]}-{short_hash(job.settings)}"
    info = SessionInfo(id=folder.name, title=path.name, started_at="")
    page = write_report(assemble([answer], session=info), private_dir(job.out / folder))
    report = page.relative_to(job.out).as_posix()
    return row_of(answer, path=encodable(str(path)), sha256=digest, settings=job.settings, report=report)


@cache
def _recogniser(model: Model, verbatim: bool, threads: int) -> Recogniser:
    """Load the model, once per process."""
    return Recogniser(model, threads=threads, verbatim=verbatim)


def _shortened(stem: str) -> str:
    """Return the beginning of a name, whole letters only."""
    return encodable(stem).encode()[:STEM_BYTES].decode(errors="ignore")


def failed(job: Job, path: Path, reason: str) -> Row:
    """Return the row of a file that could not be analysed."""
    try:
        digest = file_hash(path)
    except OSError:
        digest = ""
    return Row(path=encodable(str(path)), sha256=digest, settings=job.settings, error=encodable(reason))
