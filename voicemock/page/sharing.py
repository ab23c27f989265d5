"""A stored report handed out: through a lens, or as a file to keep elsewhere."""

__all__ = ["FORMATS", "Format", "download", "report_of", "through"]

import io
import zipfile
from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec

from voicemock.errors import UnknownNameError
from voicemock.page.house import House
from voicemock.page.reply import Asked, Reply

if TYPE_CHECKING:
    from voicemock.schema import SessionReport


class Format(msgspec.Struct, frozen=True):
    """A form a report can be kept in. kind: of its content, as a browser calls it."""

    id: str
    title: str
    kind: str


FORMATS = (
    Format("html", "The page with its sound, in one file", "text/html"),
    Format("txt", "What was said, as text", "text/plain; charset=utf-8"),
    Format("md", "Everything, as text (Markdown)", "text/markdown; charset=utf-8"),
    Format("srt", "Captions for a video player (SRT)", "application/x-subrip"),
    Format("vtt", "Captions for a web page (WebVTT)", "text/vtt; charset=utf-8"),
    Format("json", "The data (JSON)", "application/json"),
)


def download(_house: House, asked: Asked) -> Reply:
    """Return a report as a file to be saved; captions of several answers in a zip."""
    from voicemock.archive.listing import find_session
    from voicemock.archive.sources import open_source
    from voicemock.jobs.sharing import CAPTIONS, captions_of, text_of

    wanted = {one.id: one for one in FORMATS}.get(asked.at["format"])
    if wanted is None:
        raise UnknownNameError("format", asked.at["format"], [one.id for one in FORMATS])
    folder = find_session(asked.at["id"]).folder
    with open_source(str(folder), sound=True, tell=lambda _: None) as found:
        found = found._replace(report=report_of(found.report, through(asked.query)))
        name = f"{found.name}.{wanted.id}"
        if wanted.id not in CAPTIONS:
            return Reply(text_of(found, wanted.id, page_in=folder), wanted.kind, name=name)
        made = captions_of(found.report, wanted.id)
    if made.alone:
        return Reply(made.files[0][1], wanted.kind, name=name)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for place, content in made.files:
            archive.writestr(str(place), content)
    return Reply(packed.getvalue(), "application/zip", name=f"{found.name}-{wanted.id}.zip")


def through(query: Mapping[str, str]) -> str:
    """Return the lens an address names, or nothing; raises UnknownNameError."""
    from voicemock.lenses import known_lenses

    return known_lenses([query["lens"]])[0] if query.get("lens") else ""


def report_of(report: "SessionReport", lens: str) -> "SessionReport":
    """Return a report with what a lens shows, if there is one."""
    from voicemock.coaching.lenses import seen_through

    return msgspec.structs.replace(report, answers=seen_through(report.answers, [lens])) if lens else report
