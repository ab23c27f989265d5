"""Which questions are meant: those about a competency, asked in a round, or on one side of the job."""

__all__ = ["Only"]

from collections.abc import Sequence

import msgspec

from voicemock.errors import UnknownNameError, UsageError
from voicemock.schema import Dimension, Question, Round

LISTED_BY = "voicemock questions list"


class Only(msgspec.Struct, frozen=True, kw_only=True):
    """What the questions wanted have in common; None where it does not matter. Names as they are given."""

    competency: str | None = None
    round: str | None = None
    dimension: str | None = None

    @property
    def given(self) -> tuple[str, ...]:
        """Return the options that were given, as they are written."""
        return tuple(f"--{name}" for name in self.__struct_fields__ if getattr(self, name) is not None)

    def of(self, questions: Sequence[Question]) -> tuple[Question, ...]:
        """Return those of the questions that are wanted, in their order.

        Raises UnknownNameError for a name that none of them has, and UsageError if none has all that was given.
        """
        competencies = {name for question in questions for name in question.competencies}
        if self.competency is not None and self.competency not in competencies:
            raise UnknownNameError("competency", self.competency, sorted(competencies), listed_by=LISTED_BY)
        for what, name, known in (("round", self.round, tuple(Round)), ("dimension", self.dimension, tuple(Dimension))):
            if name is not None and name not in known:
                raise UnknownNameError(what, name, known)
        found = tuple(question for question in questions if self._wants(question))
        if not found and self.given:
            given = " and ".join(f"{option} {getattr(self, option[2:])}" for option in self.given)
            raise UsageError(f"No question here is for {given}.", hint="Leave one out, or choose another set.")
        return found

    def _wants(self, question: Question) -> bool:
        return (
            (self.competency is None or self.competency in question.competencies)
            and (self.round is None or self.round in question.rounds)
            and (self.dimension is None or self.dimension == question.dimension)
        )
