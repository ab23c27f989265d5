"""The other way round: the interviewer invites questions, and what is asked is heard for what it is."""

__all__ = ["find_listener", "listener_names", "reverse_questions"]

import functools
from collections import Counter
from collections.abc import Sequence

from voicemock.errors import UnknownNameError
from voicemock.phrases import plural
from voicemock.preparation.asking import Asked, homework_in, read_asked
from voicemock.preparation.drills._base import listed, opening, readable
from voicemock.preparation.form import Form, Material
from voicemock.questions.ask_them import Stage, ToAsk, Topic, questions_to_ask
from voicemock.schema import AnswerReport, Kind, Question

GREETINGS = {
    Stage.RECRUITER: "I look after this position. You have heard a lot from us. What can I tell you?",
    Stage.MANAGER: "I would be your manager. We have ten minutes left. What would you like to know?",
    Stage.BAR_RAISER: "I do not work with this team. You may ask me anything. What is on your mind?",
    Stage.EXECUTIVE: "I have five minutes, and they are yours. What do you want to ask me?",
}
INVITATIONS = ("Please, ask.", "What else?", "And what else?", "Is there something more you would like to ask?")
NAMES = {
    Topic.TEAM: "the team and what it promises",
    Topic.PEOPLE: "people and how they are rated",
    Topic.STRATEGY: "planning",
    Topic.RELIABILITY: "on call and reliability",
    Topic.COST: "cost",
}
TARGET_S = (3.0, 30.0)
"""A question takes a breath or three: voicemock default, unvalidated."""
SHOWN = 3


def listener_names() -> tuple[str, ...]:
    """Return whom one can ask."""
    return tuple(stage.value.replace("_", "-") for stage in Stage)


@functools.cache
def find_listener(name: str) -> Form:
    """Return the form in which somebody is asked, or raise UnknownNameError."""
    if name not in listener_names():
        raise UnknownNameError("interviewer", name, listener_names(), listed_by="voicemock reverse --help")
    stage = Stage(name.replace("-", "_"))
    ended = functools.partial(_report, stage)
    return Form(manner=opening(GREETINGS[stage]), pause=False, after=_after, ended=ended)


def reverse_questions(count: int) -> tuple[Question, ...]:
    """Return so many invitations to ask."""
    return tuple(
        Question(
            id=f"ask-them-{n}",
            text=INVITATIONS[0] if n == 1 else INVITATIONS[1 + (n - 2) % (len(INVITATIONS) - 1)],
            kind=Kind.DRILL,
            target_s=TARGET_S,
        )
        for n in range(1, count + 1)
    )


def _after(answer: AnswerReport, material: Material) -> list[str]:
    """Say what was heard of one question."""
    if not readable(answer):
        return ["Could not tell: too little was heard, or too poorly."]
    asked = read_asked(answer.transcript.text)
    if asked.open is None:
        return ["No question was recognised in this."]
    kind = "Open: it asks for more than yes or no." if asked.open else "It can be answered with yes or no."
    lines = [kind, _concrete(asked), _about(asked)]
    if material.notes:
        found = homework_in(answer.transcript.text, material.notes)
        lines.append(f"Homework: {_words(found)}." if found else "Nothing of your notes was recognised in it.")
    return lines


def _concrete(asked: Asked) -> str:
    if asked.concrete:
        return f"Concrete: {_words(asked.concrete)}."
    return "Nothing concrete was recognised: a number, a time, a case, a practice by its name."


def _about(asked: Asked) -> str:
    if not asked.topics:
        return "Could not tell what it is about."
    topic, words = next(iter(asked.topics.items()))
    return f"About {NAMES[topic]}: {_words(words)}."


def _words(words: Sequence[str]) -> str:
    return ", ".join(f'"{word}"' for word in words[:SHOWN])


def _report(stage: Stage, answers: Sequence[AnswerReport], material: Material) -> list[str]:
    """Sum up, and name a question on what was not asked about."""
    told = [answer.transcript.text for answer in answers if readable(answer)]
    questions = [(text, one) for text in told if (one := read_asked(text)).open is not None]
    asked = [one for _, one in questions]
    if not asked:
        return ["No question was recognised."]
    of = f"of {plural(len(asked), 'question')}"
    lines = [
        f"Open: {sum(bool(one.open) for one in asked)} {of}.",
        f"Something concrete recognised in {sum(bool(one.concrete) for one in asked)} {of}.",
    ]
    if material.notes:
        used = sum(bool(homework_in(text, material.notes)) for text, _ in questions)
        lines.append(f"Your notes used in {used} {of}.")
    topics = Counter(next(iter(one.topics)) for one in asked if one.topics)
    lines.append(f"About: {listed([NAMES[topic] for topic in topics], 'could not tell')}.")
    others = [_suggested(topic, stage) for topic in Topic if topic not in topics]
    if others and (rest := [one for one in others if one]):
        lines += ["Not recognised; for example:", *(f'  {NAMES[one.topic]}: "{one.text}"' for one in rest)]
    return lines


def _suggested(topic: Topic, stage: Stage) -> ToAsk | None:
    return next(iter(questions_to_ask(stage=stage, topic=topic)), None)
