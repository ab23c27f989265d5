"""Question sets: TOML files with the questions an interviewer asks; docs/question-sets.md describes them."""

__all__ = [
    "SIGNALS",
    "QuestionSet",
    "QuestionSetError",
    "broken_sets",
    "find_question",
    "id_from",
    "list_sets",
    "load_set",
    "user_sets_dir",
    "validate",
]

import difflib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from voicemock.errors import DataFileError, UnknownNameError, VoicemockError
from voicemock.paths import config_file, shipped
from voicemock.schema import GOOD_LENGTH_S, Kind, Question, SignalName
from voicemock.toml_file import TomlFile, Where, plain

FORMAT = 1
MAX_SHOWN = 10
LONGEST_ANSWER_S = 3600
LONGEST_ID = 80  # it becomes part of file names, which most systems end at 255 bytes

_SET_KEYS = ("schema_version", "id", "title", "description", "questions")
_QUESTION_KEYS = Question.__struct_fields__
SIGNALS = tuple(name for name in SignalName if name is not SignalName.ON_TOPIC)
"""What a question can expect of an answer. To be on topic is always expected, so no question says it."""

_ID = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")


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


def user_sets_dir() -> Path:
    """Return the folder for the user's own sets, beside the configuration file."""
    return config_file().parent / "question_sets"


def list_sets(*folders: Path) -> tuple[QuestionSet, ...]:
    """Return every readable set, by default the user's and the shipped ones, sorted by id.

    A user's set takes the place of a shipped one with the same id. See ``broken_sets`` for the rest.
    """
    return _scan(folders)[0]


def broken_sets(*folders: Path) -> tuple[VoicemockError, ...]:
    """Return what is wrong with the sets that ``list_sets`` leaves out."""
    return _scan(folders)[1]


def load_set(name_or_path: str) -> QuestionSet:
    """Return a set by its id, the one ``list_sets`` returns, or from the path of a .toml file."""
    if name_or_path.endswith(".toml"):
        return validate(Path(name_or_path))
    own = user_sets_dir() / f"{name_or_path}.toml"
    if _is_id(name_or_path) and own.is_file():
        validate(own)  # what is wrong with it is told, not hidden behind a shipped set
    sets, _ = _scan(())
    for one in sets:
        if one.id == name_or_path:
            return one
    raise UnknownNameError("question set", name_or_path, (one.id for one in sets), listed_by="voicemock questions list")


def find_question(question_id: str) -> Question:
    """Return a question of any set by its id; a file that cannot be read hides only its own questions."""
    sets, broken = _scan(())
    questions = {question.id: question for one in sets for question in one.questions}
    if question_id in questions:
        return questions[question_id]
    if broken:
        raise broken[0]
    raise UnknownNameError("question", question_id, questions, listed_by="voicemock questions list")


def validate(path: Path) -> QuestionSet:
    """Read one file; raise DataFileError with everything that is wrong in it."""
    file = TomlFile(path, what="question set")
    reader = _Reader(file)
    found = reader.question_set()
    if reader.problems:
        raise QuestionSetError(reader.problems)
    return found


