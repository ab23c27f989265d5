"""An answer about something else altogether.

What it does. Reads question and answer together, and speaks up only if what was said is less like an answer than any of
those it was tried on. It cannot tell, and does not say, that you answered a different question from the one asked.
Why it matters. The best story scores nothing on a question it does not answer, and the interviewer rarely says so.
Example. Asked about a project that was late, the answer explains how tomato sauce is made.
Better. Answer in the first sentence, "The project I delivered late was the billing move", then tell the story.
Source. voicemock default, unvalidated; docs/reading.md says how often it is right.
"""

from voicemock.checks._base import DEFAULT, Verdict
from voicemock.schema import Answer, Finding, Severity, SignalName

__all__ = ["check"]

QUOTED = 12
"""Words of the beginning that are quoted."""


def check(answer: Answer) -> Verdict:
    """Report an answer that is about something else."""
    heard = answer.reading.signals.get(SignalName.ON_TOPIC)
    words = answer.transcript.words[:QUOTED]
    if answer.question is None or heard is None or heard.present is not False or not words:
        return Verdict()
    return Verdict(
        findings=(
            Finding(
                check="off_topic",
                severity=Severity.PROBLEM,
                message="This seems to be about something else. Answer the question in your first sentence, "
                "then tell the story.",
                measured="less like an answer than any it was tried on",
                limit="like some of them",
                source=DEFAULT,
                evidence=(answer.transcript.evidence(words[0].char_start, words[-1].char_end),),
            ),
        )
    )
