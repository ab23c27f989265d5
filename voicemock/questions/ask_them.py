"""Questions to ask the people who interview you, and what a good answer would tell you."""

__all__ = ["Stage", "ToAsk", "Topic", "questions_to_ask", "read_questions"]

import enum
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from voicemock.paths import shipped
from voicemock.questions.fields import Fields
from voicemock.toml_file import TomlFile, Where

FORMAT = 1
FILE = "question_sets/ask_them/engineering_manager.toml"

_KEYS = ("schema_version", "questions")


class Topic(enum.StrEnum):
    """What a question is about."""

    TEAM = "team"
    PEOPLE = "people"
    STRATEGY = "strategy"
    RELIABILITY = "reliability"
    COST = "cost"


class Stage(enum.StrEnum):
    """Whom to ask."""

    RECRUITER = "recruiter"
    MANAGER = "manager"
    BAR_RAISER = "bar_raiser"
    EXECUTIVE = "executive"


class ToAsk(msgspec.Struct, frozen=True, kw_only=True):
    """One question to ask them. tells: what to listen for in the answer."""

    id: str
    text: str
    topic: Topic
    stages: tuple[Stage, ...]
    tells: str


def questions_to_ask(*, stage: Stage | None = None, topic: Topic | None = None) -> tuple[ToAsk, ...]:
    """Return the shipped questions for a stage and a topic, by default all, in the order of the topics."""
    found = read_questions(shipped(FILE))
    return tuple(one for one in found if (stage is None or stage in one.stages) and topic in (None, one.topic))


def read_questions(path: Path) -> tuple[ToAsk, ...]:
    """Read a file of such questions; raises DataFileError for its first mistake."""
    reader = _Reader(TomlFile(path, what="list of questions"))
    found = tuple(reader.questions())
    if reader.problems:
        raise min(reader.problems, key=lambda problem: problem.line)
    return found


class _Reader(Fields):
    def questions(self) -> Iterator[ToAsk]:
        self._known(self._file.data, (), _KEYS)
        self._version(self._file.data, FORMAT)
        seen: set[str] = set()
        for table, here in self._tables(self._file.data, "questions", "question"):
            yield self._question(table, here, seen)

    def _question(self, table: dict[str, Any], here: Where, seen: set[str]) -> ToAsk:
        self._known(table, here, ToAsk.__struct_fields__)
        name = self._id(table, here)
        if name in seen:
            self._note((*here, "id"), f"duplicate id '{name}'")
        seen.add(name)
        topic = self._text(table, here, "topic")
        stages = self._texts(table, here, "stages")
        if not stages:
            self._note(here, f"missing stages; known are {', '.join(Stage)}")
        known = topic and self._one_of(topic, tuple(Topic), "topic", (*here, "topic"))
        return ToAsk(
            id=name,
            text=self._text(table, here, "text"),
            topic=Topic(topic) if known else Topic.TEAM,
            stages=tuple(
                Stage(one)
                for n, one in stages.items()
                if self._one_of(one, tuple(Stage), "stage", (*here, "stages", n))
            ),
            tells=self._text(table, here, "tells"),
        )