def id_from(name: str) -> str:
    """Return a set's id made from any name, such as a file's."""
    made = "-".join(re.findall(r"[a-z0-9]+", name.lower()))
    return made[: LONGEST_ID // 2].rstrip("-") or "my-set"  # leaves room for the ids of its questions


def _is_id(text: str) -> bool:
    return len(text) <= LONGEST_ID and _ID.fullmatch(text) is not None


def _default_folders() -> tuple[Path, Path]:
    return user_sets_dir(), shipped("question_sets")


def _scan(folders: tuple[Path, ...]) -> tuple[tuple[QuestionSet, ...], tuple[VoicemockError, ...]]:
    sets: dict[str, QuestionSet] = {}
    broken = []
    for folder in folders or _default_folders():
        for path in sorted(folder.glob("*.toml")):
            try:
                one = validate(path)
                sets.setdefault(one.id, one)
            except VoicemockError as error:
                broken.append(error)
    return tuple(sorted(sets.values(), key=lambda one: one.id)), tuple(broken)


class _Reader:
    """Turns a file into a set, noting every problem on the way; the set counts only if there is none."""

    def __init__(self, file: TomlFile) -> None:
        self.problems: list[DataFileError] = []
        self._file = file
        self._ids: dict[str, Where] = {}

    def question_set(self) -> QuestionSet:
        data = self._file.data
        self._known(data, (), _SET_KEYS)
        version = data.get("schema_version")
        if version is None:
            self._note((), "missing key 'schema_version'; write schema_version = 1 at the top")
        elif version != FORMAT or isinstance(version, bool):
            self._note(("schema_version",), f"'schema_version' should be {FORMAT}, the only format there is")
        tables = data.get("questions")
        if not tables:
            self._note(("questions",), "no questions; each begins with [[questions]]")
        elif not isinstance(tables, list):
            self._note(("questions",), "write [[questions]], with two brackets, above each question")
        return QuestionSet(
            id=self._id(data, ()),
            title=self._text(data, (), "title"),
            description=self._text(data, (), "description", default=""),
            questions=tuple(self._questions(tables if isinstance(tables, list) else [])),
        )

    def _questions(self, tables: list[Any]) -> Iterator[Question]:
        for n, table in enumerate(tables):
            if isinstance(table, dict):
                yield self._question(table, ("questions", n))
            else:
                self._note(("questions", n), f"a question should be a table, not {_type(table)}")

    def _question(self, table: dict[str, Any], here: Where) -> Question:
        self._known(table, here, _QUESTION_KEYS)
        question_id = self._id(table, here)
        if question_id in self._ids:
            first = self._file.line(self._ids[question_id])
            self._note((*here, "id"), f"duplicate id '{question_id}', first used on line {first}")
        elif question_id:
            self._ids[question_id] = (*here, "id")
        expects = self._texts(table, here, "expects")
        return Question(
            id=question_id,
            text=self._text(table, here, "text"),
            kind=self._kind(table, here),
            tests=self._text(table, here, "tests", default=""),
            competencies=tuple(self._texts(table, here, "competencies").values()),
            expects=tuple(
                SignalName(name)
                for n, name in expects.items()
                if self._one_of(name, SIGNALS, "signal", (*here, "expects", n))
            ),
            target_s=self._target(table, here),
            follow_ups=self._follow_ups(table, here, set(expects.values())),
        )

    def _id(self, table: dict[str, Any], here: Where) -> str:
        text = self._text(table, here, "id")
        if text and not _is_id(text):
            rule = f"use lowercase letters, digits and hyphens, at most {LONGEST_ID}"
            self._note((*here, "id"), f"'{text}' is not a valid id; {rule}")
        return text

    def _kind(self, table: dict[str, Any], here: Where) -> Kind:
        text = self._text(table, here, "kind")
        good = text and self._one_of(text, tuple(Kind), "kind", (*here, "kind"))
        return Kind(text) if good else Kind.BEHAVIOURAL

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

    def _follow_ups(self, table: dict[str, Any], here: Where, expects: set[str]) -> dict[SignalName, str]:
        probes = table.get("follow_ups", {})
        here = (*here, "follow_ups")
        if not isinstance(probes, dict):
            self._note(here, f"'follow_ups' should be a table, not {_type(probes)}")
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

    def _text(self, table: dict[str, Any], here: Where, key: str, *, default: str | None = None) -> str:
        value = table.get(key, default)
        if value is None:
            self._note(here, f"missing key '{key}'")
        elif not isinstance(value, str):
            self._note((*here, key), f"'{key}' should be text in quotes, not {_type(value)}")
        elif not (text := plain(value)) and default is None:
            self._note((*here, key), f"'{key}' is empty")
        else:
            return text
        return ""

    def _texts(self, table: dict[str, Any], here: Where, key: str) -> dict[int, str]:
        values = table.get(key, [])
        if not isinstance(values, list):
            self._note((*here, key), f"'{key}' should be a list, such as [\"...\"], not {_type(values)}")
            return {}
        for n, value in enumerate(values):
            if not isinstance(value, str):
                self._note((*here, key, n), f"'{key}' should hold text in quotes, not {_type(value)}")
        return {n: plain(value) for n, value in enumerate(values) if isinstance(value, str)}

    def _known(self, table: dict[str, Any], here: Where, keys: tuple[str, ...]) -> None:
        for key in table:
            self._one_of(key, keys, "key", (*here, key))

    def _one_of(self, name: str, names: tuple[str, ...], what: str, where: Where) -> bool:
        if name in names:
            return True
        near = difflib.get_close_matches(name, names, n=1)
        meant = f"did you mean '{near[0]}'?" if near else f"known are {', '.join(names)}"
        self._note(where, f"unknown {what} '{plain(name)}'; {meant}")
        return False

    def _note(self, where: Where, problem: str) -> None:
        self.problems.append(self._file.error(where, problem))


def _type(value: object) -> str:
    match value:
        case bool():
            return "true or false"
        case str():
            return "text"
        case int() | float():
            return "a number"
        case list():
            return "a list"
        case dict():
            return "a table"
    return "a date or time"
