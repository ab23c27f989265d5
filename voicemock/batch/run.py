"""Many recordings with local processes: one model load a process, one bad file never stops the rest."""

__all__ = ["Found", "Job", "find_recordings", "run_batch"]

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from pathlib import Path

import msgspec

from voicemock import __version__
from voicemock.audio.kinds import SUFFIXES
from voicemock.batch.results import Results, Row, encodable, file_hash, row_of, short_hash, written_to
from voicemock.errors import AudioError, UsageError, VoicemockError, no_room
from voicemock.models.catalogue import Model
from voicemock.paths import private_dir
from voicemock.schema import Question, SessionInfo
from voicemock.speech.recognise import Recogniser

CRASHED = "The process that analysed this file died; it may be damaged, or memory ran out."

STEM_BYTES = 100
"""So much of a recording's name begins the name of its report's folder; most file systems take 255, some 143."""


class Found(msgspec.Struct, frozen=True):
    """What a batch is to do. others: files that are no recordings by their name; hidden: how many were passed over."""

    recordings: tuple[Path, ...]
    others: tuple[Path, ...] = ()
    hidden: int = 0


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """What to do with every file.

    workers: processes, one Whisper each. track, channel: as for ``AudioFile``.
    speaker: whose words count where several people speak, see ``analyze_recording``.
    """

    out: Path
    model: Model
    question: Question | None = None
    verbatim: bool = True
    speaker: int | None = None
    workers: int = 1
    track: int | None = None
    channel: str | None = None

    @property
    def settings(self) -> str:
        """Return what besides the sound decides a result: in words, and a hash of what they leave out."""
        question = self.question.id if self.question else "-"
        words = self.question.text if self.question else ""
        model = self.model.path if self.model.source == "folder" else self.model.name
        part = (self.track, self.channel) if self.track or self.channel else ()
        rest = short_hash(repr((str(model), self.question, *part)))
        mode = "verbatim" if self.verbatim else "plain"
        if self.speaker is not None:
            mode += f" speaker-{self.speaker or 'all'}"
        return encodable(f"{__version__} {self.model.name} {mode} {question} {rest} {words}".strip())


def find_recordings(paths: Sequence[Path], *, out: Path | None = None) -> Found:
    """Return the files given and, of folders, every recording below; raise UsageError where there is none.

    out: a folder that is not looked into, that of the results.
    """
    found: dict[Path, None] = {}
    others: list[Path] = []
    hidden = 0
    results = out.resolve() if out else None
    for path in paths:
        if not path.is_dir():
            found[path] = None
            continue
        for file in sorted(p for p in path.rglob("*") if p.is_file()):
            if results and file.resolve().is_relative_to(results):
                continue
            if any(part.startswith(".") for part in file.relative_to(path).parts):
                hidden += 1  # such as what macOS puts beside each recording on a stick: ._answer.m4a
            elif file.suffix.lower() in SUFFIXES:
                found[file] = None
            else:
                others.append(file)
    if not found:
        raise UsageError(
            f"No recording in {', '.join(map(str, paths))}.",
            hint="A folder is searched for wav, mp3, m4a, ogg, webm, flac, mp4 and whatever else holds sound by its "
            "name. Any other file can be named itself.",
        )
    return Found(tuple(found), tuple(others), hidden)


def run_batch(files: Sequence[Path], job: Job, *, progress: Callable[[Row], None]) -> list[Row]:
    """Analyse every file that has no result yet; return all rows in the files' order.

    progress: called with each row as it comes, those of an earlier run first.
    Raises ModelError where the model does not load, SessionError where the output folder cannot be written.
    """
    results = Results(job.out)
    rows: dict[Path, Row] = {}
    todo: list[Path] = []
    for path in files:
        row = _kept(path, job, results)
        if row:
            rows[path] = row
            progress(row)
        else:
            todo.append(path)
    for path, row in _analysed(todo, job):
        rows[path] = row
        results.add(row)
        progress(row)
    ordered = [rows[path] for path in files]
    results.finish(ordered)
    return ordered


