"""What was heard, one step closer: numbers by their kind, pillars of observability, what a lens shows."""

__all__ = ["LensHeard", "LensPointHeard", "Number", "PillarHeard"]

import msgspec

from voicemock.schema.heard import Evidence
from voicemock.schema.names import NumberKind, Pillar


class Number(msgspec.Struct, frozen=True, kw_only=True):
    """A number that measures something, and what it measures."""

    kind: NumberKind
    evidence: Evidence


class PillarHeard(msgspec.Struct, frozen=True, kw_only=True):
    """A pillar of observability, and the words that first spoke of it."""

    pillar: Pillar
    evidence: Evidence


class LensPointHeard(msgspec.Struct, frozen=True, kw_only=True):
    """One point of a lens; heard: None if it could not be told."""

    name: str
    heard: bool | None
    evidence: tuple[Evidence, ...] = ()


class LensHeard(msgspec.Struct, frozen=True, kw_only=True):
    """An answer through a lens, which judges nothing.

    lens: its name. session: shown once for all answers. points: without those that a follow-up has; of a follow-up,
    those it has. lines: what else there is to say.
    """

    lens: str
    title: str
    session: bool = False
    points: tuple[LensPointHeard, ...] = ()
    lines: tuple[str, ...] = ()
