"""Signals: what an interviewer listens for, each heard, not heard or undecided, with the quote that proves it."""

__all__ = ["LEAST_WORDS", "find_signals"]

from voicemock.reading.encoder import Encoded, load_bars, proved
from voicemock.reading.familiar import is_familiar
from voicemock.reading.metrics import find_metrics
from voicemock.reading.parts import find_parts
from voicemock.reading.pieces import UNREAD
from voicemock.reading.pillars import pillars_told
from voicemock.reading.sentences import strengths
from voicemock.reading.text import Passage
from voicemock.reading.tradeoffs import find_tradeoffs
from voicemock.schema import Kind, Part, Question, Signal, SignalName, Transcript

LEAST_WORDS = 40  # voicemock default, unvalidated: shorter answers are not assessed
_LEAST_WORDS_OF_A_PROBE = 5  # voicemock default, unvalidated: "from thirty percent to twelve"
_LEAST_CONFIDENCE = 0.5  # voicemock default, unvalidated: mean word probability
_LEAST_PROOF = {SignalName.REFLECTION: -0.5}
"""In log odds, of the sentence that proves it best: of reflections heard by weaker ones two in three were none.
voicemock default, unvalidated; docs/reading.md has what it was chosen and measured on."""
_PARTS = (SignalName.SITUATION, SignalName.TASK, SignalName.ACTION, SignalName.RESULT)


def find_signals(
    spoken: Passage, transcript: Transcript, question: Question | None, found: Encoded
) -> tuple[dict[SignalName, Signal], tuple[Part, ...]]:
    """Return all signals and the answer's parts.

    A signal's present is None where the words do not allow a judgement, or the encoder cannot tell. A few words that
    answer a follow-up can prove what it asked for, but not that anything is missing.
    """
    signals = {name: Signal() for name in SignalName}
    doubted = transcript.confidence is not None and transcript.confidence < _LEAST_CONFIDENCE
    probe = question is not None and question.follow_up_to is not None
    words = sum(token.word not in UNREAD for token in spoken.tokens)
    if words < (_LEAST_WORDS_OF_A_PROBE if probe else LEAST_WORDS) or doubted:
        return signals, ()
    short = words < LEAST_WORDS
    for name, odds in zip(load_bars().signals, found.signals.tolist(), strict=True):
        signals[SignalName(name)] = _signal(SignalName(name), odds, found, spoken, transcript, short=short)
    about = signals[SignalName.ON_TOPIC].present
    if question is None or (about is False and not _learned(question)):
        signals[SignalName.ON_TOPIC] = Signal()
    elif about is False:
        return {n: s if n is SignalName.ON_TOPIC else Signal() for n, s in signals.items()}, ()
    if question is not None and short:
        asked = (*question.expects, SignalName.METRIC)  # a number is told from few words as surely as from many
        return {n: s if s.present and n in asked else Signal() for n, s in signals.items()}, ()
    told = {name: strengths(spoken, proved(found, name)) for name in _PARTS if signals[name].present}
    return signals, find_parts(spoken, transcript, told)


def _learned(question: Question) -> bool:
    """Return whether the reader learned from questions like this one; from explanations of concepts it did not."""
    return question.kind is not Kind.CONCEPT and is_familiar(question.text)


def _signal(
    name: SignalName, odds: float, found: Encoded, spoken: Passage, transcript: Transcript, *, short: bool
) -> Signal:
    """Return the verdict on one signal.

    Where something is marked as a number or a trade-off, or a pillar of observability is named, that none was heard is
    never said. A reflection that no sentence proves may be a platitude. short: a few words must be sure of it, and miss
    nothing.
    """
    bars = load_bars().signals[name.value]
    if name is SignalName.METRIC:
        places = find_metrics(spoken, found)
    elif name is SignalName.TRADEOFF:
        places = find_tradeoffs(spoken, found)
    else:
        places = []
    sure = odds >= bars.praised
    if not sure and (short or odds < bars.heard):
        missed = odds <= bars.missed and not short and not places
        named = missed and name is SignalName.OPERATIONS and pillars_told(transcript)
        return Signal(present=False if missed and not named else None)
    if name is SignalName.ON_TOPIC:
        return Signal(present=True, sure=sure)
    if name is SignalName.METRIC and not sure and not places:
        return Signal(present=None)  # a number that nobody can point at
    proof, strength = _proof(spoken, found, name)
    if strength < _LEAST_PROOF.get(name, strength):
        return Signal(present=None)
    quotes = (transcript.evidence(*spoken.chars(*place)) for place in places or [proof])
    return Signal(present=True, sure=sure, evidence=tuple(quotes))


def _proof(spoken: Passage, found: Encoded, name: SignalName) -> tuple[tuple[int, int], float]:
    """Return the sentence that proves a signal best, and how strongly it does."""
    scores = strengths(spoken, proved(found, name))
    best = max(range(len(scores)), key=scores.__getitem__)
    return spoken.sentences[best], scores[best]
