"""The text of a PDF, line by line, with what its type says of headings."""

__all__ = ["MOST_PAGES", "pdf_blocks"]

import io
import logging
import statistics
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from voicemock.errors import UsageError
from voicemock.preparation.seat.blocks import BULLET, Block, Line, together
from voicemock.preparation.seat.sections import LONGEST_HEADING

if TYPE_CHECKING:
    from pypdf import PdfReader

MOST_PAGES = 40
"""Read of a longer one, so that it takes seconds; no posting and no CV is as long (voicemock default)."""
LARGER = 1.15
"""Times the usual size of the document, from which on type is a heading's (voicemock default, unvalidated)."""
GAP = 1.7
"""Times the size of the type between two lines, from which on a paragraph ends (voicemock default, unvalidated)."""


FITS = 0.93
"""Share of the widest line, up to which the next word would have fitted on one: it was ended on purpose. Pages that a
browser prints have no other sign of a list (voicemock default, unvalidated)."""


_NARROW, _WIDE = " iljtfrI.,;:'()-!|", "mwMWABCDGHKNOQRUVXY@%"


class _Typed(msgspec.Struct, kw_only=True):
    """One line as it was typed; bold: every word of it. item: the file says that an item of a list begins."""

    page: int
    text: str = ""
    size: float = 0.0
    bold: bool = True
    item: bool = False
    y: float | None = None


def pdf_blocks(path: Path, data: bytes) -> tuple[list[Block], list[str]]:
    """Return the blocks of a PDF, and what of it was not read; raise UsageError if it holds no text."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it repairs by itself is no news
    try:
        return _read(path, data)
    except UsageError:
        raise
    except Exception as error:  # a damaged file fails anywhere in pypdf, with whatever error the place has
        raise UsageError(
            f"{path} is damaged: its text cannot be read.", hint="Open it in a viewer, and print it to a new PDF."
        ) from error


def _read(path: Path, data: bytes) -> tuple[list[Block], list[str]]:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted:
        _open_locked(path, reader)
    count = len(reader.pages)
    typed: list[_Typed] = []
    silent = []
    for number in range(1, min(count, MOST_PAGES) + 1):
        lines = _lines(reader.pages[number - 1], number)
        if typed and typed[-1].text.rstrip().endswith((".", "!", "?")):
            typed.append(_Typed(page=number))  # so that what stands on the next page is not said to stand on this one
        typed += lines
        if not lines:
            silent.append(number)
    if not typed:
        raise UsageError(
            f"{path} holds no text: what you see in it is a picture, as in a scan.",
            hint="Copy the text from a viewer that recognises it, save it as .txt, and name that file.",
        )
    notes = [f"{path} has {count} pages: only the first {MOST_PAGES} were read."] if count > MOST_PAGES else []
    if silent:
        notes.append(f"{path}: no text on {_pages(silent)}; what stands there as a picture was not read.")
    return together(_headed(typed)), notes


def _open_locked(path: Path, reader: "PdfReader") -> None:
    """Open a file that forbids changes but not reading; raise UsageError if it wants a password."""
    from pypdf.errors import DependencyError

    try:
        opened = bool(reader.decrypt(""))
    except DependencyError:
        opened = False
    if not opened:
        raise UsageError(
            f"{path} is encrypted, so its text cannot be read.",
            hint="Open it with its password in a viewer, print it to a new PDF, and name that file.",
        )


def _lines(page: Any, number: int) -> list[_Typed]:
    """Return the lines of a page that hold something, and an empty one where a gap parts two."""
    found = [_Typed(page=number)]
    labelled = False

    def marked(operator: bytes, operands: Any, *_: Any) -> None:
        nonlocal labelled
        labelled = labelled or (operator == b"BDC" and bool(operands) and operands[0] == "/Lbl")

    def typed(text: str, cm: Any, tm: Any, font: Any, size: float) -> None:
        nonlocal labelled
        for n, part in enumerate(text.split("\n")):
            if n:
                found.append(_Typed(page=number))
            if part.strip():
                line = found[-1]
                line.item, labelled = line.item or labelled, False
                line.size = max(line.size, abs(size * tm[3] * cm[3]) or abs(size))
                name = str((font or {}).get("/BaseFont", "")).lower()
                line.bold = line.bold and any(weight in name for weight in ("bold", "black", "heavy"))
                line.y = tm[5] * cm[3] + cm[5]
            found[-1].text += part

    page.extract_text(visitor_operand_before=marked, visitor_text=typed)
    lines: list[_Typed] = []
    for line in (line for line in found if line.text.strip()):
        above = lines[-1] if lines else None
        if above and above.y is not None and line.y is not None and abs(above.y - line.y) > GAP * line.size:
            lines.append(_Typed(page=number))
        lines.append(line)
    return lines


def _headed(typed: list[_Typed]) -> list[Line]:
    written = [line for line in typed if line.text.strip()]
    usual = statistics.median(line.size for line in written)
    bold = sum(line.bold for line in written) < len(written) / 2  # where all is bold, it says nothing
    widest = max(_width(line.text) for line in written if line.size <= usual * LARGER)
    found: list[Line] = []
    for line, after in zip(typed, [*typed[1:], None], strict=True):
        short = bool(line.text.strip()) and len(line.text.split()) <= LONGEST_HEADING
        heading = short and ((bold and line.bold) or line.size > LARGER * usual)
        bullet = "• " if line.item and not BULLET.match(line.text) else ""  # a browser draws it, and types none
        found.append(Line(text=bullet + line.text, where=f"page {line.page}", heading=heading))
        if after and _ended(line.text.strip(), after.text.strip(), widest):
            found.append(Line(text=""))
    return found


def _ended(text: str, after: str, widest: float) -> bool:
    """Return whether a line was ended on purpose: the next begins with a capital, and its first word had room."""
    return after[:1].isupper() and _width(f"{text} {after.split()[0]}") < FITS * widest


def _width(text: str) -> float:
    """Return roughly how wide a text is, in letters of usual width."""
    return len(text) - sum(map(text.count, _NARROW)) / 2 + sum(map(text.count, _WIDE)) / 2


def _pages(numbers: list[int]) -> str:
    listed = ", ".join(map(str, numbers[:-1]))
    return f"pages {listed} and {numbers[-1]}" if listed else f"page {numbers[0]}"
