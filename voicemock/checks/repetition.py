"""Words said twice in a row, and sentences started over.

What it does. Counts one to three words repeated at once ("we had, we had"), fillers in between ignored. Emphasis
("very, very", "no, no") and doublets of grammar ("that that", "had had") do not count.
Why it matters. A restart now and then is normal. Many in a row sound like a story told for the first time.
Example. "I, I asked the, the team to, to stop."
Better. Slow down at the start of a sentence; that is where most repeats happen.
Source. Shriberg 1994, Preliminaries to a theory of speech disfluencies, for the kinds; the cut-off is a voicemock
default, unvalidated.
"""

from voicemock.checks._base import DEFAULT, Limit, Verdict, rate_check
from voicemock.schema import Answer, FillerKind, Word

__all__ = ["check"]

OFTEN = Limit(3.0, DEFAULT)
LONGEST = 3
"""Longer repeats are told for effect more often than by accident."""
MEANT = frozenset({"very", "really", "so", "much", "many", "more", "no", "yes", "yeah", "that", "had", "bye", "long"})


def check(answer: Answer) -> Verdict:
    """Judge how often one answer starts over."""
    return rate_check(
        answer,
        _repeats(answer),
        check="repetition",
        noun="repeat",
        often=OFTEN,
        message="{count} or restarts. Slow down at the start of each sentence.",
    )


def _repeats(answer: Answer) -> list[tuple[int, int]]:
    """Return (start, end) offsets of each repeat, both halves included."""
    pauses = {f.char_start for f in answer.reading.fillers if f.kind is FillerKind.FILLED_PAUSE}
    words = [w for w in answer.transcript.words if w.char_start not in pauses]
    bare = [_bare(w) for w in words]
    found = []
    at = 0
    while at < len(words):
        size = next((n for n in range(LONGEST, 0, -1) if _repeated(bare, at, n)), 0)
        if size:
            found.append((words[at].char_start, words[at + 2 * size - 1].char_end))
        at += max(size, 1)
    return found


def _repeated(bare: list[str], at: int, size: int) -> bool:
    first, second = bare[at : at + size], bare[at + size : at + 2 * size]
    return first == second and all(first) and not (size == 1 and (first[0] in MEANT or first[0].isdigit()))


def _bare(word: Word) -> str:
    return word.text.lower().strip("\"'“”‘’,.;:!?…-–—()")
