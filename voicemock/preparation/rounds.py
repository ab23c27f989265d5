"""Whole interviews of a kind: who asks, how many questions fit the time, and the debrief at the end."""

__all__ = ["RoundForm", "find_round", "load_rounds", "round_questions"]

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from voicemock.coaching.standing import standings
from voicemock.errors import UnknownNameError
from voicemock.interview.manners import Manner, find_manner
from voicemock.phrases import clock, plural, shortened
from voicemock.preparation.form import Form, Material
from voicemock.report.debrief import WHY
from voicemock.report.signal_rows import SignalRow, State, signal_row
from voicemock.schema import EXERCISES, AnswerReport, Evidence, Question, Round, SignalName
from voicemock.signals import signals

ASKING_S, PROBE_S = 30.0, 60.0
"""Time to ask a question and to think, and for a follow-up with its answer (voicemock defaults, unvalidated)."""
FOLLOW_UPS = 2
"""After an answer, at most: as many as the strict manner asks (voicemock default, unvalidated)."""


class RoundForm(Form, frozen=True, kw_only=True):
    """A form that is a whole interview. summary: who asks, and how. first: the question it always begins with."""

    round: Round
    summary: str
    first: str | None = None


def round_questions(form: RoundForm, known: Sequence[Question], *, minutes: int) -> tuple[Question, ...]:
    """Return as many questions of a round as its minutes hold, at least one; those about something new come first.

    known: all questions of all sets.
    """
    fit = [one for one in known if form.round in one.rounds and one.kind not in EXERCISES]
    left = random.sample(fit, len(fit))
    asked: list[Question] = []
    while left:
        covered = {name for one in asked for name in one.competencies}
        following = max(left, key=lambda one: (one.id == form.first, not covered.issuperset(one.competencies)))
        left.remove(following)
        if asked and sum(_lasts_s(one, form) for one in (*asked, following)) > minutes * 60:
            break
        asked.append(following)
    return tuple(asked)


def _lasts_s(question: Question, form: RoundForm) -> float:
    return ASKING_S + question.target_s[1] + PROBE_S * form.manner.follow_ups


class _Line(msgspec.Struct, frozen=True):
    """What became of a signal in a round. quotes: each with the place of its answer, from 1."""

    quotes: tuple[tuple[int, Evidence], ...]
    states: Mapping[State, int]


def _debrief(answers: Sequence[AnswerReport], _: Material) -> list[str]:
    """Return what the round showed by quotes, and what would have to be guessed."""
    rows = list(_rows(answers))
    if not rows:
        return ["Debrief: there was no answer to write anything down about."]
    found: dict[SignalName, _Line] = {}
    for name in signals():
        mine = [(place, row, quotes) for place, row, quotes in rows if row.name is name]
        if mine:
            states = Counter(row.state for _, row, _ in mine)
            found[name] = _Line(tuple((place, quotes[0]) for place, _, quotes in mine if quotes), states)
    lines = [f"Debrief of the round: {_spoken(answers)} spoken.", "Proven, in your words:"]
    proven = [_proven(name, line.quotes) for name, line in found.items() if line.quotes]
    guess = [_guess(name, line.states) for name, line in found.items() if not line.quotes]
    lines += proven or ["  nothing"]
    return [*lines, "They would have to guess:", *(guess or ["  nothing that was asked for"])]


def _spoken(answers: Sequence[AnswerReport]) -> str:
    """Say how many answers were given, those to follow-ups apart, and how long all of them were."""
    given = [one for one in zip(answers, standings(answers), strict=True) if one[0].transcript.words]
    follow_ups = sum(stands.follows is not None for _, stands in given)
    more = f" and {plural(follow_ups, 'follow-up')}" if follow_ups else ""
    spoken_s = sum(answer.duration_s or 0.0 for answer, _ in given)
    return f"{plural(len(given) - follow_ups, 'answer')}{more}, {clock(spoken_s)}"


