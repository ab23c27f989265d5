"""A stored report in another form, to be kept elsewhere or handed on."""

__all__ = ["CAPTIONS", "Captions", "captions_of", "text_of"]

from pathlib import Path, PurePosixPath
from typing import NamedTuple

from voicemock.archive.sources import Source
from voicemock.errors import UsageError
from voicemock.report import render_html, render_markdown, render_plain, render_srt, render_vtt, to_json
from voicemock.report.captions import caption_place
from voicemock.report.view import AnswerView, view_of
from voicemock.schema import SessionReport

CAPTIONS = {"srt": render_srt, "vtt": render_vtt}


class Captions(NamedTuple):
    """Captions, by where they lie beside the recordings of a session.

    alone: they are of the one answer there is, or that was chosen. without: numbers of answers without times.
    """

    files: tuple[tuple[PurePosixPath, bytes], ...]
    alone: bool
    without: tuple[int, ...]


def text_of(found: Source, kind: str, *, page_in: Path, answer: int | None = None, sound: bool = True) -> bytes:
    """Return a report as html, md, json or txt.

    page_in: the folder its page will lie in. answer: of a txt, this alone. sound: with that, and with examples.
    """
    if kind == "json":
        return to_json(found.report)
    if kind == "html":
        folder = found.folder if sound else None
        text = render_html(found.report, folder=folder, page_in=page_in, elsewhere=found.elsewhere, examples=sound)
    elif kind == "md":
        text = render_markdown(found.report, examples=sound)
    else:
        if answer is not None:
            _chosen(found.report, answer)
        text = render_plain(found.report, answer=answer)
    return text.encode("utf-8", "replace")  # a file's name that is not UTF-8


def captions_of(report: SessionReport, kind: str, *, answer: int | None = None) -> Captions:
    """Return the captions of each answer, or of one; raises UsageError if no word of it has a time."""
    views = [_chosen(report, answer)] if answer is not None else list(view_of(report).answers)
    timed = [view for view in views if any(word.start_s is not None for word in view.report.transcript.words)]
    if not timed:
        raise UsageError(
            "There is nothing to caption: no words with times.", hint="Written answers can be kept with --format txt."
        )
    files: dict[PurePosixPath, bytes] = {}
    for view in timed:
        place = caption_place(view.report, view.number, f".{kind}")
        if place in files:
            place = place.with_stem(f"{place.stem}-answer-{view.number}")
        files[place] = CAPTIONS[kind](view.report).encode()
    without = tuple(view.number for view in views if view not in timed)
    return Captions(tuple(files.items()), len(views) == 1, without)


def _chosen(report: SessionReport, number: int) -> AnswerView:
    views = view_of(report).answers
    if number > len(views):
        raise UsageError(f"There is no answer {number}.", hint=f"The report has {len(views)}, counted as on its page.")
    return views[number - 1]
