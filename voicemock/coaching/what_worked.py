"""What worked: the few quotes that deserve praise, so that a report does not only say what to change."""

__all__ = ["TELLING_FIRST", "praiseworthy", "what_worked"]

import bisect
from collections.abc import Iterator, Sequence

from voicemock.coaching.standing import standings
from voicemock.reading.concrete import told_apart
from voicemock.reading.why import says_why
from voicemock.schema import (
    AnswerReport,
    Evidence,
    FillerKind,
    NumberKind,
    SignalName,
    Strength,
    Transcript,
    Word,
    assessed,
)

HOW_MANY = 3
OF_ONE_ANSWER = 2
"""How much is praised; more is not believed (voicemock defaults, unvalidated)."""

TELLING_FIRST = (
    SignalName.TRADEOFF,
    SignalName.METRIC,
    SignalName.REFLECTION,
    SignalName.OWNS_FAILURE,
    SignalName.UNCERTAINTY,
    SignalName.SHARED_GOAL,
    SignalName.DIAGNOSIS,
    SignalName.HIRING_EVIDENCE,
    SignalName.MITIGATE_FIRST,
    SignalName.TARGET,
    SignalName.CUSTOMER,
    SignalName.PEOPLE_GROWTH,
    SignalName.RISK,
    SignalName.DIRECTION,
    SignalName.MIGRATION,
    SignalName.EMPATHY,
    SignalName.TEAM_BURDEN,
    SignalName.STAKEHOLDERS,
    SignalName.CREDITS_TEAM,
    SignalName.ORG_IMPACT,
    SignalName.CUSTOMER_FIRST,
    SignalName.OPERATIONS,
    SignalName.SCALE,
    SignalName.COST,
    SignalName.RATIONALE,
    SignalName.RESULT,
    SignalName.TASK,
    SignalName.ACTION,
    SignalName.SITUATION,
)
"""What few answers have, and tells the most, before what every answer has (voicemock default, unvalidated).
To stay on topic is no feat: it is not among them."""

STORY = frozenset({SignalName.SITUATION, SignalName.TASK, SignalName.ACTION, SignalName.RESULT})
"""What every story has, "in the end it worked out" too: praise for it alone would praise an empty answer."""

LEAST_CONCRETE, LEAST_OF_A_PROBE = 3, 1
"""Numbers and names in an answer that is praised, and in one to a follow-up (voicemock defaults, chosen on the example
answers; docs/examples.md has what they cost). Fluent words about nothing in particular have fewer."""

BARE = 12
"""A quote of fewer words, such as "by six percent", is shown with the words around it."""
AROUND = 6
"""At most this many before and after it, if its sentence is long."""
SENTENCE, CLAUSE = ".?!…", ".?!…,;:–—"
"""What ends the one and the other."""
ENOUGH = 24
"""Of several quotes the longest is shown, but past so many words longer is no better."""


def what_worked(answers: Sequence[AnswerReport]) -> tuple[Strength, ...]:
    """Choose at most three quotes, two of one answer: what was asked for and heard clearly, each signal once.

    Of several takes only the last one counts. An answer about something else gives nothing. Words praised once are not
    praised again under another name.
    """
    chosen: list[Strength] = []
    for strength in _candidates(answers):
        of_this = [other for other in chosen if other.answer == strength.answer]
        again = any(_overlap(strength.evidence, other.evidence) for other in of_this)
        said = any(other.signal is strength.signal for other in chosen)
        if not again and not said and len(of_this) < OF_ONE_ANSWER:
            chosen.append(strength)
    return tuple(chosen[:HOW_MANY])


def _candidates(answers: Sequence[AnswerReport]) -> Iterator[Strength]:
    """Yield all there is to praise, the most telling first."""
    counted = [(place, answers[place]) for place, s in enumerate(standings(answers)) if s.replaced_by is None]
    clear = {place: praiseworthy(answer) for place, answer in counted}
    for name in TELLING_FIRST:
        for place, answer in counted:
            telling = name not in STORY or clear[place] - STORY
            if name in clear[place] and name in answer.expects and telling:
                for evidence in _shown_first(name, answer):
                    shown = _from_first_word(_in_its_sentence(evidence, answer.transcript), answer)
                    yield Strength(signal=name, answer=place, evidence=shown)


