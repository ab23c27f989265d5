"""Text that goes into a table: on one line, and no spreadsheet runs it."""

__all__ = ["harmless"]

from voicemock.printable import one_line

FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""A spreadsheet takes a cell beginning with one of these for a formula; the wide forms of Chinese and Japanese too."""


def harmless(text: str) -> str:
    """Return text on one line, with a quote before what a spreadsheet would run as a formula."""
    line = one_line(text)
    return f"'{line}" if line.lstrip().startswith(FORMULA) else line
