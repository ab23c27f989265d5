"""From a file's bytes to lines: whatever encoding and line ends it has, or a Word document."""

__all__ = ["holds_text", "lines_of"]

import codecs
import importlib.util
import io
import re
import zipfile
from pathlib import Path

from voicemock.errors import UsageError

MOST_BYTES = 20_000_000
"""Text of a call this large would be weeks long. voicemock default, unvalidated."""

MOST_UNPACKED = 100_000_000
"""Bytes of a Word document with its pictures. voicemock default, unvalidated."""

TEXT_KINDS = (".vtt", ".srt", ".txt", ".docx", ".md", ".doc", ".rtf", ".pdf", ".odt", ".html", ".htm")
_OTHERS = ((b"%PDF", "a PDF"), (b"{\\rtf", "rich text"), (b"\xd0\xcf\x11\xe0", "an old Word document"))
_BREAK = re.compile(r"\r\n?|[\n\v\f\x85\u2028\u2029]")
_INVISIBLE = dict.fromkeys(map(ord, "\ufeff\u200b\u200e\u200f\u202a\u202c\x00"))
_DOCUMENT = "word/document.xml"


def holds_text(path: Path, head: bytes) -> bool:
    """Tell whether a file is a transcript and no recording; head: how it begins."""
    if path.suffix.lower() in TEXT_KINDS:
        return True
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)  # a letter cut off at the end is no fault
    except UnicodeDecodeError:
        return False
    return bool(head) and b"\0" not in head


def lines_of(path: Path, data: bytes) -> tuple[list[str], tuple[str, ...]]:
    """Return the lines of a file, each without spaces around it, and what had to be assumed.

    Raises UsageError if it is no text that can be read.
    """
    if len(data) > MOST_BYTES:
        raise UsageError(f"{path} is over {MOST_BYTES // 1_000_000} MB.", hint="Is this the transcript of one call?")
    for mark, what in _OTHERS:
        if data.startswith(mark):
            raise UsageError(f"{path} is {what}.", hint="Open it, and save it as .docx or as plain text (.txt).")
    text, notes = (_document(path, data), ()) if data.startswith(b"PK") else _decoded(path, data)
    lines = [" ".join(line.translate(_INVISIBLE).split()) for line in _BREAK.split(text)]
    if not any(map(str.isalnum, text)):
        raise UsageError(f"{path} holds no words.", hint="Export the transcript again, or check that it is this file.")
    return lines, notes


def _decoded(path: Path, data: bytes) -> tuple[str, tuple[str, ...]]:
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, "replace"), ()
    if b"\0" in data[:200]:
        little = data[1:200:2].count(0) > data[0:200:2].count(0)
        return data.decode("utf-16-le" if little else "utf-16-be", "replace"), ()
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        pass
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not text.", hint="Save the transcript as UTF-8 text, and try again.") from error
    return text, ("The file is not UTF-8: it was read as Windows text, so letters with accents may be wrong.",)


def _document(path: Path, data: bytes) -> str:
    """Return the text of a Word document; each paragraph and each break in one is a line."""
    broken = UsageError(f"{path} is not a Word document that can be read.", hint="Save it once more as .docx or .txt.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            size = file.getinfo(_DOCUMENT).file_size
            whole = sum(part.file_size for part in file.infolist())  # python-docx unpacks all of it
    except (zipfile.BadZipFile, KeyError, OSError, NotImplementedError, ValueError) as error:  # or a name no text is
        raise broken from error
    if size > MOST_BYTES or whole > MOST_UNPACKED:
        raise UsageError(f"{path} is too large when unpacked.", hint="Is this the transcript of one call?")
    if importlib.util.find_spec("docx") is None:
        raise UsageError(
            f"{path} is a Word document, and python-docx, which reads those, is not installed.",
            hint='It is in the extra "prepare": pip install "voicemock[prepare]". Or save it as plain text (.txt).',
        )
    import docx

    try:
        return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs)
    except Exception as error:  # whatever lxml and python-docx make of a damaged file
        raise broken from error
