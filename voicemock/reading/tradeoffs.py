"""Trade-offs: another option, or an accepted cost, and its weighing, with or without the vocabulary."""

__all__ = ["find_tradeoffs"]

from collections.abc import Sequence

from voicemock.reading.encoder import SPANS, Encoded, load_bars
from voicemock.reading.sentences import mean_chances
from voicemock.reading.text import Passage

# A trade-off is told in two to five sentences, so opening one costs and staying in it pays.
# Log odds, tuned on answers held out.
_OPEN = 3.0
_STAY = 2.0


def find_tradeoffs(spoken: Passage, found: Encoded) -> list[tuple[int, int]]:
    """Return each trade-off as (first, end) token indices: runs of sentences that weigh options."""
    bar = load_bars().spans["tradeoff"]
    scores = [score - bar for score in mean_chances(spoken, found.spans[:, SPANS.index("tradeoff")])]
    runs: list[tuple[int, int]] = []
    inside = False
    for (first, end), in_one in zip(spoken.sentences, _best_path(scores), strict=True):
        if in_one and inside:
            runs[-1] = (runs[-1][0], end)
        elif in_one:
            runs.append((first, end))
        inside = in_one
    return runs


def _best_path(scores: Sequence[float]) -> list[bool]:
    """Return the likeliest in-or-out of every sentence (Viterbi over two states)."""
    outside, inside = 0.0, float("-inf")
    came_from: list[tuple[bool, bool]] = []
    for score in scores:
        to_outside, to_inside = inside > outside, inside + _STAY > outside - _OPEN
        outside, inside = max(outside, inside), score + max(inside + _STAY, outside - _OPEN)
        came_from.append((to_outside, to_inside))
    state = inside > outside
    path = []
    for from_outside, from_inside in reversed(came_from):
        path.append(state)
        state = from_inside if state else from_outside
    return path[::-1]
