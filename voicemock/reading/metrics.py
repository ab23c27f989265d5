"""Metrics: quantities that measure an outcome, the scale or the stakes.

Every quantity is a candidate; the encoder, which sees what stands around it, decides. "In 52 minutes" after "came
back" is an outcome, "in 2 weeks" after "we met" a schedule.
"""

__all__ = ["find_metrics"]

from voicemock.reading.encoder import SPANS, Encoded, load_bars
from voicemock.reading.numbers import find_quantities
from voicemock.reading.text import Passage


def find_metrics(spoken: Passage, found: Encoded) -> list[tuple[int, int]]:
    """Return the quantities that are metrics as (first, end) token indices, in order."""
    odds, bar = found.spans[:, SPANS.index("metric")], load_bars().spans["metric"]
    return [
        (q.first, q.end)
        for q in find_quantities(spoken)
        if odds[q.first : q.end].max() >= bar and (q.end - q.first > 1 or spoken.word(q.first) != "one")
    ]  # "a third of the one before": no number
