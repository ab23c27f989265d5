"""What a signal that was heard is made of: numbers by their kind, and pillars of observability."""

__all__ = ["Number", "PillarHeard"]

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
