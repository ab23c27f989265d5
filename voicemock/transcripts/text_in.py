"""From a file's bytes to lines: whatever encoding and line ends it has, or a Word document."""

__all__ = ["holds_text", "lines_of"]

import codecs
import re
from pathlib import Path

from voicemock.documents import damaged, decoded, open_word
from voicemock.errors import UsageError

MOST_BYTES = 20_000_000
"""Text of a call this large would be weeks long. voicemock default, unvalidated."""

TEXT_KINDS = (".vtt", ".srt", ".txt", ".docx", ".md", ".doc", ".rtf", ".pdf", ".odt", ".html", ".htm")
_OTHERS = ((b"%PDF", "a PDF"), (b"{\\rtf", "rich text"), (b"\xd0\xcf\x11\xe0", "an old Word document"))
_BREAK = re.compile(r"\r\n?|[\n\v\f\x85\u2028\u2029]")
_INVISIBLE = dict.fromkeys(map(ord, "\ufeff\u200b\u200e\u200f\u202a\u202c\x00"))


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
    text, notes = (_document(path, data), ()) if data.startswith(b"PK") else decoded(path, data)
    lines = [" ".join(line.translate(_INVISIBLE).split()) for line in _BREAK.split(text)]
    if not any(map(str.isalnum, text)):
        raise UsageError(f"{path} holds no words.", hint="Export the transcript again, or check that it is this file.")
    return lines, notes


def _document(path: Path, data: bytes) -> str:
    """Return the text of a Word document; each paragraph and each break in one is a line."""
    document = open_word(path, data)
    try:
        return "\n".join(paragraph.text for paragraph in document.paragraphs)
    except Exception as error:  # whatever lxml and python-docx make of a damaged part
        raise damaged(path) from error
