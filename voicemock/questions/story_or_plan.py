"""Whether a question asks for something that happened, or for a plan, a habit, a definition or reasons."""

__all__ = ["asks_for_a_story"]

import re

from voicemock.schema import Kind, Question

_OF_A_PLAN = re.compile(
    r"\b(?:how (?:do|does|would|will|should)|what (?:do|would|will|should|happens)|if you)\b"
    r"|^(?:what(?:'s| is| are| makes)|define|explain|why (?:do|does|is|are|would))\b",
    re.IGNORECASE,
)
_OF_WHAT_WAS_DONE = re.compile(
    r"\b(?:tell me about|think of|take (?:a|the|one)|choose a|pick one|walk me through|example|did|differently"
    r"|proud(?:est)?|you(?:'ve| have)|have you|your (?:\w+est|best|worst)"
    r"|(?<!do )(?<!would )you (?:led|built|ran|own|made|set|had|were|chose|are responsible"
    r"|(?!need|feed|speed|exceed|proceed|succeed)\w+ed))\b",
    re.IGNORECASE,
)
"""What a question for a story holds, beside what one for a plan may hold too. voicemock defaults, unvalidated."""


def asks_for_a_story(question: Question | None) -> bool:
    """Tell whether the question wants to know what somebody did; one that is not known may."""
    if question is None:
        return True
    told = _OF_WHAT_WAS_DONE.search(question.text) or not _OF_A_PLAN.search(question.text)
    return bool(told) and question.kind not in (Kind.MOTIVATION, Kind.CONCEPT)
