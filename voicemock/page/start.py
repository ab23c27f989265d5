"""The first page: what is due, what was begun, and where everything else is."""

__all__ = ["start"]

import msgspec

from voicemock.page.house import House
from voicemock.page.reply import Asked, Page


class Start(msgspec.Struct, frozen=True):
    """What the first page shows."""

    version: str


def start(_house: House, _asked: Asked) -> Page:
    """Return the first page."""
    from voicemock import __version__

    return Page("start", Start(__version__))
