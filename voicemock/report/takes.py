"""Two takes of one question side by side."""

__all__ = ["Change", "Comparison", "compare_takes"]

from collections.abc import Sequence

import msgspec

from voicemock.report.words import name_of, value_of
from voicemock.schema import AnswerReport, SignalName


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One measure in the earlier and the later take."""

    name: str
    before: str
    after: str
    limit: str


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """What changed from an earlier take to a later one; ``earlier`` is its place among the answers.

    gained, lost, kept: signals. One that either take leaves undecided is in none of them: it may have been there.
    """

    earlier: int
    changes: tuple[Change, ...]
    gained: tuple[SignalName, ...]
    lost: tuple[SignalName, ...]
    kept: tuple[SignalName, ...]


def compare_takes(answers: Sequence[AnswerReport]) -> dict[int, Comparison]:
    """Compare each take with the one before it; the keys are places among the answers.

    Two recordings of one question that are both first takes come from a review, and are not retakes. Answers to
    follow-ups are too short to compare, and a take in which nothing was said replaces none.
    """
    latest: dict[str, int] = {}
    compared = {}
    for place, answer in enumerate(answers):
        if answer.question is None or answer.question.follow_up_to or not answer.transcript.words:
            continue
        earlier = latest.get(answer.question.id)
        if earlier is not None and answers[earlier].take < answer.take:
            compared[place] = _compare(earlier, answers[earlier], answer)
        latest[answer.question.id] = place
    return compared


def _compare(place: int, before: AnswerReport, after: AnswerReport) -> Comparison:
    both = [name for name in before.measures if name in after.measures]
    had, lacked = _which(before, present=True), _which(before, present=False)
    has, lacks = _which(after, present=True), _which(after, present=False)
    return Comparison(
        earlier=place,
        changes=tuple(
            Change(
                name=name_of(name),
                before=value_of(before.measures[name]),
                after=value_of(after.measures[name]),
                limit=after.measures[name].limit,
            )
            for name in both
        ),
        gained=tuple(name for name in has if name in lacked),
        lost=tuple(name for name in had if name in lacks),
        kept=tuple(name for name in has if name in had),
    )


def _which(answer: AnswerReport, *, present: bool) -> list[SignalName]:
    return [n for n, signal in answer.signals.items() if signal.present is present and n is not SignalName.ON_TOPIC]
