"""Signals: what an interviewer listens for, each with the quote that proves it."""

__all__ = ["LEAST_CONFIDENCE", "LEAST_WORDS", "answer_features", "find_signals", "sentence_scores"]

from collections.abc import Sequence
from typing import TYPE_CHECKING

from voicemock.reading.cues import load_cues
from voicemock.reading.learned import load_meanings, load_signal
from voicemock.reading.meaning import load_meaning
from voicemock.reading.metrics import find_metrics
from voicemock.reading.sentences import Sentence, cut, features
from voicemock.reading.text import Passage
from voicemock.reading.topic import speaks_to
from voicemock.reading.tradeoffs import find_tradeoffs
from voicemock.schema import Question, Signal, SignalName, Transcript

if TYPE_CHECKING:
    from voicemock.reading.meaning import Vectors

LEAST_WORDS = 40  # voicemock default, unvalidated: shorter answers are not assessed
LEAST_CONFIDENCE = 0.5  # voicemock default, unvalidated: mean word probability
_MOST_QUOTES = 3
_FIRST_PART = 0.27  # customer_first: "within about the first quarter of the words"
_ABSENT = -6.0  # the score of a sentence that is not there


def find_signals(spoken: Passage, transcript: Transcript, question: Question | None) -> dict[SignalName, Signal]:
    """Return all twenty signals; present is None where the words do not allow a judgement."""
    signals = {name: Signal() for name in SignalName}
    unsure = transcript.confidence is not None and transcript.confidence < LEAST_CONFIDENCE
    if len(spoken.tokens) < LEAST_WORDS or unsure:
        return signals
    sentences = cut(spoken)
    meaning = load_meaning()
    vectors = meaning.vectors([sentence.line for sentence in sentences]) if meaning else None
    quotes = tuple(transcript.evidence(*spoken.chars(q.first, q.end)) for q in find_metrics(spoken))
    signals[SignalName.METRIC] = Signal(present=bool(quotes), evidence=quotes)
    quotes = tuple(transcript.evidence(*spoken.chars(*span)) for span in find_tradeoffs(sentences))
    signals[SignalName.TRADEOFF] = Signal(present=bool(quotes), evidence=quotes)
    for name in load_cues():
        if name is not SignalName.TRADEOFF:
            proving = _proving(name, sentences, vectors)
            quotes = tuple(transcript.evidence(*spoken.chars(s.first, s.end)) for s in proving)
            signals[name] = Signal(present=bool(quotes), evidence=quotes)
    signals[SignalName.CUSTOMER_FIRST] = _customer_first(spoken, signals[SignalName.CUSTOMER])
    if question is not None:
        signals[SignalName.ON_TOPIC] = Signal(present=speaks_to(question.text, sentences))
    return signals


def sentence_scores(name: SignalName, sentences: Sequence[Sentence], vectors: "Vectors | None") -> list[float]:
    """Return for each sentence the log odds that it proves a signal."""
    weights = load_signal(name.value).sentence
    scores = [weights.score(seen) for seen in features(sentences, load_cues()[name])]
    if vectors is None:
        return scores
    opinion = load_meanings()[name.value]
    means = vectors @ opinion.vector + opinion.bias
    return [score + float(mean) for score, mean in zip(scores, means, strict=True)]


def answer_features(scores: Sequence[float]) -> dict[str, float]:
    """Return what decides whether the whole answer holds a signal: its two best sentences."""
    best, second, *_ = [*sorted(scores, reverse=True), _ABSENT, _ABSENT]
    return {"best": best, "second": second}


def _proving(name: SignalName, sentences: Sequence[Sentence], vectors: "Vectors | None") -> list[Sentence]:
    """Return the sentences that prove a signal, in order; none where the answer does not hold it."""
    scores = sentence_scores(name, sentences, vectors)
    whole = load_signal(name.value).answer if vectors is None else load_meanings()[name.value].answer
    if whole.weigh(answer_features(scores)) <= 0:
        return []
    ranked = sorted(range(len(scores)), key=lambda i: -scores[i])
    chosen = [ranked[0], *(i for i in ranked[1:_MOST_QUOTES] if scores[i] > 0)]
    return [sentences[i] for i in sorted(chosen)]


def _customer_first(spoken: Passage, customer: Signal) -> Signal:
    early = spoken.tokens[int(len(spoken.tokens) * _FIRST_PART)].start
    quotes = tuple(e for e in customer.evidence if e.char_start is not None and e.char_start < early)
    return Signal(present=bool(quotes), evidence=quotes)
