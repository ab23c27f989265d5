"""Why, not what: a decision told twice, the second time by its reasons and its price."""

from collections.abc import Sequence

from voicemock.phrases import plural, shortened
from voicemock.preparation.drills._base import HEARD, Drill, again, each_story, opening, readable
from voicemock.preparation.form import Material
from voicemock.reading.why import find_why
from voicemock.schema import AnswerReport, Question, Signal, SignalName
from voicemock.signals import signals

__all__ = ["DRILL"]

TELLINGS = (
    ("as-it-comes", "{}", (60.0, 120.0)),
    (
        "why",
        "Again, in a minute. One sentence for what you did. All the rest is why, and what you gave up for it. {}",
        (30.0, 60.0),
    ),
)
NAMES = (SignalName.RATIONALE, SignalName.TRADEOFF)


def _suits(question: Question) -> bool:
    return set(NAMES) <= set(question.expects) and SignalName.ACTION in question.expects


def _plan(drawn: Sequence[Question]) -> list[Question]:
    return [again(one, name, text.format(one.text), s) for one in drawn for name, text, s in TELLINGS]


def _report(answers: Sequence[AnswerReport], _: Material) -> list[str]:
    if not any(map(readable, answers)):
        return ["No words were heard well enough to look for reasons in them."]
    lines = ["Why against what:"]
    for answer in answers:
        number = 2 if answer.question and answer.question.id.endswith(f"-{TELLINGS[1][0]}") else 1
        if not readable(answer):
            lines.append(f"  telling {number}: not heard well enough")
            continue
        why = find_why(answer.transcript)
        told = f"words say why in {len(why.found)} of {plural(why.sentences, 'sentence')} ({why.of_sentences:.0%})"
        lines.append(f"  telling {number}: {told}")
        lines += [f"    {_signal(name, answer.signals.get(name, Signal()))}" for name in NAMES]
    return [*lines, '  Counted are words such as "because", "so that", "instead of", "it cost us"; other ways are not.']


def _signal(name: SignalName, signal: Signal) -> str:
    quote = f': "{shortened(signal.evidence[0].quote)}"' if signal.present and signal.evidence else ""
    return f"{signals()[name].phrase}: {HEARD[signal.present]}{quote}"


DRILL = Drill(
    summary="a decision told again by its reasons and its price: the share of why against what",
    suits=_suits,
    manner=opening("One decision, twice. First as it comes."),
    plan=_plan,
    ended=each_story(_report, *(name for name, _, _ in TELLINGS)),
)