def _rows(answers: Sequence[AnswerReport]) -> Iterator[tuple[int, SignalRow, Sequence[Evidence]]]:
    """Yield what became of each expected signal, with the place of the answer and the quotes that prove it."""
    place = 0
    for answer, stands in zip(answers, standings(answers), strict=True):
        if stands.follows is not None or not answer.transcript.words or answer.question is None:
            continue
        place += 1
        for name in answer.expects:
            row = signal_row(name, answer, filled=name in stands.filled)
            proof = row.signal if row.signal.present else None
            if proof is None and name in stands.filled:
                proof = answers[stands.filled[name]].signals[name]
            yield place, row, proof.evidence if proof else ()


def _proven(name: SignalName, quotes: Sequence[tuple[int, Evidence]]) -> str:
    place, quote = quotes[0]
    more = [str(other) for other, _ in quotes[1:]]
    also = f", also in {', '.join(more)}" if more else ""
    return f'  {signals()[name].phrase}: "{shortened(quote.quote)}" (answer {place}{also})'


def _guess(name: SignalName, states: Mapping[State, int]) -> str:
    """Say why a signal would have to be guessed; heard without a quote is no proof."""
    why = {**WHY, State.NOT_ASSESSED: "not assessed"}
    return f"  {signals()[name].phrase} ({', '.join(f'{why[state]}: {count}' for state, count in states.items())})"


def _manner(like: str, *, greeting: str, leads: tuple[str, ...], closing: str) -> Manner:
    return msgspec.structs.replace(
        find_manner(like), name=f"round-{like}", greeting=greeting, leads=leads, closing=closing, follow_ups=FOLLOW_UPS
    )


def _round(kind: Round, summary: str, manner: Manner, *, first: str | None = None) -> RoundForm:
    return RoundForm(
        round=kind,
        summary=summary,
        manner=manner,
        first=first,
        pause=False,
        after=lambda *_: (),
        ended=_debrief,
        next_steps=True,
    )


_ROUNDS = (
    _round(
        Round.PEOPLE,
        "a warm director who wants to know how you treat people",
        _manner(
            "warm",
            greeting="Hello, good to meet you. I would like to hear about the people you have led. Take your time.",
            leads=("Thank you. Another one about people.", "Thanks. Let us stay with the team for a moment."),
            closing="That is all from me. Thank you for being so open.",
        ),
    ),
    _round(
        Round.TECHNICAL_LEADERSHIP,
        "a principal engineer who asks twice how it was decided",
        _manner(
            "neutral",
            greeting="Hello. I would like to understand how technical decisions are made where you lead.",
            leads=("All right. The next one.", "Let us look at another decision."),
            closing="Good. That was the last one from me.",
        ),
    ),
    _round(
        Round.DEEP_DIVE,
        "an architect who asks for a drawing first, and then for everything in it",
        _manner(
            "neutral",
            greeting=(
                "Hello. We will look at something you built, in depth. You have five minutes to draw before you talk. "
                "Press P to stop the clock while you draw, and P again when you are ready."
            ),
            leads=("Let us go deeper.", "Another part of it, or another system of yours."),
            closing="Thank you. I have what I need.",
        ),
        first="draw-it-for-me",
    ),
    _round(
        Round.STRATEGY,
        "an executive with little time who thinks in money and in years",
        _manner(
            "strict",
            greeting="Good morning. My time is short. Tell me how you think.",
            leads=("Next.", "Something else."),
            closing="That was useful. Goodbye.",
        ),
    ),
    _round(
        Round.HIRING,
        "a hiring manager who compares your bar with theirs",
        _manner(
            "warm",
            greeting="Hello. You would hire a lot of people here, so let us talk about how you do that.",
            leads=("Thanks. Next.", "Good. Another one about hiring."),
            closing="Thank you, that was the last one.",
        ),
    ),
    _round(
        Round.BAR_RAISER,
        "a stranger to the team who accepts no claim without its proof",
        _manner(
            "strict",
            greeting="Hello. I am not from this team. My questions are short. Please be concrete.",
            leads=("Next.",),
            closing="We are done. Thank you.",
        ),
    ),
)


def load_rounds() -> Mapping[str, RoundForm]:
    """Return every kind of round by its name."""
    return {form.round.value.replace("_", "-"): form for form in _ROUNDS}


def find_round(name: str) -> RoundForm:
    """Return a round by its name, or raise UnknownNameError with the nearest."""
    rounds = load_rounds()
    if name not in rounds:
        raise UnknownNameError("round", name, rounds, listed_by="voicemock loop")
    return rounds[name]
