"""Who said what: the one thing every format is read into."""

__all__ = ["Conversation", "Turn", "joined"]

from collections.abc import Iterable

import msgspec


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
            end_s = max((s for s in (last.end_s, turn.end_s) if s is not None), default=None)
            found[-1] = msgspec.structs.replace(last, text=f"{last.text} {turn.text}", end_s=end_s)
        else:
            found.append(turn)
    return tuple(found)
