"""A story: what happened once, and what of it a candidate wants to say; ``docs/stories.md`` describes its file."""

__all__ = ["LISTS", "TEXTS", "Retracted", "Story"]

import datetime

import msgspec

TEXTS = ("title", "learned", "earned_secret")
"""Fields that hold one text."""
LISTS = ("competencies", "numbers", "tradeoffs", "why", "people", "takes")
"""Fields that hold several."""


class Retracted(msgspec.Struct, frozen=True, kw_only=True):
    """A claim that is not to be made again; since: an ISO date, or a date and time, empty if it was never right."""

    claim: str
    since: str = ""

    def before(self, started_at: str) -> bool:
        """Return whether a session was begun after the claim was taken back; one of another time zone counts too."""
        if not self.since:
            return True
        try:
            then, at = datetime.datetime.fromisoformat(self.since), datetime.datetime.fromisoformat(started_at)
        except ValueError:
            return True
        if len(self.since) <= len("2026-12-01"):
            return at.date() > then.date()
        return at.astimezone() > then.astimezone()


class Story(msgspec.Struct, frozen=True, kw_only=True):
    """One story.

    id: its file's name without ".md". why: reasons for what was decided. earned_secret: what only somebody who was
    there knows. takes: recorded answers it was drafted from. body: all below the front matter, as it stands.
    """

    id: str
    title: str
    competencies: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    tradeoffs: tuple[str, ...] = ()
    why: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    learned: str = ""
    earned_secret: str = ""
    takes: tuple[str, ...] = ()
    retracted: tuple[Retracted, ...] = ()
    body: str = ""

    @property
    def text(self) -> str:
        """Return all of it as sentences, the body last."""
        parts = (self.title, *self.numbers, *self.tradeoffs, *self.why, *self.people, self.learned, self.earned_secret)
        return ". ".join(part for part in (*parts, self.body) if part)
