"""Which competencies the stories cover, and what the stories themselves lack."""

__all__ = ["Coverage", "Missing", "coverage_of"]

import enum
from collections.abc import Collection, Mapping, Sequence

import msgspec

from voicemock.preparation.stories.ledger import is_claim
from voicemock.preparation.stories.story import Story
from voicemock.preparation.stories.told import Tellings

LEANED_ON = 3
"""Competencies for which there is one story alone, from which it carries too many (voicemock default, unvalidated)."""
OVERUSED, SHARE = 3, 0.5
"""Questions that one story answered, and their share of all that a story answered, from which it is told too often
(voicemock defaults, unvalidated)."""


class Missing(enum.StrEnum):
    """What a story lacks."""

    NUMBER = "a number"
    TRADEOFF = "a trade-off"
    WHY = "a why"


class Coverage(msgspec.Struct, frozen=True, kw_only=True):
    """Stories by their ids.

    competencies: each that is asked for or that a story has, and its stories. gaps: those asked for without any.
    leaned_on: stories that are the only one for several competencies, and which. overused: the story told in answer to
    most of the questions, empty if none is; questions: how many each answered; answered: how many any of them did, one
    that several answered once. missing: what each story lacks.
    """

    competencies: Mapping[str, tuple[str, ...]]
    gaps: tuple[str, ...]
    leaned_on: Mapping[str, tuple[str, ...]]
    overused: str
    questions: Mapping[str, int]
    answered: int
    missing: Mapping[str, tuple[Missing, ...]]


def coverage_of(stories: Sequence[Story], asked: Collection[str], told: Tellings) -> Coverage:
    """Return what a bank covers; asked: the competencies that are asked for. told: which answers tell which story."""
    names = sorted({*asked, *(name for story in stories for name in story.competencies)})
    covered = {name: tuple(story.id for story in stories if name in story.competencies) for name in names}
    alone: dict[str, list[str]] = {}
    for name, ids in covered.items():
        if len(ids) == 1:
            alone.setdefault(ids[0], []).append(name)
    each = {
        story.id: {row.question.id for row in told.get(story.id, ()) if row.question and not row.follows}
        for story in stories
    }
    questions, answered = {id: len(ids) for id, ids in each.items()}, len(frozenset().union(*each.values()))
    return Coverage(
        competencies=covered,
        gaps=tuple(name for name in names if not covered[name]),
        leaned_on={id: tuple(names) for id, names in alone.items() if len(names) >= LEANED_ON},
        overused=_overused(questions, answered),
        questions=questions,
        answered=answered,
        missing={story.id: lacks for story in stories if (lacks := tuple(_missing(story)))},
    )


def _overused(questions: Mapping[str, int], answered: int) -> str:
    most = max(questions, key=questions.__getitem__, default="")
    often = bool(most) and questions[most] >= OVERUSED and questions[most] > SHARE * answered
    return most if often else ""


def _missing(story: Story) -> list[Missing]:
    found = [] if any(map(is_claim, story.numbers)) else [Missing.NUMBER]
    found += [] if story.tradeoffs else [Missing.TRADEOFF]
    return found + ([] if story.why else [Missing.WHY])
