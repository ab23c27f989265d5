"""One question set's file, read into a ``QuestionSet`` with every mistake named; docs/question-sets.md has the keys."""

__all__ = ["SIGNALS", "QuestionSet", "QuestionSetError", "validate"]

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from voicemock.errors import DataFileError
from voicemock.lenses import lenses
from voicemock.questions.fields import Fields, type_of
from voicemock.schema import GOOD_LENGTH_S, Dimension, Kind, Point, Question, Round, SignalName
from voicemock.toml_file import TomlFile, Where

FORMAT = 1
MAX_SHOWN = 10
LONGEST_ANSWER_S = 3600

_SET_KEYS = ("schema_version", "id", "title", "description", "lens", "questions")
_QUESTION_KEYS = Question.__struct_fields__
_POINT_KEYS = Point.__struct_fields__
_A_POINT = '{ name = "one minus the target", said = ["one minus"] }'
SIGNALS = tuple(name for name in SignalName if name is not SignalName.ON_TOPIC)
"""What a question can expect of an answer. To be on topic is always expected, so no question says it."""


class QuestionSet(msgspec.Struct, frozen=True, kw_only=True):
    """Questions that belong together, in the order they are asked."""

    id: str
    title: str
    description: str
    questions: tuple[Question, ...]


class QuestionSetError(DataFileError):
    """All that is wrong with one file, in the order of its lines."""

    def __init__(self, problems: Iterable[DataFileError]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: problem.line))
        first = self.problems[0]
        super().__init__(first.path, first.line, first.problem, hint=first.hint)
        more = len(self.problems) - MAX_SHOWN
        rest = [f"and {more} more"] if more > 0 else []
        self.message = "\n".join([problem.message for problem in self.problems[:MAX_SHOWN]] + rest)
        self.args = (self.message,)


def validate(path: Path, text: str | None = None) -> QuestionSet:
    """Read one file; raise DataFileError with everything that is wrong in it; text: what would stand in it."""
    reader = _Reader(TomlFile(path, what="question set", text=text))
    found = reader.question_set()
    if reader.problems:
        raise QuestionSetError(reader.problems)
    return found


