"""Times as transcripts write them: 0:03, 01:02:03, 00:00:01.250, 00:00:01,250, 0:0:4.4."""

__all__ = ["TIME", "seconds"]

import re

TIME = r"(?:\d{1,3}:)?\d{1,2}:\d{1,2}(?:[.,]\d{1,6})?"
"""The pattern of one."""
_ONE = re.compile(r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,6}))?")


def seconds(text: str) -> float | None:
    """Return a time in seconds, None if it is none."""
    found = _ONE.fullmatch(text)
    if found is None:
        return None
    hours, minutes, whole, part = found.groups()
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(whole) + (float(f"0.{part}") if part else 0.0)
