"""Signals: what an interviewer listens for, each with the quote that proves it."""

__all__ = ["LEAST_CONFIDENCE", "LEAST_WORDS", "answer_features", "find_signals"]

import math
from collections.abc import Iterable, Mapping, Sequence

from voicemock.reading.cues import load_cues
from voicemock.reading.elsewhere import about_something_else
from voicemock.reading.learned import Weights, load_meanings, load_signal
from voicemock.reading.meaning import in_context, load_meaning
from voicemock.reading.metrics import find_metrics
from voicemock.reading.parts import find_parts
from voicemock.reading.sentences import Sentence, cut, features
from voicemock.reading.text import Passage
from voicemock.reading.topic import speaks_to
from voicemock.reading.tradeoffs import find_tradeoffs
from voicemock.schema import Part, Question, Signal, SignalName, Transcript

LEAST_WORDS = 40  # voicemock default, unvalidated: shorter answers are not assessed
_LEAST_WORDS_OF_A_PROBE = 5  # voicemock default, unvalidated: "from thirty percent to twelve"
LEAST_CONFIDENCE = 0.5  # voicemock default, unvalidated: mean word probability
_PROOFS = 3  # sentences that may prove a signal
_QUOTED = 1  # of them shown. On real answers the best is right 45 % of the time, the second 27 %, the third 15 %
_FIRST_PART = 0.27  # customer_first: "within about the first quarter of the words"
_ABSENT = -6.0  # the score of a sentence that is not there


def find_signals(
    spoken: Passage, transcript: Transcript, question: Question | None
) -> tuple[dict[SignalName, Signal], tuple[Part, ...]]:
    """Return all twenty signals and the answer's parts.

    A signal's present is None if the words do not allow a judgement. A few words that answer a follow-up
    can prove what it asked for, but not that anything is missing.
    """
    signals = {name: Signal() for name in SignalName}
    unsure = transcript.confidence is not None and transcript.confidence < LEAST_CONFIDENCE
    probe = question is not None and question.follow_up_to is not None
    if len(spoken.tokens) < (_LEAST_WORDS_OF_A_PROBE if probe else LEAST_WORDS) or unsure:
        return signals, ()

    def signal(spans: Iterable[tuple[int, int]]) -> Signal:
        quotes = tuple(transcript.evidence(*spoken.chars(*span)) for span in spans)
        return Signal(present=bool(quotes), evidence=quotes)

    sentences = cut(spoken)
    if question is not None:
        signals[SignalName.ON_TOPIC] = Signal(present=_on_topic(question.text, sentences))
        if signals[SignalName.ON_TOPIC].present is False:
            return signals, ()  # a recipe has neither situation nor result
    means = _means(sentences)
    signals[SignalName.METRIC] = signal((q.first, q.end) for q in find_metrics(spoken))
    signals[SignalName.TRADEOFF] = signal(find_tradeoffs(sentences, means.get(SignalName.TRADEOFF)))
    scores = _all_scores(sentences, means)
    short = len(spoken.tokens) < LEAST_WORDS
    proofs = {name: _proving(scores[name], None if short else _bar(name)) for name in scores}
    for name, proving in proofs.items():
        signals[name] = signal((sentences[i].first, sentences[i].end) for i in proving[:_QUOTED])
    customer = signal((sentences[i].first, sentences[i].end) for i in sorted(proofs[SignalName.CUSTOMER]))
    signals[SignalName.CUSTOMER_FIRST] = _customer_first(spoken, customer)
    if question is not None and short:
        asked = (*question.expects, SignalName.METRIC)  # a number is told from few words as surely as from many
        return {n: s if s.present and n in asked else Signal() for n, s in signals.items()}, ()
    parts = find_parts(spoken, transcript, sentences, {name: scores[name] for name in scores if proofs[name]})
    return signals, parts


def _on_topic(question: str, sentences: Sequence[Sentence]) -> bool | None:
    """Return False only for an answer about something else altogether: anything finer would be wrong too often."""
    model = load_meaning()
    if model and about_something_else(question, sentences, model):
        return False
    return speaks_to(question, sentences) or None


def _means(sentences: Sequence[Sentence]) -> dict[SignalName, list[float]]:
    """Return what each sentence's meaning says about each signal, in log odds; nothing without the model."""
    model = load_meaning()
    if model is None:
        return {}
    vectors = in_context(model.vectors([sentence.line for sentence in sentences]))
    return {
        SignalName(name): (vectors @ opinion.vector + opinion.bias).tolist()
        for name, opinion in load_meanings().items()
    }


def _all_scores(
    sentences: Sequence[Sentence], means: Mapping[SignalName, Sequence[float]]
) -> dict[SignalName, list[float]]:
    """Return for each signal and sentence the log odds that the sentence proves the signal."""
    scores: dict[SignalName, list[float]] = {}
    for name, cues in load_cues().items():
        if name is not SignalName.TRADEOFF:
            weights = load_signal(name.value).sentence
            by_words = [weights.score(seen) for seen in features(sentences, cues)]
            by_meaning = means.get(name, [0.0] * len(sentences))
            scores[name] = [one + other for one, other in zip(by_words, by_meaning, strict=True)]
    return scores


def _bar(name: SignalName) -> Weights:
    """Return what decides whether the whole answer holds a signal."""
    return load_meanings()[name.value].answer if load_meaning() else load_signal(name.value).answer


def answer_features(scores: Sequence[float]) -> dict[str, float]:
    """Return what decides whether the whole answer holds a signal: its two best sentences, and all together."""
    best, second, *_ = [*sorted(scores, reverse=True), _ABSENT, _ABSENT]
    together = best + math.log(sum(math.exp(score - best) for score in scores)) if scores else _ABSENT
    return {"best": best, "second": second, "together": together}


def _proving(scores: Sequence[float], bar: Weights | None) -> list[int]:
    """Return the sentences that prove a signal, the best first; none if the answer does not hold it.

    bar: fitted on whole answers. Without it, for a few words, one sentence must be likely by itself: of single
    sentences of real answers 36 % of those that prove a signal pass, and 1 % of the others.
    """
    if (bar.weigh(answer_features(scores)) if bar else max(scores, default=0.0)) <= 0:
        return []
    ranked = sorted(range(len(scores)), key=lambda i: -scores[i])
    return [ranked[0], *(i for i in ranked[1:_PROOFS] if scores[i] > 0)]


def _customer_first(spoken: Passage, customer: Signal) -> Signal:
    early = spoken.tokens[int(len(spoken.tokens) * _FIRST_PART)].start
    quotes = tuple(e for e in customer.evidence if e.char_start is not None and e.char_start < early)
    return Signal(present=bool(quotes), evidence=quotes)
