"""What every drill is made of."""

__all__ = [
    "HEARD",
    "Drill",
    "again",
    "each_story",
    "first_and_last",
    "listed",
    "opening",
    "quoted",
    "readable",
    "story_asked",
]

from collections.abc import Callable, Sequence

from voicemock.interview.manners import BARE, Manner
from voicemock.preparation.form import Form, Material
from voicemock.schema import AnswerReport, Evidence, Question, SignalName

HEARD = {True: "heard", False: "not heard", None: "could not tell"}
LEAST_CONFIDENCE = 0.5
"""Mean probability of the words below which nothing is said of them, as for signals: voicemock default, unvalidated."""


def _any_question(_: Question) -> bool:
    return True


class Drill(Form, frozen=True, kw_only=True):
    """A form with questions of its own.

    summary: what it trains, in one line. draws: how many questions it takes from the sets, unless it is told; 0 if it
    brings its own. suits: which of them it can take. plan: what is asked, made of those.
    """

    summary: str
    draws: int = 1
    suits: Callable[[Question], bool] = _any_question
    plan: Callable[[Sequence[Question]], Sequence[Question]]


def opening(text: str) -> Manner:
    """Return the manner of somebody who says this first and nothing more but the questions."""
    return Manner(
        name="drill",
        greeting=text,
        leads=BARE.leads,
        cut_in=BARE.cut_in,
        closing=BARE.closing,
        follow_ups=0,
        first_word_s=BARE.first_word_s,
    )


def again(question: Question, name: str, text: str, target_s: tuple[float, float]) -> Question:
    """Return a question put in another way; nothing in particular is expected of its answer."""
    return Question(
        id=f"{question.id}-{name}",
        text=text,
        kind=question.kind,
        competencies=question.competencies,
        target_s=target_s,
    )


def each_story(
    report: Callable[[Sequence[AnswerReport], Material], Sequence[str]], *names: str
) -> Callable[[Sequence[AnswerReport], Material], Sequence[str]]:
    """Return a report on each question drilled, since tellings of one story say nothing of another's.

    names: those under which ``again`` asked it.
    """

    def reports(answers: Sequence[AnswerReport], material: Material) -> Sequence[str]:
        stories: dict[str, list[AnswerReport]] = {}
        for answer in answers:
            asked = (answer.question.follow_up_to or answer.question.id) if answer.question else ""
            drilled = next((asked.removesuffix(f"-{name}") for name in names if asked.endswith(f"-{name}")), asked)
            stories.setdefault(drilled, []).append(answer)
        if len(stories) < 2:
            return report(answers, material)
        return [line for id, told in stories.items() for line in (f"On {id}:", *report(told, material))]

    return reports


def story_asked(question: Question) -> bool:
    """Return whether a question asks for something that happened."""
    return SignalName.RESULT in question.expects


def readable(answer: AnswerReport) -> bool:
    """Return whether the words were heard well enough to say anything about them."""
    sure = answer.transcript.confidence
    return bool(answer.transcript.words) and (sure is None or sure >= LEAST_CONFIDENCE)


def first_and_last(answers: Sequence[AnswerReport]) -> tuple[AnswerReport, AnswerReport] | None:
    """Return the first telling and the last; None if there are not two that were heard well enough."""
    told = [answer for answer in answers if readable(answer)]
    return (told[0], told[-1]) if len(told) > 1 else None


def listed(names: Sequence[str], none: str = "nothing") -> str:
    """Return names as a list in a sentence."""
    return ", ".join(names) if names else none


def quoted(evidence: Sequence[Evidence], most: int = 2) -> str:
    """Return what was said, in quotation marks."""
    return "; ".join(f'"{one.quote}"' for one in evidence[:most])
