"""How a time, a count and a long line are said: the same on a page and on the terminal."""

__all__ = ["WIDTH", "ago", "clock", "day", "day_name", "plural", "shortened", "singular", "spelled", "wrap"]

import datetime
import re
import textwrap

WIDTH = 79
"""Characters in a line on the terminal; one less than its usual 80, where some would break a full line twice."""

LONGEST_QUOTE, END_OF_QUOTE = 24, 10
"""Words in a quote that is shown whole, and at each end of one that is not."""

COUNTED = re.compile(r"\b(pause|word|hedge|repeat)s\b")
"""What measures count, so that one is not shown as "1 pauses"."""


def clock(seconds: float) -> str:
    """Show seconds as 2:14, or 1:02:14 from an hour on."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def good_length(shortest_s: float, longest_s: float) -> str:
    """Show how long an answer should be: 1:00–2:30; or at most 2:30, where a word may be enough."""
    return f"at most {clock(longest_s)}" if shortest_s <= 1 else f"{clock(shortest_s)}–{clock(longest_s)}"


def day(started_at: str) -> str:
    """Show an ISO date and time as 21 November 2026, 10:03; anything else as it stands."""
    try:
        at = datetime.datetime.fromisoformat(started_at)
    except ValueError:
        return started_at
    return f"{at.day} {at:%B %Y, %H:%M}"


def day_name(date: datetime.date) -> str:
    """Show a day as Tuesday 1 December."""
    return f"{date:%A} {date.day} {date:%B}"


def ago(days: int | None) -> str:
    """Say how many days ago something was; what a clock set wrongly puts into the future was today."""
    if days is None:
        return "date unknown"
    return "today" if days <= 0 else "yesterday" if days == 1 else f"{days} days ago"


def shortened(quote: str) -> str:
    """Leave out the middle of a quote of more than two dozen words: how it begins and ends is kept."""
    said = quote.split()
    if len(said) <= LONGEST_QUOTE:
        return quote
    return f"{' '.join(said[:END_OF_QUOTE])} … {' '.join(said[-END_OF_QUOTE:])}"


def plural(count: int, noun: str) -> str:
    """Show a count with its noun: 1 pause, 2 pauses, 2 stories, 2 days."""
    if count == 1:
        return f"{count} {noun}"
    return f"{count} {noun[:-1]}ies" if re.search(r"[^aeiou]y$", noun) else f"{count} {noun}s"


def singular(unit: str) -> str:
    """Return a unit as it is said of one: pauses of 2 s becomes pause of 2 s."""
    return COUNTED.sub(r"\1", unit, count=1)


def spelled(count: int) -> str:
    """Spell a count up to three, as a heading does."""
    return {1: "One", 2: "Two", 3: "Three"}.get(count, str(count))


def wrap(text: str, *, first: str | None = None, indent: str = "") -> str:
    """Break text into lines for the terminal; ids and commands keep their hyphens.

    first: what the first line begins with, if not ``indent`` like the others.
    """
    opening = indent if first is None else first
    return textwrap.fill(text, WIDTH, initial_indent=opening, subsequent_indent=indent, break_on_hyphens=False)
