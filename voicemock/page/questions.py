"""The pages of question sets: all of them, one of them, and the editor for one's own."""

__all__ = ["check_set", "edit_set", "question_set", "question_sets", "save_set", "unused", "write_set"]

import contextlib
from pathlib import Path

import msgspec

from voicemock.errors import UnknownNameError, UsageError, VoicemockError, repair
from voicemock.page.house import House
from voicemock.page.reply import Asked, Page, as_shown, changed_meanwhile
from voicemock.questions.set_file import QuestionSet
from voicemock.schema import Question

NEW = "my-questions"


class InList(msgspec.Struct, frozen=True):
    """A set in the list; own: its file's name, empty if it ships with voicemock."""

    id: str
    title: str
    description: str
    count: int
    own: str


class Sets(msgspec.Struct, frozen=True):
    """All sets, and what is wrong with those that cannot be read."""

    sets: tuple[InList, ...]
    broken: tuple[str, ...]
    folder: str


class OneSet(msgspec.Struct, frozen=True):
    """A set with its questions; own: as in the list."""

    id: str
    title: str
    description: str
    own: str
    questions: tuple[Question, ...]


class Editor(msgspec.Struct, frozen=True):
    """The text of a set of one's own; id: the name of its file. new: there is no such file yet."""

    id: str
    text: str
    new: bool


class _Text(msgspec.Struct, frozen=True):
    text: str
    new: bool = False
    seen: str = ""


def question_sets(_house: House, _asked: Asked) -> Page:
    """Return the list."""
    from voicemock.questions.sets import broken_sets, list_sets, user_sets_dir

    named = _named()
    found = tuple(InList(s.id, s.title, s.description, len(s.questions), named.get(s.id, "")) for s in list_sets())
    return Page("questions", Sets(found, tuple(error.message for error in broken_sets()), str(user_sets_dir())))


def question_set(_house: House, asked: Asked) -> Page:
    """Return one set."""
    one = _listed(asked.at["id"])
    return Page("question_set", OneSet(one.id, one.title, one.description, _named().get(one.id, ""), one.questions))


def edit_set(_house: House, asked: Asked) -> Page:
    """Return the editor: of one's own file, or of a new one."""
    from voicemock.questions.template import template

    own, id = _own(), asked.at["id"]
    if id in own:
        return Page("edit_set", Editor(id, _shown(own[id]), new=False))
    if id != "new":
        raise UnknownNameError("set of your own", id, own)
    name = unused(NEW)
    return Page("edit_set", Editor(name, template(f"{name}.toml"), new=True))


def check_set(_house: House, asked: Asked) -> dict[str, object]:
    """Say what is wrong with a text, line by line; nothing is written."""
    from voicemock.questions.sets import validate

    given = msgspec.convert(asked.data, _Text)
    try:
        found = validate(_file(asked.at["id"]), text=given.text)
    except VoicemockError as error:
        return {"good": False, "problems": [_without_path(line) for line in error.message.splitlines()]}
    return {"good": True, "problems": [], "count": len(found.questions)}


def save_set(house: House, asked: Asked) -> dict[str, object]:
    """Write one's own file, if nothing is wrong with it, and it is still what was shown."""
    given, path = msgspec.convert(asked.data, _Text), _file(asked.at["id"])
    checked = check_set(house, asked)
    if not checked["good"]:
        raise UsageError("Not saved: there is still a mistake in it.", hint="The list below says where.")
    if given.new and path.exists():
        raise UsageError("There is already a set of that name.", hint="Copy your text, and reload the page.")
    if not given.new and path.exists() and _shown(path) != as_shown(given.seen):
        raise changed_meanwhile("set")
    write_set(path, given.text, left="Your text is still on the page.")
    return {"saved": str(path)}


def write_set(path: Path, text: str, *, left: str) -> None:
    """Write a file of one's own; left: what to say of the text if it cannot be written."""
    from voicemock.paths import private_dir, write_whole

    try:
        private_dir(path.parent)
        write_whole(path.resolve(), text)
    except OSError as error:
        hint = f"{repair(error, 'Check that folder')}. {left}"
        raise UsageError(f"{path} cannot be written: {error.strerror}.", hint=hint) from error


def unused(name: str) -> str:
    """Return a name for a set that no set has, made from this one."""
    from voicemock.questions.sets import list_sets

    taken, number, found = {*_own(), *(one.id for one in list_sets())}, 1, name
    while found in taken:
        number += 1
        found = f"{name}-{number}"
    return found


def _listed(id: str) -> QuestionSet:
    from voicemock.questions.sets import list_sets

    sets = {one.id: one for one in list_sets()}
    if id not in sets:
        raise UnknownNameError("question set", id, sets)
    return sets[id]


def _own() -> dict[str, Path]:
    """Return one's own files by their names; a path is never made of what somebody asks for, but for a new name."""
    from voicemock.questions.sets import user_sets_dir

    return {path.stem: path for path in sorted(user_sets_dir().glob("*.toml"))}


def _named() -> dict[str, str]:
    """Return the names of one's own files by the ids of their sets, which may be others."""
    from voicemock.questions.sets import validate

    found: dict[str, str] = {}
    for name, path in _own().items():
        with contextlib.suppress(VoicemockError):  # it is among the broken ones
            found.setdefault(validate(path).id, name)
    return found


def _shown(path: Path) -> str:
    return as_shown(path.read_text(encoding="utf-8", errors="replace"))


def _file(id: str) -> Path:
    from voicemock.questions.fields import is_id
    from voicemock.questions.sets import user_sets_dir

    if (found := _own().get(id)) is not None:
        return found
    if not is_id(id):
        raise UsageError("That cannot be a set's name.", hint="Lowercase letters, digits and hyphens can.")
    return user_sets_dir() / f"{id}.toml"


def _without_path(line: str) -> str:
    head, mark, rest = line.partition(".toml:")
    return f"Line {rest}" if mark and head else line