def _kept(path: Path, job: Job, results: Results) -> Row | None:
    try:
        row = results.done(file_hash(path), job.settings)
    except OSError:
        return None  # the worker says what is wrong with it
    if row is None or not (job.out / row.report).exists():
        return None
    return msgspec.structs.replace(row, path=encodable(str(path)))


def _analysed(todo: list[Path], job: Job) -> Iterator[tuple[Path, Row]]:
    """Yield rows as they come. Where a process dies, each file in work is tried once more, alone, then given up."""
    waiting = deque(todo)
    while waiting:
        suspects = deque((yield from _pool(waiting, job, workers=min(job.workers, len(waiting)))))
        while suspects:
            for path in (yield from _pool(suspects, job, workers=1)):
                yield path, _failed(path, job, CRASHED)


def _pool(waiting: deque[Path], job: Job, *, workers: int) -> Generator[tuple[Path, Row], None, list[Path]]:
    """Yield rows from one pool until nothing waits or a process dies; return the files in work at its death."""
    context = multiprocessing.get_context("spawn")  # CTranslate2's threads do not survive a fork
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_start, initargs=(job, workers))
    in_work: dict[Future[Row], Path] = {}
    try:
        while waiting or in_work:
            while waiting and len(in_work) < workers:  # no more than that, so that only suspects are in work
                future = pool.submit(_analyse, waiting[0])
                in_work[future] = waiting.popleft()
            done, _ = wait(in_work, return_when=FIRST_COMPLETED)
            for future in done:
                row = future.result()
                yield in_work.pop(future), row
    except BrokenProcessPool:
        pass
    finally:
        pool.shutdown(cancel_futures=True)
    return list(in_work.values())


_job: Job
_threads: int


def _start(job: Job, workers: int) -> None:
    """Tell a new process its part."""
    global _job, _threads
    threading.Thread(target=_end_with_the_batch, name="voicemock-watch", daemon=True).start()
    _job = job
    _threads = max(1, (multiprocessing.cpu_count() or 1) // workers)


def _end_with_the_batch() -> None:
    """End this process when the one that started it is gone, killed or not; its pool would leave it waiting forever."""
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


@cache
def _recogniser() -> Recogniser:
    """Load the model, once a process."""
    return Recogniser(_job.model, threads=_threads, verbatim=_job.verbatim)


def _analyse(path: Path) -> Row:
    """Analyse one file and write its report; whatever is wrong with it becomes the row's error."""
    from voicemock.analyze import analyze_recording, assemble
    from voicemock.report import write_report

    recogniser = _recogniser()  # not in the row's error: a model that does not load ends the batch
    try:
        answer = analyze_recording(
            path,
            recogniser=recogniser,
            question=_job.question,
            track=_job.track,
            channel=_job.channel,
            speaker=_job.speaker,
        )
        if not answer.transcript.words:
            raise AudioError(f"{path}: no speech found.")
        digest = file_hash(path)
        folder = Path("reports") / f"{_shortened(path.stem)}-{digest[:8]}-{short_hash(_job.settings)}"
        info = SessionInfo(id=folder.name, title=path.name, started_at="")
        page = write_report(assemble([answer], session=info), private_dir(_job.out / folder))
        return row_of(
            answer,
            path=encodable(str(path)),
            sha256=digest,
            settings=_job.settings,
            report=page.relative_to(_job.out).as_posix(),
        )
    except VoicemockError as error:
        return _failed(path, _job, error.message)
    except Exception as error:
        if isinstance(error, OSError) and no_room(error):  # not this file's fault: the batch ends, and can go on later
            with written_to(_job.out):
                raise
        return _failed(path, _job, f"{type(error).__name__}: {error}")


def _shortened(stem: str) -> str:
    """Return the beginning of a name, whole letters only."""
    return encodable(stem).encode()[:STEM_BYTES].decode(errors="ignore")


def _failed(path: Path, job: Job, reason: str) -> Row:
    try:
        digest = file_hash(path)
    except OSError:
        digest = ""
    return Row(path=encodable(str(path)), sha256=digest, settings=job.settings, error=encodable(reason))
