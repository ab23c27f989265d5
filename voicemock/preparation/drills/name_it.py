"""Name it in five seconds: what a question tests, and which story you would tell."""

from collections.abc import Sequence

from voicemock.phrases import plural
from voicemock.preparation.competencies import competencies_in
from voicemock.preparation.drills._base import Drill, again, listed, opening, readable
from voicemock.preparation.form import Material
from voicemock.preparation.named import named_story
from voicemock.preparation.stories.story import Story
from voicemock.preparation.stories.suggest import suggest
from voicemock.schema import AnswerReport, Question

__all__ = ["DRILL"]

SOON_S = 5.0
TARGET_S = (1.0, 15.0)
"""Time to say both; the five seconds are those until the first word. voicemock default, unvalidated."""


def _plan(drawn: Sequence[Question]) -> list[Question]:
    return [again(one, "named", one.text, TARGET_S) for one in drawn]


def _suits(question: Question) -> bool:
    return bool(question.competencies) and not question.points


def _after(answer: AnswerReport, material: Material) -> list[str]:
    """Say what was named, what the question tests, and which story suits it."""
    asked = answer.question
    if asked is None:
        return []
    lines = [f"It tests {listed(asked.competencies)}. {_named(answer)}"]
    if not material.stories:
        return [*lines, "There are no stories in your bank yet: `voicemock stories add TITLE` starts one."]
    suits = suggest(asked, material.stories, material.known, told={})
    best = f'"{suits[0].title}" would do: {suits[0].why[0]}.' if suits else "None of your stories plainly suits it."
    story = _story(answer, material)
    if story is None:
        return [*lines, f"Could not tell which story you named. {best}"]
    shared = [name for name in story.competencies if name in asked.competencies]
    if shared:
        return [*lines, f'Your story: "{story.title}". Your bank says it shows {listed(shared)}.']
    if why := next((one.why[0] for one in suits if one.id == story.id), ""):
        return [*lines, f'Your story: "{story.title}". It may suit: {why}.']
    return [*lines, f'Your story: "{story.title}". Your bank does not say that it shows this. {best}']


def _competencies(answer: AnswerReport) -> dict[str, str]:
    return competencies_in(answer.transcript.text) if readable(answer) else {}


def _right(answer: AnswerReport) -> list[str]:
    """Return what was named of that which the question tests."""
    return [name for name in _competencies(answer) if answer.question and name in answer.question.competencies]


def _named(answer: AnswerReport) -> str:
    if right := _right(answer):
        return f"You named {listed(right)}."
    if others := list(_competencies(answer)):
        return f"Could not tell that you named it; words of {listed(others[:2])} were heard."
    return "Could not tell what you named."


def _story(answer: AnswerReport, material: Material) -> Story | None:
    """Return the story that was named; words of the question, or of what it tests, name none."""
    if not readable(answer) or answer.question is None:
        return None
    names = " ".join((*answer.question.competencies, *_competencies(answer).values()))
    return named_story(answer.transcript.text, material.stories, apart=f"{answer.question.text} {names}")


def _started_s(answer: AnswerReport) -> float | None:
    return answer.transcript.words[0].start_s if answer.transcript.words else None


def _report(answers: Sequence[AnswerReport], material: Material) -> list[str]:
    if not answers:
        return []
    of = f"of {plural(len(answers), 'time')}"
    lines = [f"What it tests: named {sum(bool(_right(one)) for one in answers)} {of}."]
    if material.stories:
        lines.append(f"Your story: told which, {sum(_story(one, material) is not None for one in answers)} {of}.")
    if soon := [at for answer in answers if (at := _started_s(answer)) is not None]:
        within = sum(at <= SOON_S for at in soon)
        lines.append(f"First word within {SOON_S:.0f} s: {within} of {plural(len(soon), 'time')}.")
    return lines


DRILL = Drill(
    summary="in five seconds: what a question tests, and which of your stories you would tell",
    draws=5,
    suits=_suits,
    manner=opening("Do not answer. Say what each question tests, and which story you would tell."),
    plan=_plan,
    pause=False,
    after=_after,
    ended=_report,
)
