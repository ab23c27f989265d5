"""Example answers to the shipped questions: a strong one and a hollow one each, and what tells the two apart."""

__all__ = ["Example", "example_of", "examples", "names_of", "nearest", "read_examples"]

import functools
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from voicemock.paths import shipped
from voicemock.questions.fields import Fields
from voicemock.questions.set_file import QuestionSet, QuestionSetError, validate
from voicemock.schema import Question
from voicemock.signals import signals
from voicemock.toml_file import TomlFile, Where

FORMAT = 1
FOLDER = "question_sets/examples"

_KEYS = ("schema_version", "set", "examples")
_EXAMPLE_KEYS = ("question", "speaker", "strong", "shows", "hollow", "lacks", "difference")


class Example(msgspec.Struct, frozen=True, kw_only=True):
    """Two answers to one question, as people say them; everybody and everything in them is invented.

    speaker: who gives the strong one. shows: what it has of that which the question asks for, each the name of a
    signal, or of a point if the question asks for a concept. lacks: what the hollow one has not. difference: one
    sentence.
    """

    question: Question
    speaker: str
    strong: str
    shows: tuple[str, ...]
    hollow: str
    lacks: tuple[str, ...]
    difference: str


def read_examples(path: Path, asked: QuestionSet) -> tuple[Example, ...]:
    """Read the examples of one set; raises QuestionSetError with everything that is wrong in the file."""
    reader = _Reader(TomlFile(path, what="list of examples"), asked)
    found = tuple(reader.examples())
    if reader.problems:
        raise QuestionSetError(reader.problems)
    return found


@functools.cache
def examples() -> tuple[Example, ...]:
    """Return every shipped example, in the order of the sets' names."""
    files = sorted(shipped(FOLDER).glob("*.toml"))
    sets = shipped(FOLDER).parent
    return tuple(one for file in files for one in read_examples(file, validate(sets / file.name)))


def example_of(question_id: str) -> Example | None:
    """Return the example for a question, if there is one."""
    return next((one for one in examples() if one.question.id == question_id), None)


def nearest(question: Question) -> Example | None:
    """Return the example for a question, or for the one it follows up, else for the one most like it.

    Alike are two questions that share competencies, and the more the better; then those of one kind, and of one
    dimension. None if no question with an example shares one.
    """
    own = example_of(question.follow_up_to or question.id)
    if own or not question.competencies:
        return own
    return max(
        (one for one in examples() if _shared(one, question)), key=lambda one: _alike(one, question), default=None
    )


def names_of(labels: Sequence[str]) -> str:
    """Return what an answer shows or lacks as people read it, in one line."""
    names = {name.value: entry.name.lower() for name, entry in signals().items()}
    return "; ".join(names.get(label, label) for label in labels)


def _alike(one: Example, question: Question) -> tuple[int, bool, bool]:
    other = one.question
    return _shared(one, question), other.kind is question.kind, other.dimension is question.dimension


def _shared(one: Example, question: Question) -> int:
    return len(set(one.question.competencies) & set(question.competencies))


class _Reader(Fields):
    def __init__(self, file: TomlFile, asked: QuestionSet) -> None:
        super().__init__(file)
        self._asked = {question.id: question for question in asked.questions}
        self._set = asked.id

    def examples(self) -> Iterator[Example]:
        data = self._file.data
        self._known(data, (), _KEYS)
        self._version(data, FORMAT)
        if (named := self._text(data, (), "set")) and named != self._set:
            self._note(("set",), f"'set' should be '{self._set}', as this file is called")
        seen: set[str] = set()
        for table, here in self._tables(data, "examples", "example"):
            yield from self._example(table, here, seen)

    def _example(self, table: dict[str, Any], here: Where, seen: set[str]) -> Iterator[Example]:
        self._known(table, here, _EXAMPLE_KEYS)
        name = self._text(table, here, "question")
        if name in seen:
            self._note((*here, "question"), f"a second example for '{name}'")
        seen.add(name)
        known = name and self._one_of(name, tuple(self._asked), "question", (*here, "question"))
        question = self._asked[name] if known else None
        texts = {key: self._text(table, here, key) for key in ("speaker", "strong", "hollow", "difference")}
        shows, lacks = self._named(table, here, "shows", question), self._named(table, here, "lacks", question)
        if question:
            yield Example(question=question, shows=shows, lacks=lacks, **texts)

    def _named(self, table: dict[str, Any], here: Where, key: str, question: Question | None) -> tuple[str, ...]:
        """Return what an answer shows or lacks; only what the question asks for can be either."""
        found = self._texts(table, here, key)
        if not found:
            self._note((*here, key), f"'{key}' names nothing that the question asks for")
        if question:
            for n, name in found.items():
                self._one_of(name, _asked_for(question), "label", (*here, key, n))
        return tuple(found.values())


def _asked_for(question: Question) -> tuple[str, ...]:
    return (*question.expects, *(point.name for point in question.points))
