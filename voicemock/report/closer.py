"""In a line each: what the numbers of an answer measure, and by which pillars its system is watched."""

__all__ = ["closer"]

from collections import Counter
from collections.abc import Iterable, Sequence

from voicemock.schema import AnswerReport, NumberKind

NAMES = {
    NumberKind.USERS: "users",
    NumberKind.RATE: "rates and shares",
    NumberKind.LATENCY: "latency",
    NumberKind.ERRORS: "errors",
    NumberKind.AVAILABILITY: "uptime",
    NumberKind.MONEY: "money",
    NumberKind.PEOPLE: "people",
    NumberKind.TIME: "time",
}
"""What numbers measure; of the others only their count is told."""


def closer(answer: AnswerReport, probes: Sequence[AnswerReport] = ()) -> tuple[str, ...]:
    """Return what there is to say of an answer's numbers and of how its system is watched, a line each.

    probes: the answers to its follow-ups. What they give is not missing any more.
    """
    return tuple(line for line in (_numbers(answer, probes), _watched(answer, probes)) if line)


def _numbers(answer: AnswerReport, probes: Sequence[AnswerReport]) -> str:
    told = Counter(number.kind for number in answer.numbers)
    named = [f"{name} ({told[kind]})" if told[kind] > 1 else name for kind, name in NAMES.items() if told[kind]]
    if not named:
        return ""
    if told[NumberKind.OTHER]:
        named.append(f"{told[NumberKind.OTHER]} more")
    later = {number.kind for probe in probes for number in probe.numbers}
    missing = () if NumberKind.OTHER in later else answer.numbers_not_heard  # it may be of any kind
    return f"Numbers: {', '.join(named)}.{_not_heard(NAMES[kind] for kind in missing if kind not in later)}"


def _watched(answer: AnswerReport, probes: Sequence[AnswerReport]) -> str:
    if not answer.pillars:
        return ""
    named = ", ".join(f'{heard.pillar} ("{heard.evidence.quote}")' for heard in answer.pillars)
    later = {heard.pillar for probe in probes for heard in probe.pillars}
    return f"How it is watched: {named}.{_not_heard(p for p in answer.pillars_not_heard if p not in later)}"


def _not_heard(names: Iterable[str]) -> str:
    missing = ", ".join(names)
    return f" Not heard: {missing}." if missing else ""
