"""One session as one zip file, to keep or to show to somebody."""

__all__ = ["export_session"]

import zipfile
from collections.abc import Callable
from pathlib import Path

import msgspec

from voicemock.archive.resume import read_report
from voicemock.errors import SessionError, repair
from voicemock.paths import whole_file
from voicemock.report import render_html, render_markdown, to_json
from voicemock.schema import AnswerReport, SessionReport

REPORT_FILES = ("report.html", "report.md", "session.json")


def export_session(folder: Path, target: Path, *, audio: bool, tell: Callable[[str], None]) -> None:
    """Write the report, the JSON files and the recordings of a session to a zip file: whole, or not at all.

    audio: False leaves the voice out, in the report's page too. tell: is told what was damaged.
    Raises SessionError if the file cannot be written.
    """
    report = read_report(folder, tell=tell)
    if not audio:
        report = msgspec.structs.replace(report, answers=tuple(map(_silent, report.answers)))
    try:
        with whole_file(target) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in _rendered(report, folder).items():
                archive.writestr(f"{folder.name}/{name}", content)
            for path in sorted(folder.rglob("*")):
                inside = path.relative_to(folder)
                if _belongs(path, inside, audio=audio):
                    archive.write(path, f"{folder.name}/{inside.as_posix()}")
    except OSError as error:
        if error.filename and Path(error.filename).is_relative_to(folder):
            why = f"{error.filename} cannot be read: {error.strerror}. Nothing was exported."
            raise SessionError(why, hint="Make the file readable, then export again.") from error
        raise SessionError(
            f"{target} cannot be written: {error.strerror}.",
            hint=f"{repair(error, 'Check the folder')}, or choose another place with --to.",
        ) from error


def _rendered(report: SessionReport, folder: Path) -> dict[str, bytes]:
    page, text = render_html(report, folder=folder), render_markdown(report)
    # A recording's name that is not UTF-8 holds lone surrogates.
    contents = (page.encode("utf-8", "replace"), text.encode("utf-8", "replace"), to_json(report))
    return dict(zip(REPORT_FILES, contents, strict=True))


def _belongs(path: Path, inside: Path, *, audio: bool) -> bool:
    """Return whether a file is included: no links, nothing hidden, and the report only as freshly rendered.

    Without sound only the JSON files are: a recording that was dropped on the page has any name and any ending.
    """
    hidden = any(part.startswith(".") for part in inside.parts)
    if hidden or path.is_symlink() or not path.is_file() or inside.as_posix() in REPORT_FILES:
        return False
    return audio or path.suffix == ".json"


def _silent(answer: AnswerReport) -> AnswerReport:
    """Point an answer to no recording, so that the page cannot play it."""
    if answer.recording is None:
        return answer
    recording = msgspec.structs.replace(answer.recording, path=f"{answer.recording.path} (left out)")
    return msgspec.structs.replace(answer, recording=recording)
