"""Which answer comes where down the page, and which is one of several takes."""

__all__ = ["one_of_several", "order"]

from collections.abc import Sequence

from voicemock.coaching.standing import Standing
from voicemock.schema import AnswerReport


def order(standing: Sequence[Standing]) -> list[int]:
    """Return the places of the answers down the page."""
    own = [place if s.follows is None else s.follows for place, s in enumerate(standing)]
    counts = [standing[main].replaced_by for main in own]
    group = [main if last is None else last for main, last in zip(own, counts, strict=True)]
    first = {g: group.index(g) for g in group}
    return sorted(range(len(standing)), key=lambda p: (first[group[p]], standing[p].replaced_by is not None, p))


def one_of_several(place: int, answers: Sequence[AnswerReport], standing: Sequence[Standing]) -> bool:
    """Return whether it is one of several takes; of a follow-up's only those after the same answer are."""
    follows, question = standing[place].follows, answers[place].question
    if question is None:
        return False
    asked = {
        (a.question.id, a.take) for a, s in zip(answers, standing, strict=True) if a.question and s.follows == follows
    }
    return len([1 for id, _ in asked if id == question.id]) > 1 or (follows is None and answers[place].take > 1)
