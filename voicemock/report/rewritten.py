"""A text with some stretches replaced, and where every place in it has gone."""

__all__ = ["Change", "Rewritten"]

import bisect
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from voicemock.schema import Word


class Change(NamedTuple):
    """A stretch of a text, and what takes its place."""

    start: int
    end: int
    new: str


class Rewritten:
    """A text after some changes, which are in order and apart.

    old, text: before and after.
    """

    def __init__(self, old: str, changes: Sequence[Change]) -> None:
        self.old = old
        self._changes = list(changes)
        self._starts = [change.start for change in changes]
        self._after: list[int] = []
        """Where each change ends in the new text."""
        parts, at, size = [], 0, 0
        for change in changes:
            parts += [old[at : change.start], change.new]
            size += change.start - at + len(change.new)
            self._after.append(size)
            at = change.end
        self.text = "".join([*parts, old[at:]])

    def start(self, at: int) -> int:
        """Return where a stretch that began here begins; inside a change, with the change."""
        n = bisect.bisect_right(self._starts, at) - 1
        if n < 0:
            return at
        change = self._changes[n]
        return self._after[n] - len(change.new) if at < change.end else at + self._after[n] - change.end

    def end(self, at: int) -> int:
        """Return where a stretch that ended here ends; inside a change, with the change."""
        n = bisect.bisect_left(self._starts, at) - 1
        if n < 0:
            return at
        change = self._changes[n]
        return self._after[n] if at <= change.end else at + self._after[n] - change.end

    def piece(self, start: int, end: int) -> str:
        """Return what stands now where a stretch stood."""
        return self.text[self.start(start) : self.end(end)]

    def words(self, words: Sequence[Word]) -> tuple[Word, ...]:
        """Return words with their new places; those that became one last from the first's start to the last's end."""
        return tuple(self._word(group) for group in self._groups(words))

    def _groups(self, words: Sequence[Word]) -> Iterator[list[Word]]:
        group: list[Word] = []
        for word in words:
            if group and self.start(word.char_start) >= self.end(group[-1].char_end):
                yield group
                group = []
            group.append(word)
        if group:
            yield group

    def _word(self, group: list[Word]) -> Word:
        start, end = self.start(group[0].char_start), self.end(group[-1].char_end)
        sure = [word.probability for word in group if word.probability is not None]
        return Word(
            text=self.text[start:end],
            char_start=start,
            char_end=end,
            start_s=group[0].start_s,
            end_s=group[-1].end_s,
            probability=min(sure, default=None),
        )
