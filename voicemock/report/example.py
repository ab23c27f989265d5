"""The strong answer that a report keeps folded away beneath an answer with findings."""

__all__ = ["ExampleView", "examples_beside"]

from collections.abc import Collection, Mapping, Sequence

import msgspec

from voicemock.questions.examples import Example, names_of, nearest
from voicemock.schema import AnswerReport


class ExampleView(msgspec.Struct, frozen=True, kw_only=True):
    """A strong answer as it is shown.

    title: what it answers. question: its words, empty if it answers the same one. id: of that question.
    shows: what it has, in words.
    """

    title: str
    question: str
    id: str
    text: str
    shows: str


def examples_beside(answers: Sequence[AnswerReport], places: Collection[int]) -> Mapping[int, ExampleView]:
    """Return the example for each of these places that has one; each example once, at the first of them."""
    found: dict[int, ExampleView] = {}
    for place in places:
        question = answers[place].question
        example = nearest(question) if question else None
        if question and example and all(shown.id != example.question.id for shown in found.values()):
            found[place] = _view(example, own=question.id == example.question.id)
    return found


def _view(example: Example, *, own: bool) -> ExampleView:
    return ExampleView(
        title="A strong answer to this question" if own else "A strong answer to a question like this one",
        question="" if own else example.question.text,
        id=example.question.id,
        text=example.strong,
        shows=names_of(example.shows),
    )
