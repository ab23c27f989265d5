"""A story without one number that measures its outcome, scale or stakes.

What it does. Looks for a quantity that measures something: how much faster, how many users, what it cost. Dates,
versions and head-counts do not count. Fires only if the question expects one.
Why it matters. "It got a lot better" cannot be compared with anything, so the interviewer has to ask.
Example. "Checkout got much faster."
Better. "Checkout went from four seconds to one and a half."
Source. voicemock default, unvalidated; Naim et al. 2015 found more quantifiers in higher-rated interviews.
"""

from voicemock.checks._base import Verdict
from voicemock.checks._missing import missing
from voicemock.schema import Answer, SignalName

__all__ = ["check"]


def check(answer: Answer) -> Verdict:
    """Report a missing metric."""
    return missing(
        answer,
        check="missing_metric",
        signal=SignalName.METRIC,
        message="No number was heard that shows the result. Give one with its baseline: from what, to what.",
    )
