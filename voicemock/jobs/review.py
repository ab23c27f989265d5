"""Review recordings: one bad file never costs the others, and the report is whole or says why not."""

__all__ = ["review_each", "review_kept", "write_review"]

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from voicemock.analyze import assemble
from voicemock.archive.feedback import quiet_checks
from voicemock.archive.store import Store, new_session
from voicemock.errors import AudioError, SessionError, VoicemockError, repair
from voicemock.report import write_report
from voicemock.schema import AnswerReport, SessionReport


def review_each(
    paths: Iterable[Path], *, analyse: Callable[[Path], AnswerReport]
) -> Iterator[tuple[Path, AnswerReport | VoicemockError]]:
    """Return for each recording its report, or why there is none, as soon as it is known."""
    for path in paths:
        try:
            answer = analyse(path)
            if not answer.transcript.words:
                raise AudioError(f"{path}: no speech found.", hint="Play the recording: can you hear the answer?")
        except VoicemockError as error:
            yield path, error
        except Exception as error:  # whatever is wrong with one file, the others are still analysed
            yield path, VoicemockError(f"{path} was not analysed ({type(error).__name__}: {error}).")
        else:
            yield path, answer


def write_review(
    answers: Sequence[AnswerReport], folder: Path | None, *, title: str = "Review"
) -> tuple[Path, SessionReport]:
    """Write the report to a folder of its own and return its page; folder: None for one among the sessions.

    Raises SessionError if that cannot be, and leaves no empty folder.
    """
    session = new_session(title=title, folder=folder)
    report = assemble(answers, session=session.info, quiet=quiet_checks())
    try:
        return write_report(report, session.folder), report
    except OSError as error:
        with contextlib.suppress(OSError):
            session.folder.rmdir()  # where nothing could be written at all
        raise SessionError(
            f"The report cannot be written to {session.folder}: {error.strerror}.",
            hint=f"{repair(error, 'Check that folder')}, or choose another with --out, and run the command again.",
        ) from error


def review_kept(name: str, session: Store, *, analyse: Callable[[Path], AnswerReport]) -> SessionReport:
    """Review a recording that is kept in a session's own folder, and write the report beside it.

    Raises as ``review_each`` yields.
    """
    ((_, found),) = review_each([session.folder / name], analyse=analyse)
    if isinstance(found, VoicemockError):
        raise found
    if found.recording:
        found = msgspec.structs.replace(found, recording=msgspec.structs.replace(found.recording, path=name))
    report = assemble([found], session=session.info, quiet=quiet_checks())
    write_report(report, session.folder)
    return report
