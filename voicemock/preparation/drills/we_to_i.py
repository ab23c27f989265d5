"""A story told twice: the second time with your own part."""

from collections.abc import Sequence

from voicemock.checks.i_vs_we import ENOUGH, quote_from
from voicemock.preparation.drills._base import Drill, again, each_story, first_and_last, opening, quoted, story_asked
from voicemock.preparation.form import Material
from voicemock.schema import AnswerReport, Question

__all__ = ["DRILL"]

TELLINGS = (
    ("as-it-comes", "{}", (60.0, 120.0)),
    ("your-part", "Tell it again. This time say which part was yours, and who did the rest. {}", (60.0, 120.0)),
)
SHOWN = 3


def _plan(drawn: Sequence[Question]) -> list[Question]:
    return [again(one, name, text.format(one.text), s) for one in drawn for name, text, s in TELLINGS]


def _report(answers: Sequence[AnswerReport], _: Material) -> list[str]:
    pair = first_and_last(answers)
    if pair is None:
        return ["I and we: two tellings that could be heard well are needed, to compare them."]
    before, after = pair
    lines = ["I and we, where you act or own something:", f"  before: {_said(before)}", f"  after:  {_said(after)}"]
    left = [quote_from(after.transcript, span) for span in after.pronouns.we]
    if not left:
        return lines
    return [*lines, f'  Where it still says "we" or "our": {quoted(left, SHOWN)}. Was one of these you?']


def _said(answer: AnswerReport) -> str:
    alone, together, of_i = len(answer.pronouns.i), len(answer.pronouns.we), answer.pronouns.i_share
    share = f" ({of_i:.0%} I)" if of_i is not None and alone + together >= ENOUGH else ""
    return f'"I" {alone}, "we" {together}{share}'


DRILL = Drill(
    summary='a story told again with your own part: "I" and "we", before and after',
    suits=story_asked,
    manner=opening("One story, twice. First as it comes."),
    plan=_plan,
    ended=each_story(_report, *(name for name, _, _ in TELLINGS)),
)
