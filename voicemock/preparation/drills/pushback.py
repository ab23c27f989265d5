"""So what? Silence. How do you know? Three deep, on numbers of your own."""

from collections.abc import Sequence

from voicemock.phrases import clock, plural
from voicemock.preparation.drills._base import Drill, each_story, opening
from voicemock.preparation.drills._numbers import Kept, kept, measures_of, shown
from voicemock.preparation.form import SILENCE, Material
from voicemock.reading.numbers_told import NumberSaid
from voicemock.schema import AnswerReport, FollowUp, NumberKind, Question, SignalName

__all__ = ["DRILL"]

MATTER_MOST = (
    NumberKind.MONEY,
    NumberKind.USERS,
    NumberKind.ERRORS,
    NumberKind.AVAILABILITY,
    NumberKind.LATENCY,
    NumberKind.RATE,
)
"""The kinds pushed on first; of two of a kind, the one that was said last."""


def _suits(question: Question) -> bool:
    return {SignalName.METRIC, SignalName.RESULT} <= set(question.expects)


def _plan(drawn: Sequence[Question]) -> list[Question]:
    return [
        Question(
            id=f"{one.id}-under-pressure",
            text=f"{one.text} Give me a number for what came of it.",
            kind=one.kind,
            competencies=one.competencies,
            target_s=(30.0, 90.0),
        )
        for one in drawn
    ]


def _push(given: Sequence[AnswerReport], count: int) -> FollowUp | None:
    """Return what to push with: so what, silence, and how do you know, each on the newest number there is."""
    number = _newest(given)
    said, trigger = (number.evidence.quote, f"a number: {number.evidence.quote}") if number else ("", "no number")
    if count == 1:
        return FollowUp(text=f'You said "{said}". So what?' if said else "So what?", trigger=trigger)
    if count == 2:
        return FollowUp(text=SILENCE, trigger="silence")
    if count == 3:
        return FollowUp(text=f'"{said}". How do you know?' if said else "How do you know?", trigger=trigger)
    return None


def _newest(given: Sequence[AnswerReport]) -> NumberSaid | None:
    """Return the number that matters most of the latest answer that says a new one; any number if none matters."""
    before: list[NumberSaid] = []
    found = None
    for answer in given:
        said = measures_of(answer)
        new = [number for number in said if number.kind in MATTER_MOST and kept(number, before) is Kept.NOT]
        found = min(reversed(new), key=lambda number: MATTER_MOST.index(number.kind), default=found)
        before += said
    return found or (before[-1] if before else None)


def _report(answers: Sequence[AnswerReport], _: Material) -> list[str]:
    first = [answer for answer in answers if answer.question and not answer.question.follow_up_to]
    pushes = [answer for answer in answers if answer.question and answer.question.follow_up_to]
    if not pushes:
        return ["You answered no push."]
    lines = ["Under pressure:"]
    for answer in pushes:
        lines.append(f"  {answer.question.text if answer.question else ''} {_held(answer)}")
    said = [number for answer in first for number in measures_of(answer)]
    if not said:
        return [*lines, "  No number was recognised in your first answer, so the pushes had none to take up."]
    later = [number for answer in pushes for number in measures_of(answer)]
    same = [number for number in later if kept(number, said) is not Kept.NOT]
    new = [number for number in later if kept(number, said) is Kept.NOT]
    lines += [f"  Numbers at first: {shown(said)}.", f"  Said again under pressure: {shown(same)}."]
    return [*lines, f"  New under pressure: {shown(new)}. Make sure they agree with the first."] if new else lines


def _held(answer: AnswerReport) -> str:
    words = answer.transcript.words
    if not words:
        return "You said nothing."
    if answer.duration_s is None or words[0].start_s is None:
        return f"You answered in {plural(len(words), 'word')}."
    return f"First word after {words[0].start_s:.1f} s, then {clock(answer.duration_s)}."


DRILL = Drill(
    summary='"so what?", silence, "how do you know?": three deep on your own numbers',
    suits=_suits,
    manner=opening("I will push. Stay with your numbers."),
    plan=_plan,
    probe=_push,
    pause=False,
    ended=each_story(_report, "under-pressure"),
)
