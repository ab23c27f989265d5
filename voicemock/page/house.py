"""All that the pages share while voicemock is open: the door, the tabs, and the one session that may be running."""

__all__ = ["House"]

from voicemock.page.door import Door
from voicemock.page.hub import Hub

GONE_S = 10.0
"""A session whose last tab is gone for this long is ended in order; a page that is loaded anew is back within one.
voicemock default, unvalidated."""

CLOSED_S = 120.0
"""And voicemock itself after this: somebody may only have looked elsewhere. voicemock default, unvalidated."""


class House:
    """Shared by every request, in any thread."""

    def __init__(self, door: Door) -> None:
        self.door = door
        self.hub = Hub()

    def look_around(self) -> bool:
        """Return whether it is time to close; called several times a second."""
        return self.hub.alone_s > CLOSED_S

    def snapshot(self) -> str:
        """Return what every tab sees now, as JSON."""
        return "{}"

    def close(self) -> None:
        """End what is running, in order."""
