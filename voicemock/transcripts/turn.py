"""Who said what: the one thing every format is read into."""

__all__ = ["Conversation", "Turn", "joined", "took_s"]

from collections.abc import Iterable, Sequence

import msgspec

PACES = (60.0, 300.0)
"""Words a minute between which the times of a transcript are believed: a break within a turn, or times of a clock that
stood still, make an answer slower or faster than anybody speaks. voicemock default, unvalidated."""


class Turn(msgspec.Struct, frozen=True, kw_only=True):
    """What one person says until another does; speaker: empty if nobody is named."""

    speaker: str
    text: str
    start_s: float | None = None
    end_s: float | None = None


class Conversation(msgspec.Struct, frozen=True, kw_only=True):
    """A call. format: what it was read from, in words for people. notes: what had to be assumed."""

    format: str
    turns: tuple[Turn, ...]
    notes: tuple[str, ...] = ()

    @property
    def speakers(self) -> tuple[str, ...]:
        """Return everybody who is named, the one who says most first."""
        said: dict[str, int] = {}
        for turn in self.turns:
            if turn.speaker:
                said[turn.speaker] = said.get(turn.speaker, 0) + len(turn.text.split())
        return tuple(sorted(said, key=lambda name: -said[name]))


def joined(turns: Iterable[Turn]) -> tuple[Turn, ...]:
    """Put together what one person says in a row, without what is empty."""
    found: list[Turn] = []
    for turn in turns:
        last = found[-1] if found else None
        if not turn.text:
            continue
        if last and last.speaker.casefold() == turn.speaker.casefold():
            ends = [s for s in (last.end_s, turn.end_s) if s is not None]
            end_s = max(ends) if len(ends) == 2 else None
            found[-1] = msgspec.structs.replace(last, text=f"{last.text} {turn.text}", end_s=end_s)
        else:
            found.append(turn)
    return tuple(found)


def took_s(turns: Sequence[Turn]) -> float | None:
    """Return how long turns took, without what lies between them; None if that is not told, or not to be believed."""
    total_s = until_s = 0.0
    for turn in turns:
        if turn.start_s is None or turn.end_s is None:
            return None
        total_s += max(0.0, turn.end_s - max(turn.start_s, until_s))
        until_s = max(until_s, turn.end_s)
    words = sum(len(turn.text.split()) for turn in turns)
    slowest, fastest = PACES
    return total_s if total_s and slowest <= words / total_s * 60 <= fastest else None