def praiseworthy(answer: AnswerReport) -> set[SignalName]:
    """Return the signals that were heard clearly, of an answer that is more than fluent."""
    probe = answer.question is not None and answer.question.follow_up_to is not None
    least = LEAST_OF_A_PROBE if probe else LEAST_CONCRETE
    if not assessed(answer.signals) or told_apart(answer.transcript) < least:
        return set()
    heard = {name for name, signal in answer.signals.items() if signal.present and signal.sure}
    return {name for name in heard & set(TELLING_FIRST) if name is not SignalName.RATIONALE or _reasons(answer)}


def _reasons(answer: AnswerReport) -> tuple[Evidence, ...]:
    """Return the quotes that give a reason in so many words: what only sounds like one is not praised for it."""
    return tuple(evidence for evidence in answer.signals[SignalName.RATIONALE].evidence if says_why(evidence.quote))


def _shown_first(name: SignalName, answer: AnswerReport) -> list[Evidence]:
    """Return the quotes of a signal, the most telling first: numbers of a plain kind, then the fullest."""
    quotes = _reasons(answer) if name is SignalName.RATIONALE else answer.signals[name].evidence
    plain = {number.evidence.char_start for number in answer.numbers if number.kind is not NumberKind.OTHER}
    return sorted(quotes, key=lambda e: (e.char_start not in plain, -min(len(e.quote.split()), ENOUGH)))


def _in_its_sentence(evidence: Evidence, transcript: Transcript) -> Evidence:
    """Return a bare quote with its sentence, or of a long one with a few words on either side; others as they are."""
    words = transcript.words
    if evidence.char_start is None or evidence.char_end is None or len(evidence.quote.split()) >= BARE:
        return evidence
    first = bisect.bisect_right(words, evidence.char_start, key=lambda word: word.char_end)
    last = min(bisect.bisect_left(words, evidence.char_end, key=lambda word: word.char_end), len(words) - 1)
    opens = next((n for n in range(first, max(first - ENOUGH, 0), -1) if _ends(words[n - 1], SENTENCE)), None)
    opens = max(first - ENOUGH, 0) if opens is None else opens
    closes = next((n for n in range(last, min(last + ENOUGH, len(words))) if _ends(words[n], SENTENCE)), len(words) - 1)
    if closes - opens >= ENOUGH:
        opens = _lead_in(words, first, opens)
        closes = next((n for n in range(last, min(last + AROUND + 1, closes)) if _ends(words[n], CLAUSE)), last)
    end = max(evidence.char_end, words[closes].char_start + len(_bare(words[closes].text)))
    return transcript.evidence(min(words[opens].char_start, evidence.char_start), end)


def _lead_in(words: Sequence[Word], first: int, opens: int) -> int:
    """Return where the words before a quote begin: what may begin in the middle of a phrase begins with the next."""
    start = max(first - AROUND, opens)
    commas = [n + 1 for n in range(start, first) if _ends(words[n], ",")]
    return commas[-1] if commas and start > opens else start


def _ends(word: Word, marks: str) -> bool:
    """Whether a word is followed by one of some marks, within quotation marks or not."""
    return word.text.rstrip("\"'”’)").endswith(tuple(marks))


def _bare(word: str) -> str:
    return word.rstrip('"”.,;:?!…-–—')


def _from_first_word(evidence: Evidence, answer: AnswerReport) -> Evidence:
    """Return a quote without the filled pauses it begins with: what is praised is not the "um"."""
    start, end = evidence.char_start, evidence.char_end
    if start is None or end is None:
        return evidence
    for filler in sorted(answer.fillers, key=lambda filler: filler.char_start):
        if filler.kind is FillerKind.FILLED_PAUSE and filler.char_start == start:
            start = end - len(answer.transcript.text[filler.char_end : end].lstrip(" ,.…-–—"))
    return answer.transcript.evidence(start, end) if start < end else evidence


def _overlap(one: Evidence, other: Evidence) -> bool:
    if one.char_start is None or other.char_start is None or one.char_end is None or other.char_end is None:
        return one.quote == other.quote
    return one.char_start < other.char_end and other.char_start < one.char_end
