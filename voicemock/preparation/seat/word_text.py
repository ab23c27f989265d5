"""The text of a Word file, its tables and text boxes too, without what was deleted in it."""

__all__ = ["word_blocks"]

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from voicemock.documents import damaged, open_word
from voicemock.preparation.seat.blocks import Block, Line, together
from voicemock.preparation.seat.sections import LONGEST_HEADING

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
"""A text box's second copy, for older readers."""


def word_blocks(path: Path, data: bytes) -> list[Block]:
    """Return the blocks of a .docx; raise UsageError if it is none, or damaged."""
    document = open_word(path, data)
    try:
        return together(_lines(document))
    except Exception as error:  # whatever lxml and python-docx make of a damaged part
        raise damaged(path) from error


def _lines(document: Any) -> Iterator[Line]:
    styles = {style.style_id: style.name.lower() for style in document.styles if style.name}
    number = 0
    for paragraph in document.element.body.iter(f"{_W}p"):
        if any(above.tag == _FALLBACK for above in paragraph.iterancestors()):
            continue
        text = _text(paragraph)
        style = styles.get(_value(paragraph, "pStyle"), "")
        if text.strip():
            number += 1
            heading = "heading" in style or style == "title" or (_is_bold(paragraph) and _is_short(text))
            item = "list" in style or paragraph.find(f"{_W}pPr/{_W}numPr") is not None
            for n, line in enumerate(text.split("\n")):
                bullet = "• " if item and not n and not heading else ""
                yield Line(text=bullet + line, where=f"paragraph {number}", heading=heading and bool(line.strip()))
        yield Line(text="")


def _text(paragraph: Any) -> str:
    """Return a paragraph's own text: not that of a box which hangs on it, which is a paragraph itself."""
    found = []
    for part in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br"):
        if next(part.iterancestors(f"{_W}p")) is paragraph and part.getparent().tag == f"{_W}r":
            found.append(part.text or "" if part.tag == f"{_W}t" else " " if part.tag == f"{_W}tab" else "\n")
    return "".join(found)


def _value(paragraph: Any, name: str) -> str:
    found = paragraph.find(f"{_W}pPr/{_W}{name}")
    return "" if found is None else str(found.get(f"{_W}val"))


def _is_bold(paragraph: Any) -> bool:
    runs = [run for run in paragraph.iter(f"{_W}r") if "".join(t.text or "" for t in run.iter(f"{_W}t")).strip()]
    marks = [run.find(f"{_W}rPr/{_W}b") for run in runs]
    return bool(runs) and all(mark is not None and mark.get(f"{_W}val") not in ("0", "false") for mark in marks)


def _is_short(text: str) -> bool:
    return len(text.split()) <= LONGEST_HEADING
