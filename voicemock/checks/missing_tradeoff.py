"""A decision told as if there had been nothing to choose between.

What it does. Looks for an alternative, or a cost accepted, and the reason for your choice. Fires only if the
question expects one.
Why it matters. Anyone can say what was done. Weighing what was not done shows judgement.
Example. "So we moved to Kafka."
Better. "We could have stayed on Postgres and lived with the delay; we moved because the delay cost us orders."
Source. voicemock default, unvalidated.
"""

from voicemock.checks._base import Verdict
from voicemock.checks._missing import missing
from voicemock.schema import Answer, SignalName

__all__ = ["check"]


def check(answer: Answer) -> Verdict:
    """Report a missing trade-off."""
    return missing(
        answer,
        check="missing_tradeoff",
        signal=SignalName.TRADEOFF,
        message="No other option was heard. Name one you turned down, and what your choice cost.",
    )
