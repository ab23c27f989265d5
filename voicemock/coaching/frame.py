"""A sentence to be said better, as both pages show it."""

__all__ = ["GAP", "Frame"]

import msgspec

from voicemock.schema import Evidence

GAP = "___"
"""A place to fill."""


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """said: the sentence as it stands in the transcript. frame: how to say it, each ``GAP`` to be filled."""

    said: Evidence
    frame: str
