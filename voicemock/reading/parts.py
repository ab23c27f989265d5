"""The parts of an answer on its timeline: situation, task, action, result."""

__all__ = ["find_parts"]

from collections.abc import Mapping, Sequence

from voicemock.reading.text import Passage
from voicemock.schema import Part, SignalName, Transcript

_ORDER = (SignalName.SITUATION, SignalName.TASK, SignalName.ACTION, SignalName.RESULT)
# Where in an answer a part is at home, 0 first word to 1 last, and how far a sentence may lean to it.
# voicemock defaults, unvalidated; as are the costs below, in log odds.
_HOME = {_ORDER[0]: 0.0, _ORDER[1]: 0.2, _ORDER[2]: 0.5, _ORDER[3]: 0.95}
_PULL = 3.0
_MOVE_ON = 2.0
_GO_BACK = 4.0
_PROOF = 4.0  # what is quoted as a part's proof leans to that part
_LOUDEST = 3.0  # one sentence, however sure, does not tear a part in two


def find_parts(
    spoken: Passage, transcript: Transcript, scores: Mapping[SignalName, Sequence[float]]
) -> tuple[Part, ...]:
    """Return the parts in the order told.

    scores: for each part the log odds of every sentence; a part the answer does not hold is left out.
    Every sentence belongs to one part, the likeliest along the whole answer: a story may go back,
    but seldom does.
    """
    told = [name for name in _ORDER if name in scores]
    if not told or not spoken.sentences:
        return ()
    proofs = [max(range(len(spoken.sentences)), key=lambda i: scores[name][i]) for name in told]
    costs = [[_move(one, other) for other in told] for one in told]
    best = [0.0] * len(told)
    came_from: list[list[int]] = []
    for i in range(len(spoken.sentences)):
        place = i / max(1, len(spoken.sentences) - 1)
        likeliest = max(scores[name][i] for name in told)
        reached = [[best[j] - costs[j][k] for j in range(len(told))] for k in range(len(told))]
        best = [
            max(reached[k])
            + max(-_LOUDEST, scores[name][i] - likeliest)
            - _PULL * abs(place - _HOME[name])
            + _PROOF * (proofs[k] == i)
            for k, name in enumerate(told)
        ]
        came_from.append([values.index(max(values)) for values in reached])
    state = best.index(max(best))
    path = []
    for ways in reversed(came_from):
        path.append(told[state])
        state = ways[state]
    return tuple(_merged(spoken, transcript, path[::-1]))


def _move(one: SignalName, other: SignalName) -> float:
    step = _ORDER.index(other) - _ORDER.index(one)
    return 0.0 if step == 0 else _MOVE_ON if step > 0 else _GO_BACK


def _merged(spoken: Passage, transcript: Transcript, path: Sequence[SignalName]) -> list[Part]:
    """Join neighbouring sentences of the same part."""
    found: list[Part] = []
    first = 0
    for i in range(len(path)):
        if i + 1 < len(path) and path[i + 1] is path[i]:
            continue
        begin, end = spoken.sentences[first][0], spoken.sentences[i][1]
        quote = transcript.evidence(*spoken.chars(begin, end))
        start, stop = spoken.chars(begin, end)
        found.append(
            Part(
                name=path[i],
                char_start=start,
                char_end=stop,
                share=(end - begin) / len(spoken.tokens),
                start_s=quote.start_s,
                end_s=quote.end_s,
            )
        )
        first = i + 1
    return found
