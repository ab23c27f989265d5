"""A cold start: one easy question, and nothing is judged."""

import random
from collections.abc import Sequence

from voicemock.phrases import clock
from voicemock.preparation.drills._base import Drill, opening
from voicemock.preparation.form import Material
from voicemock.schema import AnswerReport, Kind, Question

__all__ = ["DRILL"]

TEXTS = {
    "yesterday": "What did you do yesterday, from the first hour to the last?",
    "a-place": "Describe a place you know well, so that I could find my way in it.",
    "a-skill": "Teach me something you are good at that has nothing to do with work.",
    "a-meal": "What is the best meal you can cook, and how do you go about it?",
    "a-walk": "Take me along a walk that you like, step by step.",
}


def _plan(_: Sequence[Question]) -> list[Question]:
    name = random.choice(list(TEXTS))  # another one next time
    return [Question(id=f"warm-up-{name}", text=TEXTS[name], kind=Kind.DRILL, target_s=(30.0, 120.0))]


def _after(answer: AnswerReport, _: Material) -> list[str]:
    return [f"You spoke for {clock(answer.duration_s)}. Nothing was judged."] if answer.duration_s else []


DRILL = Drill(
    summary="one easy question to begin the day with: nothing is judged",
    draws=0,
    judged=False,
    manner=opening("Just talk. Nothing is judged."),
    plan=_plan,
    after=_after,
)
