"""Answers through a lens: what was heard of its points, by quote, and what was not. It is no finding."""

__all__ = ["seen_through"]

from collections.abc import Callable, Iterator, Sequence

import msgspec

from voicemock.coaching.standing import standings
from voicemock.lenses import Lens, LensPoint, Over, lenses
from voicemock.reading.amounts import words_and_amounts
from voicemock.reading.points import points_in
from voicemock.reading.retold import by_noun, differ, same_story, telling
from voicemock.reading.why import find_why
from voicemock.schema import (
    AnswerReport,
    Evidence,
    LensHeard,
    LensPointHeard,
    Point,
    Signal,
    SignalName,
    assessed,
)

_REASONS = (SignalName.RATIONALE, SignalName.DIAGNOSIS)
"""A sentence proves each of these; a passage that weighs something tells much besides."""


def seen_through(answers: Sequence[AnswerReport], names: Sequence[str] = ()) -> tuple[AnswerReport, ...]:
    """Return answers with what each lens shows of them: those named, and those their questions ask for.

    What was seen before stays. Answers that could not be assessed, or are about something else, are not looked at.
    """
    follows = [one.follows for one in standings(answers)]
    probes = {place: [a for a, f in zip(answers, follows, strict=True) if f == place] for place in range(len(answers))}
    seen = []
    for place, answer in enumerate(answers):
        parent = None if (above := follows[place]) is None else answers[above]
        found = [
            _heard(name, answer, answers[:place], parent=parent, probes=probes[place])
            for name in _wanted(parent or answer, names)
            if name not in [old.lens for old in answer.lenses] and assessed(answer.signals)
        ]
        shown = tuple(one for one in found if parent is None or one.points or one.lines)
        seen.append(msgspec.structs.replace(answer, lenses=(*answer.lenses, *shown)) if shown else answer)
    return tuple(seen)


def _wanted(answer: AnswerReport, names: Sequence[str]) -> Iterator[str]:
    asked = answer.question.lenses if answer.question else ()
    earlier = (one.lens for one in answer.lenses)
    yield from (name for name in dict.fromkeys((*earlier, *asked, *names)) if name in lenses())


def _heard(
    name: str,
    answer: AnswerReport,
    before: Sequence[AnswerReport],
    *,
    parent: AnswerReport | None,
    probes: Sequence[AnswerReport],
) -> LensHeard:
    lens = lenses()[name]
    points = _points(lens, answer)
    if parent is not None:
        points = [point for point in points if point.heard]
    else:
        later = {point.name for probe in probes for point in _points(lens, probe) if point.heard}
        points = [point for point in points if point.heard or point.name not in later]
    more = _MORE.get(name)
    return LensHeard(
        lens=name,
        title=lens.title,
        session=lens.over is Over.SESSION,
        points=tuple(points),
        lines=tuple(more(answer, before)) if more else (),
    )


def _points(lens: Lens, answer: AnswerReport) -> list[LensPointHeard]:
    said = points_in(answer.transcript, [Point(name=one.name, said=one.said) for one in lens.points])
    hints = points_in(answer.transcript, [Point(name=one.name, said=one.hints) for one in lens.points])
    return [
        _point(one, answer, words.evidence, hinted=hint.heard)
        for one, words, hint in zip(lens.points, said, hints, strict=bool(said))
    ]


def _point(point: LensPoint, answer: AnswerReport, words: tuple[Evidence, ...], *, hinted: bool) -> LensPointHeard:
    """Return what was heard: a signal's quote before bare words. What may have been meant is not called missing."""
    signals = [answer.signals.get(name, Signal()) for name in point.signals]
    numbers = tuple(number.evidence for number in answer.numbers if number.kind in point.numbers)
    for found in (*(one.evidence for one in signals if one.present and one.sure), numbers, words):
        if found:
            return LensPointHeard(name=point.name, heard=True, evidence=found[:1])
    unsure = hinted or any(one.present is not False for one in signals)
    return LensPointHeard(name=point.name, heard=None if unsure else False)


def _why_against_what(answer: AnswerReport, _before: Sequence[AnswerReport]) -> Iterator[str]:
    """Say how much of an answer gives reasons, and how much tells what was done; nothing if no reason was found.

    Reasons have more words than are looked for: that none was found denies none.
    """
    proofs = [e for name in _REASONS if (s := answer.signals.get(name)) and s.sure for e in s.evidence]
    why = find_why(answer.transcript, proofs)
    if not why.found:
        return
    done = sum(part.share for part in answer.parts if part.name is SignalName.ACTION)
    what = f" What you did takes {done:.0%}; a sentence may do both." if done else ""
    yield f"At least {len(why.found)} of {why.sentences} sentences say why, {why.of_words:.0%} of the words.{what}"


def _told_in_two_ways(answer: AnswerReport, before: Sequence[AnswerReport]) -> Iterator[str]:
    """Say which counts of one story differ from what was said of it before."""
    words, amounts = words_and_amounts(answer.transcript.text)
    now = by_noun(amounts)
    told: set[str] = set()
    for earlier in reversed(before):
        said, counted = words_and_amounts(earlier.transcript.text)
        was = by_noun(counted)
        if not _one_question(answer, earlier) and not same_story(telling(words), telling(said)):
            continue
        for noun in sorted(now.keys() & was.keys() - told):
            told.add(noun)
            if differ(was[noun], now[noun]):
                yield f'The {noun} were told twice: "{was[noun].quote}" And then: "{now[noun].quote}"'


def _one_question(one: AnswerReport, other: AnswerReport) -> bool:
    first, second = ((a.question.follow_up_to or a.question.id) if a.question else None for a in (one, other))
    return first is not None and first == second


_MORE: dict[str, Callable[[AnswerReport, Sequence[AnswerReport]], Iterator[str]]] = {
    "depth": _why_against_what,
    "trust": _told_in_two_ways,
}
"""What a lens says beyond its points."""
