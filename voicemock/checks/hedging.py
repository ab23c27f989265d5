"""Words that take back what was just said.

What it does. Counts hedges (maybe, I guess, hopefully, not sure but, I'm no expert) in a hundred words. A hedge
before a figure ("maybe 40 percent") is an honest estimate and does not count.
Why it matters. Hedging facts you know makes the listener doubt them.
Example. "I guess we maybe improved it somewhat."
Better. "We improved it. By how much, I can only estimate: about a third."
Source. Hosman 1989 and Parton et al. 2002 for the direction; no cut-off is known, so this one is a voicemock default,
unvalidated. Compare with your own earlier answers.
"""

import re

from voicemock.checks._base import DEFAULT, Limit, Verdict, rate_check
from voicemock.schema import Answer

__all__ = ["check"]

OFTEN = Limit(2.0, f"{DEFAULT}; Hosman 1989 and Parton et al. 2002 for the direction")
_HEDGES = (
    r"\b(?:I guess|I suppose|I would imagine|I'd imagine|I'm not (?:really |entirely |totally |quite )?sure|not sure if"
    r"|I'm no expert|I don't know if|or something(?: like that)?|or whatever|and stuff(?: like that)?|hopefully|maybe"
    r"|perhaps|possibly|somewhat|a little bit|more or less|to be honest|if that makes sense)\b"
    # A hedge on a figure is an honest estimate, not a weakness: "maybe 40 percent".
    r"(?! (?:\d|(?:about|around|half|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty"
    r"|a (?:third|quarter|dozen|hundred))\b))"
)
# In a text a line may end between two words, and an apostrophe may be curly.
HEDGES = re.compile(_HEDGES.replace(" ", r"\s+").replace("'", "['\u2019]"), re.IGNORECASE)


def check(answer: Answer) -> Verdict:
    """Judge how often one answer takes itself back."""
    return rate_check(
        answer,
        [match.span() for match in HEDGES.finditer(answer.transcript.text)],
        check="hedging",
        noun="hedge",
        often=OFTEN,
        message='{count}, such as "{first}". Say plainly what you know.',
    )
