"""What other programs wrote: text in whatever encoding, and Word documents."""

__all__ = ["decoded", "need_prepare", "open_word"]

import importlib.util
import io
import zipfile
from pathlib import Path
from typing import Any

from voicemock.errors import UsageError

MOST_UNPACKED = 100_000_000
"""Bytes of what is packed in a file; one made to fill a memory unpacks to more. voicemock default, unvalidated."""

_LOOKED_AT = 200
"""Bytes from which it is told whether text has two bytes a letter."""
_WINDOWS = "The file is not UTF-8: it was read as Windows text, so letters with accents may be wrong."


def decoded(path: Path, data: bytes) -> tuple[str, tuple[str, ...]]:
    """Return a text and what had to be assumed; raises UsageError if it is none."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace"), ()
    if b"\0" in data:
        head = data[:_LOOKED_AT]
        zeros = {"utf-16-be": head[0::2].count(0), "utf-16-le": head[1::2].count(0)}
        likelier = max(zeros, key=zeros.__getitem__)
        if len(data) % 2 == 0 and zeros[likelier] > len(head) / 4 > min(zeros.values()):
            return data.decode(likelier, "replace"), ()
        raise UsageError(f"{path} is not a text file.", hint="Save it as UTF-8 text, and try again.")
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252"), (_WINDOWS,)
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not a text file.", hint="Save it as UTF-8 text, and try again.") from error


def need_prepare(path: Path, package: str) -> None:
    """Raise UsageError if a package that reads a kind of file is not installed; it comes with the extra "prepare"."""
    if importlib.util.find_spec(package) is None:
        raise UsageError(
            f'To read {path}, voicemock needs the extra "prepare", which is not installed.',
            hint='pip install "voicemock[prepare]" adds it. Or save the file as .txt, which needs nothing.',
        )


def open_word(path: Path, data: bytes) -> Any:
    """Return a Word document as python-docx has it.

    Raises UsageError if that is not installed, if the document is damaged, or if it unpacks to more than any text.
    """
    need_prepare(path, "docx")
    import docx

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            size = sum(part.file_size for part in packed.infolist())  # python-docx unpacks all of it
        if size <= MOST_UNPACKED:
            return docx.Document(io.BytesIO(data))
    except Exception as error:  # what is damaged fails anywhere in python-docx, with whatever error the place has
        raise damaged(path) from error
    raise UsageError(f"{path} unpacks to over {MOST_UNPACKED // 1_000_000} MB.", hint="Is this the right file?")


def damaged(path: Path) -> UsageError:
    """Return the error for a Word document that cannot be read; parts of it are looked at only when they are needed."""
    return UsageError(
        f"{path} is damaged, or is not a Word file.", hint="Open it in Word, and save it again as .docx or .txt."
    )
