"""A frame to say it better: a sentence of the candidate's own, and after it the gap, left open to be filled.

Nothing is invented: the sentence is theirs word for word without its ums, and what comes after names no fact.
"""

__all__ = ["say_it_better"]

import itertools
import re
from collections.abc import Collection, Iterator

from voicemock.checks.missing_signals import NAMED, gaps
from voicemock.coaching.frame import Frame
from voicemock.coaching.own_sentences import OwnSentence, OwnSentences
from voicemock.reading import unexplained_decision, unmeasured_claim
from voicemock.schema import AnswerReport, Finding, SignalName

S = SignalName
DECISION, OUTCOME, SETTING = (S.ACTION, S.RATIONALE), (S.RESULT,), (S.SITUATION,)
AFTER: dict[SignalName, tuple[tuple[SignalName, ...], str]] = {
    S.METRIC: (OUTCOME, "In numbers: from ___ to ___."),
    S.TRADEOFF: (DECISION, "The other way was ___. {I} did not take it because ___, and {i} gave up ___."),
    S.RATIONALE: (DECISION, "{I} chose that because ___."),
    S.RESULT: (DECISION, "What changed because of it: ___."),
    S.REFLECTION: ((*OUTCOME, *DECISION), "Next time I would ___, because ___."),
    S.CUSTOMER: (OUTCOME, "For the people who use it, that meant ___."),
    S.COST: (DECISION, "It cost ___."),
    S.RISK: (DECISION, "What could have gone wrong was ___, so {i} ___."),
    S.ORG_IMPACT: (OUTCOME, "Beyond my own team, that meant ___."),
    S.TASK: (SETTING, "My job was to ___."),
    S.ACTION: (SETTING, "What I did first was ___."),
}
"""For a signal that was not heard: what the sentence it belongs to shows, and how to go on after it."""

CLAIMED = {S.METRIC: unmeasured_claim, S.RATIONALE: unexplained_decision, S.TRADEOFF: unexplained_decision}
"""What was said and left open, and is taken up first."""

OWN_PART = "My own part in that was ___."
ABOUT = {"missing_metric": S.METRIC, "missing_tradeoff": S.TRADEOFF}
"""The checks that miss one signal, and which."""


def say_it_better(finding: Finding, answer: AnswerReport, *, filled: Collection[SignalName] = ()) -> Frame | None:
    """Return a frame for a finding; None where no sentence fits or can be quoted word for word.

    filled: the signals a follow-up made good.
    """
    return next(_frames(finding, answer, filled), None)


def _frames(finding: Finding, answer: AnswerReport, filled: Collection[SignalName]) -> Iterator[Frame]:
    own = OwnSentences(answer)
    if finding.check == "fillers":
        yield from (_frame(one, "") for one in own.around(finding.evidence) if one.halting)
    elif finding.check == "i_vs_we":
        told = itertools.chain(own.proving(DECISION), own.around(finding.evidence))
        yield from (_frame(one, OWN_PART) for one in told if _has(r"\bwe\b", one) and not _has(r"\bI\b", one))
    elif finding.check == "missing_signals" and answer.question:
        for name in gaps(answer.question.expects, answer.signals, filled=filled)[:NAMED]:
            yield from _after(name, own, answer)
    elif finding.check in ABOUT:
        yield from _after(ABOUT[finding.check], own, answer)


def _after(name: SignalName, own: OwnSentences, answer: AnswerReport) -> Iterator[Frame]:
    if name not in AFTER:
        return
    proof, then = AFTER[name]
    claimed = own.holding(CLAIMED[name](answer.transcript)) if name in CLAIMED else ()
    for one in itertools.chain(claimed, own.proving(proof)):
        who = "we" if _has(r"\bwe\b", one) and not _has(r"\bI\b", one) else "I"
        if proof is DECISION and not _has(r"\b(?:I|we)\b", one):
            continue  # nobody decides anything in it
        yield _frame(one, then.format(I=who.capitalize(), i=who))


def _has(pattern: str, one: OwnSentence) -> bool:
    return bool(re.search(pattern, one.plain) or re.search(pattern, one.plain[:1].lower() + one.plain[1:]))


def _frame(one: OwnSentence, then: str) -> Frame:
    return Frame(said=one.said, frame=f"{one.plain}. {then}".rstrip())
