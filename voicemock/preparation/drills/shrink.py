"""One story in two minutes, in one, and in thirty seconds: what survives."""

from collections.abc import Sequence

from voicemock.phrases import clock
from voicemock.preparation.drills._base import (
    Drill,
    again,
    each_story,
    first_and_last,
    listed,
    opening,
    readable,
    story_asked,
)
from voicemock.preparation.drills._numbers import Kept, kept, measures_of, shown
from voicemock.preparation.form import Material
from voicemock.schema import AnswerReport, Question, SignalName
from voicemock.signals import signals

__all__ = ["DRILL"]

TELLINGS = (
    ("in-120", "{} Take two minutes.", (90.0, 120.0)),
    ("in-60", "The same story in one minute. {}", (45.0, 60.0)),
    ("in-30", "Now in thirty seconds. {}", (20.0, 30.0)),
)


def _plan(drawn: Sequence[Question]) -> list[Question]:
    return [again(one, name, text.format(one.text), s) for one in drawn for name, text, s in TELLINGS]


def _report(answers: Sequence[AnswerReport], _: Material) -> list[str]:
    pair = first_and_last(answers)
    if pair is None:
        return ["What survives needs two tellings that could be heard well: there is nothing to compare."]
    first, last = pair
    lengths = [clock(answer.duration_s) for answer in answers if readable(answer) and answer.duration_s]
    return [
        f"What survived, told in {', then '.join(lengths)}:",
        *_signals(first, last),
        *_numbers(first, last),
        *_parts(first, last),
    ]


def _signals(first: AnswerReport, last: AnswerReport) -> list[str]:
    """Name what was heard at first, by what became of it in the last telling."""
    at_first = [name for name, signal in first.signals.items() if signal.present and name is not SignalName.ON_TOPIC]
    became: dict[bool | None, list[str]] = {True: [], False: [], None: []}
    for name in signals():
        if name in at_first:
            became[last.signals[name].present if name in last.signals else None].append(signals()[name].phrase)
    if not at_first:
        return ["  Of what an interviewer listens for, nothing could be told in the first telling."]
    if not became[True] and not became[False]:
        return ["  Could not tell what survived: too little was said in the last telling, or it was heard poorly."]
    found = [f"  Still there: {listed(became[True])}."]
    found += [f"  Not heard in the last: {listed(became[False])}."] if became[False] else []
    return found + ([f"  Could not tell: {listed(became[None])}."] if became[None] else [])


def _numbers(first: AnswerReport, last: AnswerReport) -> list[str]:
    said, later = measures_of(first), measures_of(last)
    if not said:
        return ["  Numbers: none was recognised in the first telling."]
    names = {Kept.WHOLE: "still said", Kept.IN_PART: "still said in part", Kept.NOT: "not recognised in the last"}
    became = {how: [number for number in said if kept(number, later) is how] for how in names}
    return [f"  Numbers {name}: {shown(became[how])}." for how, name in names.items() if became[how]]


def _parts(first: AnswerReport, last: AnswerReport) -> list[str]:
    shares = [{part.name: 0.0 for part in answer.parts} for answer in (first, last)]
    for share, answer in zip(shares, (first, last), strict=True):
        for part in answer.parts:
            share[part.name] += part.share
    if not all(shares):
        return []
    before, after = shares
    changes = (
        f"{signals()[name].name.lower()} {before.get(name, 0.0):.0%}, then {after.get(name, 0.0):.0%}"
        for name in signals()
        if name in before or name in after
    )
    return [f"  Share of the words: {'; '.join(changes)}."]


DRILL = Drill(
    summary="one story in two minutes, one minute and thirty seconds: what survives",
    suits=story_asked,
    manner=opening("One story, three times, each time shorter."),
    plan=_plan,
    ended=each_story(_report, *(name for name, _, _ in TELLINGS)),
)
