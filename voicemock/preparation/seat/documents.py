"""Job descriptions and CVs as their owner has them: the text of a PDF, a Word file, a saved page or plain text.

The only code here, beside ``bank.py``, that touches files. Nothing is fetched.
"""

__all__ = ["Document", "read_document"]

import re
from collections.abc import Callable
from pathlib import Path

import msgspec

from voicemock.documents import decoded, need_prepare
from voicemock.errors import UsageError
from voicemock.preparation.seat.blocks import Block, text_blocks

MOST_BYTES = 50_000_000
"""A CV with photographs is smaller; what is larger is something else (voicemock default)."""
_ADDRESS = re.compile(r"(?:https?|ftp|file)://|www\.", re.IGNORECASE)
_SAVE = "Save it as .docx, .pdf or .txt, and name that file."
_OTHERS = {
    ".doc": "a Word file of the kind before 2007",
    ".rtf": "a rich-text file",
    ".odt": "an OpenDocument file",
    ".pages": "a Pages file",
    ".mhtml": "a web archive",
    ".mht": "a web archive",
    ".webarchive": "a web archive",
}
_PACKAGES = {"pdf": "pypdf", "docx": "docx", "html": "lxml"}
_KINDS = {
    ".pdf": "pdf",
    ".docx": "docx",
    **dict.fromkeys((".html", ".htm", ".xhtml"), "html"),
    **dict.fromkeys((".txt", ".text", ".md", ".markdown"), "text"),
}


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """A document's text. notes: what of it was not read, or was read in some way that may be wrong."""

    path: Path
    blocks: tuple[Block, ...]
    notes: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All of it, a block a line."""
        return "\n".join(block.text for block in self.blocks)


def read_document(name: str, data: bytes | None = None) -> Document:
    """Read a document; raise UsageError for one that holds no text that can be read, with what to do.

    data: what is in it, if it is no file here but came from a page.
    """
    if data is None and _ADDRESS.match(name) and not Path(name).exists():
        raise UsageError(
            f"{name} is an address, and voicemock fetches nothing.",
            hint="Save the page from your browser, as HTML or PDF, and name that file.",
        )
    path = Path(name)
    data = _bytes(path) if data is None else data
    _check_size(path, data)
    kind = _kind(path, data)
    if package := _PACKAGES.get(kind):
        need_prepare(path, package)
    blocks, notes = _READERS[kind](path, data)
    if not any(re.search(r"\w", block.text) for block in blocks):
        raise UsageError(f"{path} holds no text.", hint="Open it to see whether it is the right file.")
    return Document(path=path, blocks=tuple(blocks), notes=tuple(notes))


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror or error}.", hint="Check the path.") from error
    except ValueError as error:  # a zero byte in its name
        raise UsageError(f"{path} cannot be read: {error}.", hint="Check the path.") from error


def _check_size(path: Path, data: bytes) -> None:
    if not data.strip():
        raise UsageError(f"{path} is empty.", hint="Save it again, or name another file.")
    if len(data) > MOST_BYTES:
        raise UsageError(
            f"{path} is over {MOST_BYTES // 1_000_000} MB.",
            hint="Is this the right file? A text of a few pages is less.",
        )


def _kind(path: Path, data: bytes) -> str:
    """Return what a file is: by how it begins, else by its name."""
    ending = path.suffix.lower()
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        if ending == ".docx":
            raise UsageError(f"{path} is protected by a password.", hint="Open it in Word, and save it without one.")
        raise _other(path, _OTHERS[".doc"])
    if data.startswith(b"{\\rtf"):
        raise _other(path, _OTHERS[".rtf"])
    if ending in _OTHERS:
        raise _other(path, _OTHERS[ending])
    if ending == ".pdf":
        raise UsageError(f"{path} is not a PDF, though its name says so.", hint="Save it again from where you have it.")
    if data.startswith(b"PK") and ending != ".docx":
        raise _other(path, "a zip file or an office file")
    if kind := _KINDS.get(ending):
        return kind
    raise UsageError(
        f"{path} is not a kind of file that voicemock reads.", hint="Save it as PDF, .docx, .html, .txt or .md."
    )


def _other(path: Path, what: str) -> UsageError:
    return UsageError(f"{path} is {what}, which is not read.", hint=_SAVE)


def _plain(path: Path, data: bytes) -> tuple[list[Block], list[str]]:
    text, notes = decoded(path, data)
    return text_blocks(text), list(notes)


def _pdf(path: Path, data: bytes) -> tuple[list[Block], list[str]]:
    from voicemock.preparation.seat.pdf_text import pdf_blocks

    return pdf_blocks(path, data)


def _word(path: Path, data: bytes) -> tuple[list[Block], list[str]]:
    from voicemock.preparation.seat.word_text import word_blocks

    return word_blocks(path, data), []


def _page(path: Path, data: bytes) -> tuple[list[Block], list[str]]:
    from voicemock.preparation.seat.page_text import page_blocks

    return page_blocks(path, data), []


_READERS: dict[str, Callable[[Path, bytes], tuple[list[Block], list[str]]]] = {
    "text": _plain,
    "pdf": _pdf,
    "docx": _word,
    "html": _page,
}
