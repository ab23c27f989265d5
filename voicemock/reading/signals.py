"""Signals: what an interviewer listens for, each with the quote that proves it."""

__all__ = ["LEAST_CONFIDENCE", "LEAST_WORDS", "answer_features", "find_signals", "sentence_scores"]

from collections.abc import Sequence

from voicemock.reading.cues import load_cues
from voicemock.reading.learned import load_signal
from voicemock.reading.metrics import find_metrics
from voicemock.reading.sentences import Sentence, cut, features
from voicemock.reading.text import Passage
from voicemock.reading.tradeoffs import find_tradeoffs
from voicemock.schema import Evidence, Signal, SignalName, Transcript

LEAST_WORDS = 40  # voicemock default, unvalidated: shorter answers are not assessed
LEAST_CONFIDENCE = 0.5  # voicemock default, unvalidated: mean word probability
_MOST_QUOTES = 3
_FIRST_PART = 0.27  # customer_first: "within about the first quarter of the words"
_ABSENT = -6.0  # the score of a sentence that is not there


def find_signals(spoken: Passage, transcript: Transcript) -> dict[SignalName, Signal]:
    """Return all twenty signals; present is None where the words do not allow a judgement."""
    signals = {name: Signal() for name in SignalName}
    unsure = transcript.confidence is not None and transcript.confidence < LEAST_CONFIDENCE
    if len(spoken.tokens) < LEAST_WORDS or unsure:
        return signals
    sentences = cut(spoken)
    quotes = tuple(transcript.evidence(*spoken.chars(q.first, q.end)) for q in find_metrics(spoken))
    signals[SignalName.METRIC] = Signal(present=bool(quotes), evidence=quotes)
    quotes = tuple(transcript.evidence(*spoken.chars(*span)) for span in find_tradeoffs(sentences))
    signals[SignalName.TRADEOFF] = Signal(present=bool(quotes), evidence=quotes)
    for name in load_cues():
        if name is not SignalName.TRADEOFF:
            signals[name] = _signal(name, spoken, transcript, sentences)
    signals[SignalName.CUSTOMER_FIRST] = _customer_first(spoken, signals[SignalName.CUSTOMER])
    return signals


def sentence_scores(name: SignalName, sentences: Sequence[Sentence]) -> list[float]:
    """Return for each sentence the log odds that it proves a signal."""
    weights = load_signal(name.value).sentence
    return [weights.score(seen) for seen in features(sentences, load_cues()[name])]


def answer_features(scores: Sequence[float]) -> dict[str, float]:
    """Return what decides whether the whole answer holds a signal: its two best sentences."""
    best, second, *_ = [*sorted(scores, reverse=True), _ABSENT, _ABSENT]
    return {"best": best, "second": second}


def _signal(name: SignalName, spoken: Passage, transcript: Transcript, sentences: Sequence[Sentence]) -> Signal:
    scores = sentence_scores(name, sentences)
    if load_signal(name.value).answer.weigh(answer_features(scores)) <= 0:
        return Signal(present=False)
    ranked = sorted(range(len(scores)), key=lambda i: -scores[i])
    proving = [ranked[0], *(i for i in ranked[1:_MOST_QUOTES] if scores[i] > 0)]
    return Signal(present=True, evidence=tuple(_quote(sentences[i], spoken, transcript) for i in sorted(proving)))


def _quote(sentence: Sentence, spoken: Passage, transcript: Transcript) -> Evidence:
    return transcript.evidence(*spoken.chars(sentence.first, sentence.end))


def _customer_first(spoken: Passage, customer: Signal) -> Signal:
    early = int(len(spoken.tokens) * _FIRST_PART)
    before = spoken.tokens[early].start
    quotes = tuple(e for e in customer.evidence if e.char_start is not None and e.char_start < before)
    return Signal(present=bool(quotes), evidence=quotes)
