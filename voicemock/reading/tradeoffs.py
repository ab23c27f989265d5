"""Trade-offs: another option, or an accepted cost, and its weighing, with or without the vocabulary."""

__all__ = ["find_tradeoffs"]

from collections.abc import Sequence

from voicemock.reading.cues import load_cues
from voicemock.reading.learned import load_weights
from voicemock.reading.sentences import Sentence, features
from voicemock.schema import SignalName

# A trade-off is told in two to five sentences, so opening one costs and staying in it pays.
# Log odds, tuned with the writer held out.
_LEAN = 0.5
_OPEN = 3.0
_STAY = 2.0
_MEANING = 0.5  # how much a sentence's meaning counts next to its words


def find_tradeoffs(sentences: Sequence[Sentence], means: Sequence[float] | None) -> list[tuple[int, int]]:
    """Return each trade-off as (first, end) token indices: runs of sentences that weigh options.

    means: the log odds by meaning of each sentence, if the sentence model is installed.
    """
    weights = load_weights("tradeoff")
    scores = [_LEAN + weights.score(seen) for seen in features(sentences, load_cues()[SignalName.TRADEOFF])]
    if means is not None:
        scores = [score + _MEANING * mean for score, mean in zip(scores, means, strict=True)]
    found: list[tuple[int, int]] = []
    inside = False
    for sentence, in_one in zip(sentences, _best_path(scores), strict=True):
        if in_one and inside:
            found[-1] = (found[-1][0], sentence.end)
        elif in_one:
            found.append((sentence.first, sentence.end))
        inside = in_one
    return found


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
