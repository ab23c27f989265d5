"""Say your numbers: users, traffic, money, and one before and after."""

from collections.abc import Sequence

from voicemock.preparation.drills._base import Drill, opening, readable
from voicemock.preparation.drills._numbers import shown
from voicemock.preparation.form import Material
from voicemock.reading.numbers_told import numbers_not_told, numbers_said
from voicemock.schema import AnswerReport, Kind, NumberKind, Question

__all__ = ["DRILL"]

ASKED = {NumberKind.USERS: "users", NumberKind.RATE: "traffic or a share", NumberKind.MONEY: "money"}
MORE = {
    NumberKind.LATENCY: "speed",
    NumberKind.ERRORS: "errors",
    NumberKind.AVAILABILITY: "uptime",
    NumberKind.PEOPLE: "people",
    NumberKind.TIME: "time",
}
QUESTION = Question(
    id="your-numbers",
    text=(
        "Take one system or product that your team ran, and tell me its numbers: how many people use it, how much it "
        "has to carry, what it costs or brings in, and one number before and after something you changed."
    ),
    kind=Kind.DRILL,
    tests="Whether you know your numbers without looking them up.",
    target_s=(20.0, 60.0),
)


def _report(answers: Sequence[AnswerReport], _: Material) -> list[str]:
    heard = [answer for answer in answers if readable(answer)]
    if not heard:
        return ["No words were heard well enough to look for numbers in them."]
    said = [number for answer in heard for number in numbers_said(answer.transcript)]
    missing = set(ASKED).intersection(*(numbers_not_told(answer.transcript) for answer in heard))
    lines = ["Your numbers:"]
    for kind, name in (*ASKED.items(), *MORE.items()):
        of_kind = [number for number in said if number.kind is kind]
        if of_kind or kind in ASKED:
            lines.append(f"  {name}: {shown(of_kind, '') or ('not heard' if kind in missing else 'could not tell')}")
    other = shown([number for number in said if number.kind is NumberKind.OTHER], "")
    lines += [f"  of what, could not be told: {other}"] if other else []
    changes = shown([number for number in said if number.change], "none was recognised as from … to …")
    return [*lines, f"  before and after: {changes}"]


DRILL = Drill(
    summary="your users, traffic and money, and one number before and after",
    draws=0,
    manner=opening("Your numbers, from memory."),
    plan=lambda _: [QUESTION],
    ended=_report,
)
