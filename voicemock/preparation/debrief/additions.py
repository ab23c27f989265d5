"""Questions put at the end of a question set's file; what stands in it stays to the letter."""

__all__ = ["new_questions", "with_questions"]

from collections.abc import Sequence
from pathlib import Path

from voicemock.preparation.debrief.questions import Asked, same_question
from voicemock.questions.asked import asked
from voicemock.questions.sets import id_from, validate
from voicemock.schema import Question
from voicemock.toml_file import toml_text

_HEAD = """\
# Questions from real interviews, added by `voicemock debrief`.

schema_version = 1
id = {id}
title = "From real interviews"
"""


def new_questions(found: Sequence[Asked], known: Sequence[Question]) -> tuple[Question, ...]:
    """Return the questions that are in no set yet; follow-ups mean nothing without what they follow."""
    new: list[Question] = []
    for one in found:
        if not one.question.follow_up_to and same_question(one.question.text, (*known, *new)) is None:
            new.append(one.question)
    return tuple(new)


def with_questions(path: Path, text: str, questions: Sequence[Question]) -> str:
    """Return a set's text with questions at its end, valid; raises DataFileError if it was not, or would not be.

    text: empty for a new file.
    """
    if text:
        there = {question.id for question in validate(path, text).questions}
    else:
        text, there = _HEAD.format(id=toml_text(id_from(path.stem))), set[str]()
    newline = "\r\n" if "\r\n" in text else "\n"
    gap = "" if text.endswith("\n") else newline
    added = (_block(question, _free(question.id, there)) for question in questions)
    new = f"{text}{gap}{''.join(added).replace(chr(10), newline)}"
    validate(path, new)
    return new


def _free(id: str, there: set[str]) -> str:
    found = next(name for n in range(1, len(there) + 2) if (name := id if n == 1 else f"{id}-{n}") not in there)
    there.add(found)
    return found


def _block(question: Question, id: str) -> str:
    shortest, longest = asked(question.text).target_s  # not what the interviewer's next question made of it
    lines = [
        "",
        "[[questions]]",
        f"id = {toml_text(id)}",
        f"text = {toml_text(question.text)}",
        f"kind = {toml_text(question.kind.value)}",
        f"competencies = [{', '.join(map(toml_text, question.competencies))}]",
        f"expects = [{', '.join(toml_text(name.value) for name in question.expects)}]",
        f"target_s = [{shortest:g}, {longest:g}]",
        "",
    ]
    return "\n".join(lines)
