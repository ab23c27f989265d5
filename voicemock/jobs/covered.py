"""The question sets that stories are held against."""

__all__ = ["competencies_of", "sets_to_cover"]

from collections.abc import Sequence

from voicemock.archive.practised import Practised
from voicemock.progress.summary import sets_used
from voicemock.questions.sets import QuestionSet, list_sets, load_set, set_in_settings


def sets_to_cover(rows: Sequence[Practised], usual: str, *, named: str | None = None) -> tuple[QuestionSet, ...]:
    """Return the set named; else those that were practised, or the usual one. Raises VoicemockError."""
    if named:
        return (load_set(named),)
    used = sets_used(rows)
    return tuple(one for one in list_sets() if one.id in used) or (set_in_settings(usual),)


def competencies_of(sets: Sequence[QuestionSet]) -> frozenset[str]:
    """Return what the questions of some sets test."""
    return frozenset(name for one in sets for question in one.questions for name in question.competencies)
