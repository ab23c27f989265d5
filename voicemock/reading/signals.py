"""Signals: what an interviewer listens for, each with the quote that proves it."""

__all__ = ["find_signals"]

import re

from voicemock.reading.metrics import find_metrics
from voicemock.reading.text import Passage
from voicemock.schema import Evidence, Signal, SignalName, Transcript

_FEWEST_WORDS = 40
_LOWEST_CONFIDENCE = 0.5
_CUES = {
    SignalName.SITUATION: r"\b(?:was|were|had) \w+ing\b|\bat (?:the|a|my) \w+|\bwe had\b",
    SignalName.TASK: r"\b(?:my|our|the) (?:job|task|goal|ask|target|brief) was\b|\bhad to\b",
    SignalName.ACTION: r"\b(?:i|we) (?:\w+ed|went|took|put|wrote|built|made|got|sat|ran|told|did|set|cut)\b",
    SignalName.RESULT: r"\b(?:in the end|as a result|went (?:down|up|from)|dropped|since then|ended up)\b",
    SignalName.TRADEOFF: r"\b(?:instead of|rather than|downside|trade-?off|gave up|could have|could've)\b",
}


def find_signals(spoken: Passage, transcript: Transcript) -> dict[SignalName, Signal]:
    """Return all twenty signals; present is None where the words do not allow a judgement."""
    signals = {name: Signal() for name in SignalName}
    unsure = transcript.confidence is not None and transcript.confidence < _LOWEST_CONFIDENCE
    if len(spoken.tokens) < _FEWEST_WORDS or unsure:
        return signals
    metrics = tuple(transcript.evidence(*spoken.chars(*span)) for span in find_metrics(spoken))
    signals[SignalName.METRIC] = Signal(present=bool(metrics), evidence=metrics)
    for name, cue in _CUES.items():
        evidence = tuple(_sentences_with(re.compile(cue), spoken, transcript))
        signals[name] = Signal(present=bool(evidence), evidence=evidence)
    return signals


def _sentences_with(cue: re.Pattern[str], spoken: Passage, transcript: Transcript) -> list[Evidence]:
    found = []
    for first, end in spoken.sentences:
        if cue.search(" ".join(token.word for token in spoken.tokens[first:end])):
            found.append(transcript.evidence(*spoken.chars(first, end)))
    return found
