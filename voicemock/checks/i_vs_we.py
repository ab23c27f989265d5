"""An answer in which your own part, or the team, cannot be found.

What it does. Compares "I" with "we" where they act or own something. Too little "I" hides what you did; no "we"
and no credit to anyone hides the team.
Why it matters. The interviewer hires you, not your team, and asks "what was your part?" But a manager who never
mentions the team worries them as much. Where the question asks for a plan, a definition or your reasons, nobody's
part is asked for, and nothing is said.
Example. "We decided to split the service, and we told the customer."
Better. "I proposed the split, Dana's team built it, and I told the customer."
Source. Amazon's interview guidance asks for "I, not we"; Naim et al. 2015 found raters preferring "we"; Kacewicz et
al. 2014 on pronouns and standing. The cut-offs are voicemock defaults, unvalidated.
"""

import re

from voicemock.checks._base import DEFAULT, Limit, Verdict, finding_on, judge, not_assessed
from voicemock.questions.story_or_plan import asks_for_a_story
from voicemock.schema import Answer, Evidence, Measure, Severity, SignalName, Span, Status, Transcript

__all__ = ["check", "quote_from"]

SOURCE = f"Amazon interview guidance; Naim et al. 2015; cut-off {DEFAULT}"
OWN_PART = Limit(0.4, SOURCE)
"""Least share of I among uses of I and we."""
ENOUGH = 5
"""Fewer pronouns say nothing about who did it. voicemock default, unvalidated."""
TEAM = 8
"""This many uses of I without a single we leave the team out. voicemock default, unvalidated."""
OTHERS = re.compile(r"\b(?:team|teams|colleagues?|engineers?|developers?|people|they|she|he)\b", re.IGNORECASE)
"""Anyone who speaks of others does not tell a story without them."""
_SENTENCE_END = (".", "?", "!", "…")
SHOWN = 5
"""Quotes shown as evidence; the transcript marks them all."""


def check(answer: Answer) -> Verdict:
    """Judge whose actions one answer tells."""
    pronouns = answer.reading.pronouns
    i, we = len(pronouns.i), len(pronouns.we)
    share = pronouns.i_share
    if share is None or i + we < ENOUGH or not asks_for_a_story(answer.question):
        return Verdict(measures={"i_share": not_assessed("share of I", source=SOURCE)})
    hidden = share < OWN_PART.value
    alone = we == 0 and i >= TEAM and not _may_credit(answer) and not OTHERS.search(answer.transcript.text)
    message, severity, spans = "", Severity.WATCH, pronouns.we
    if hidden:
        message = f'"I" {_times(i)}, "we" {_times(we)}: your part is hard to see. Say which decision was yours.'
    elif alone:
        message, severity = (
            f'"I" {_times(i)} and no mention of the team. Name one thing somebody else did.',
            Severity.INFO,
        )
        spans = pronouns.i
    measure = Measure(
        value=round(share, 2),
        unit="share of I",
        status=Status.WATCH if message else Status.GOOD,
        limit=f"at least {OWN_PART.value:.0%} I, and the team named",
        source=SOURCE,
    )
    quotes = tuple(quote_from(answer.transcript, span) for span in spans[:SHOWN])
    measured = f"{i} I, {we} we"
    finding = finding_on(
        measure, check="i_vs_we", message=message, measured=measured, severity=severity, evidence=quotes
    )
    return judge("i_share", measure, finding)


def _may_credit(answer: Answer) -> bool:
    """Return whether others are credited, or may be: what could not be told is not held against anybody."""
    signals = answer.reading.signals
    credit = signals.get(SignalName.CREDITS_TEAM)
    if credit is None or credit.present is not None:
        return credit is not None and bool(credit.present)
    return any(signal.present is not None for signal in signals.values())  # else nothing was judged


def _times(count: int) -> str:
    return {0: "never", 1: "once", 2: "twice"}.get(count, f"{count} times")


def quote_from(transcript: Transcript, span: Span) -> Evidence:
    """Quote the pronoun with the five words that follow it in its sentence."""
    tail = [w for w in transcript.words if w.char_end > span.char_start][:6]
    ends = next((n for n, word in enumerate(tail, 1) if word.text.rstrip("\"'”’)").endswith(_SENTENCE_END)), len(tail))
    tail = tail[:ends]
    return transcript.evidence(span.char_start, tail[-1].char_end if tail else span.char_end)
