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
    "set_in_settings",
    "user_sets_dir",
    "validate",
]

import functools
import re
from pathlib import Path

from voicemock.errors import UnknownNameError, VoicemockError
from voicemock.paths import config_file, shipped
from voicemock.questions.fields import LONGEST_ID, is_id
from voicemock.questions.set_file import SIGNALS, QuestionSet, QuestionSetError, validate
from voicemock.schema import Question


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
    if is_id(name_or_path) and own.is_file():
        validate(own)  # what is wrong with it is told, not hidden behind a shipped set
    sets, _ = _scan(())
    for one in sets:
        if one.id == name_or_path:
            return one
    raise UnknownNameError("question set", name_or_path, (one.id for one in sets), listed_by="voicemock questions list")


def set_in_settings(name: str) -> QuestionSet:
    """Return the set that the settings name; the error says where the name comes from."""
    try:
        return load_set(name)
    except UnknownNameError as error:
        raise VoicemockError(
            f"Your settings name a question set that does not exist: '{name}'.",
            hint=f"Change question_set in {config_file()}. {error.hint}",
        ) from error


def find_question(question_id: str) -> Question:
    """Return a question of any set by its id; a file that cannot be read hides only its own questions."""
    sets, broken = _scan(())
    questions = {question.id: question for one in sets for question in one.questions}
    if question_id in questions:
        return questions[question_id]
    if broken:
        raise broken[0]
    raise UnknownNameError("question", question_id, questions, listed_by="voicemock questions list")


def id_from(name: str) -> str:
    """Return a set's id made from any name, such as a file's."""
    made = "-".join(re.findall(r"[a-z0-9]+", name.lower()))
    return made[: LONGEST_ID // 2].rstrip("-") or "my-set"  # leaves room for the ids of its questions


def _default_folders() -> tuple[Path, Path]:
    return user_sets_dir(), shipped("question_sets")


def _scan(folders: tuple[Path, ...]) -> tuple[tuple[QuestionSet, ...], tuple[VoicemockError, ...]]:
    sets: dict[str, QuestionSet] = {}
    broken = []
    ours = shipped("question_sets")
    for folder in folders or _default_folders():
        for path in sorted(folder.glob("*.toml")):
            try:
                one = _of_ours(path) if folder == ours else validate(path)
                sets.setdefault(one.id, one)
            except VoicemockError as error:
                broken.append(error)
    return tuple(sorted(sets.values(), key=lambda one: one.id)), tuple(broken)


@functools.cache
def _of_ours(path: Path) -> QuestionSet:
    """Return a set that ships, read once: it stays as it is, and a table of recordings asks for one in every row."""
    return validate(path)