class _Reader(Fields):
    """Turns a file into a set, noting every problem on the way; the set counts only if there is none."""

    def __init__(self, file: TomlFile) -> None:
        super().__init__(file)
        self._ids: dict[str, Where] = {}
        self._lenses: tuple[str, ...] = ()

    def question_set(self) -> QuestionSet:
        data = self._file.data
        self._known(data, (), _SET_KEYS)
        self._version(data, FORMAT)
        lens = self._text(data, (), "lens", default="")
        self._lenses = (lens,) if lens and self._one_of(lens, tuple(lenses()), "lens", ("lens",)) else ()
        return QuestionSet(
            id=self._id(data, ()),
            title=self._text(data, (), "title"),
            description=self._text(data, (), "description", default=""),
            questions=tuple(self._question(*found) for found in self._tables(data, "questions", "question")),
        )

    def _question(self, table: dict[str, Any], here: Where) -> Question:
        self._known(table, here, _QUESTION_KEYS)
        question_id = self._id(table, here)
        if question_id in self._ids:
            first = self._file.line(self._ids[question_id])
            self._note((*here, "id"), f"duplicate id '{question_id}', first used on line {first}")
        elif question_id:
            self._ids[question_id] = (*here, "id")
        text = self._text(table, here, "text")
        expects = self._texts(table, here, "expects")
        rounds = self._texts(table, here, "rounds")
        own = self._texts(table, here, "lenses")
        return Question(
            id=question_id,
            text=text,
            kind=self._kind(table, here),
            tests=self._text(table, here, "tests", default=""),
            competencies=tuple(self._texts(table, here, "competencies").values()),
            expects=tuple(map(SignalName, self._known_of(expects, SIGNALS, "signal", (*here, "expects")))),
            target_s=self._target(table, here),
            variants=self._variants(table, here, text),
            dimension=self._dimension(table, here),
            rounds=tuple(map(Round, self._known_of(rounds, tuple(Round), "round", (*here, "rounds")))),
            points=tuple(self._points(table, here)),
            jargon=tuple(self._texts(table, here, "jargon").values()),
            lenses=tuple(
                dict.fromkeys((*self._lenses, *self._known_of(own, tuple(lenses()), "lens", (*here, "lenses"))))
            ),
            follow_ups=self._follow_ups(table, here, set(expects.values())),
        )

    def _known_of(self, found: dict[int, str], names: tuple[str, ...], what: str, where: Where) -> Iterator[str]:
        """Yield those texts of a list that are known names, noting the rest."""
        for n, name in found.items():
            if self._one_of(name, names, what, (*where, n)):
                yield name

    def _kind(self, table: dict[str, Any], here: Where) -> Kind:
        text = self._text(table, here, "kind")
        good = text and self._one_of(text, tuple(Kind), "kind", (*here, "kind"))
        return Kind(text) if good else Kind.BEHAVIOURAL

    def _dimension(self, table: dict[str, Any], here: Where) -> Dimension | None:
        text = self._text(table, here, "dimension", default="")
        good = text and self._one_of(text, tuple(Dimension), "dimension", (*here, "dimension"))
        return Dimension(text) if good else None

    def _target(self, table: dict[str, Any], here: Where) -> tuple[float, float]:
        match table.get("target_s", list(GOOD_LENGTH_S)):
            case [low, high] if {type(low), type(high)} <= {int, float} and 0 < low < high <= LONGEST_ANSWER_S:
                return float(low), float(high)
        self._note(
            (*here, "target_s"),
            "'target_s' should be the shortest and longest good answer in seconds, such as "
            f"[{', '.join(f'{seconds:g}' for seconds in GOOD_LENGTH_S)}]",
        )
        return GOOD_LENGTH_S

    def _variants(self, table: dict[str, Any], here: Where, text: str) -> tuple[str, ...]:
        found = self._texts(table, here, "variants")
        wordings = [text]
        for n, variant in found.items():
            if not variant:
                self._note((*here, "variants", n), "a variant is empty")
            elif variant in wordings:
                self._note((*here, "variants", n), "a variant should differ from 'text' and from the others")
            wordings.append(variant)
        return tuple(found.values())

    def _points(self, table: dict[str, Any], here: Where) -> Iterator[Point]:
        points = table.get("points", [])
        here = (*here, "points")
        if not isinstance(points, list):
            self._note(here, f"'points' should be a list of tables, not {type_of(points)}")
            return
        for n, point in enumerate(points):
            if not isinstance(point, dict):
                self._note((*here, n), f"a point should be a table such as {_A_POINT}, not {type_of(point)}")
                continue
            self._known(point, (*here, n), _POINT_KEYS)
            said = tuple(self._texts(point, (*here, n), "said").values())
            if not any(re.search(r"\w", phrase) for phrase in said):
                self._note((*here, n), f"a point needs the words people use for it, as in {_A_POINT}")
            yield Point(name=self._text(point, (*here, n), "name"), said=said)

    def _follow_ups(self, table: dict[str, Any], here: Where, expects: set[str]) -> dict[SignalName, str]:
        probes = table.get("follow_ups", {})
        here = (*here, "follow_ups")
        if not isinstance(probes, dict):
            self._note(here, f"'follow_ups' should be a table, not {type_of(probes)}")
            return {}
        found = {}
        for name in probes:
            if name in _QUESTION_KEYS:
                self._note((*here, name), f"'{name}' is under follow_ups; move it above that table")
            elif self._one_of(name, SIGNALS, "signal", (*here, name)):
                if name not in expects:
                    self._note((*here, name), f"never asked, because '{name}' is not in 'expects'")
                found[SignalName(name)] = self._text(probes, here, name)
        return found
