"""What counts once a session is over: the last take of each question, and the gaps its follow-ups filled."""

__all__ = ["Standing", "open_findings", "standings"]

from collections.abc import Sequence

import msgspec

from voicemock.checks.missing_signals import gaps, say
from voicemock.schema import AnswerReport, Finding, SignalName

ABOUT = {
    "missing_metric": SignalName.METRIC,
    "missing_tradeoff": SignalName.TRADEOFF,
    "off_topic": SignalName.ON_TOPIC,
}
"""The checks that miss one signal, and which."""


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one answer; answers are named by their places.

    follows: the answer it is a follow-up to, None for a question of its own.
    replaced_by: the take that counts instead, None if this one does.
    filled: the signals it lacked, or that could not be told, each with the follow-up that held it.
    """

    follows: int | None = None
    replaced_by: int | None = None
    filled: dict[SignalName, int] = {}


def standings(answers: Sequence[AnswerReport]) -> tuple[Standing, ...]:
    """Tell for each answer whether it counts, and which gaps its follow-ups filled."""
    follows, replaced = _order(answers)
    last = {place: _last(place, replaced) for place in replaced}
    for place, parent in enumerate(follows):
        if parent in last and place not in last:
            last[place] = last[parent]  # a follow-up to an answer that was given again
    return tuple(
        Standing(
            follows=follows[place],
            replaced_by=last.get(place),
            filled=_filled(answer, {f: answers[f] for f, p in enumerate(follows) if p == place and f not in last}),
        )
        for place, answer in enumerate(answers)
    )


def open_findings(answer: AnswerReport, standing: Standing) -> tuple[Finding, ...]:
    """Return the findings no follow-up has settled; of several gaps, those that are left."""
    found = (_what_is_left(finding, answer, standing) for finding in answer.findings)
    return tuple(finding for finding in found if finding)


def _what_is_left(finding: Finding, answer: AnswerReport, standing: Standing) -> Finding | None:
    if ABOUT.get(finding.check) in standing.filled:
        return None
    if finding.check != "missing_signals" or not standing.filled or answer.question is None:
        return finding
    before = gaps(answer.question.expects, answer.signals)
    left = gaps(answer.question.expects, answer.signals, filled=standing.filled)
    if left == before:
        return finding
    return msgspec.structs.replace(finding, message=say(left)) if left else None


def _order(answers: Sequence[AnswerReport]) -> tuple[list[int | None], dict[int, int]]:
    """Return what each answer follows up, and for each replaced take the next one."""
    asked: dict[tuple[int | None, str], int] = {}
    follows: list[int | None] = []
    replaced: dict[int, int] = {}
    for place, answer in enumerate(answers):
        question = answer.question
        parent = asked.get((None, question.follow_up_to)) if question and question.follow_up_to else None
        follows.append(parent)
        if question is None:
            continue
        earlier = asked.get((parent, question.id))
        if earlier is not None and answers[earlier].take < answer.take:
            if not answer.transcript.words:  # a take in which nothing was said replaces none
                replaced[place] = earlier
                continue
            replaced[earlier] = place
        asked[parent, question.id] = place
    return follows, replaced


def _last(place: int, replaced: dict[int, int]) -> int:
    while place in replaced:
        place = replaced[place]
    return place


def _filled(answer: AnswerReport, follow_ups: dict[int, AnswerReport]) -> dict[SignalName, int]:
    lacking = [n for n, signal in answer.signals.items() if signal.present is False or n in answer.undecided]
    return {
        name: place
        for place, follow_up in reversed(follow_ups.items())
        for name in lacking
        if (signal := follow_up.signals.get(name)) and signal.present
    }
