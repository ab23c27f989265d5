"""The folder of stories: the only code here that touches files.

They are their owner's, who may write them with any program, in a folder that some service carries to other machines.
"""

__all__ = ["Entry", "add_story", "find_story", "keep_story", "read_bank", "stories_dir", "tell_unread", "usable"]

import os
import re
import unicodedata
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

from voicemock.errors import SessionError, UnknownNameError, UsageError, VoicemockError, repair
from voicemock.paths import private_dir, user_data_dir, write_whole
from voicemock.preparation.stories.front_matter import WHAT, parsed
from voicemock.preparation.stories.story import Story
from voicemock.toml_file import read_text

LISTED_BY = "voicemock stories list"
LONGEST_NAME = 60
PATIENCE_S = 5.0
"""Another voicemock that changes a story is done in less."""
_COPY = (
    re.compile(r"(?P<name>.+?) \([^()]*\b(?:conflicted copy|case conflict)\b[^()]*\)", re.IGNORECASE),  # Dropbox
    re.compile(r"(?P<name>.+?)\.sync-conflict-\d{8}-\d{6}(?:-\w+)?"),  # Syncthing
    re.compile(r"(?P<name>.+?)_conflict-\d{8}-\d{6}"),  # ownCloud
)


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One file of the folder.

    seen: its text when it was read. story: None if it cannot be read, and error says why. notes: what may be amiss.
    copy_of: the name of the story that a service which syncs folders made it a conflict copy of; None if it is none.
    """

    path: Path
    seen: str = ""
    story: Story | None = None
    error: VoicemockError | None = None
    notes: tuple[str, ...] = ()
    copy_of: str | None = None

    @property
    def id(self) -> str:
        """The file's name without its ending."""
        return self.path.stem


def stories_dir() -> Path:
    """Return the folder of the stories; a link to a folder elsewhere will do."""
    return user_data_dir() / "stories"


def read_bank() -> tuple[Entry, ...]:
    """Return every story by name; one that cannot be read hides no other."""
    folder = stories_dir()
    paths = sorted(path for path in folder.glob("*.md") if not path.name.startswith(".")) if folder.is_dir() else ()
    return tuple(map(_entry, paths))


def usable(entries: Sequence[Entry]) -> tuple[Story, ...]:
    """Return the stories that count: those that can be read, and conflict copies only where the first is gone."""
    whole = {entry.id for entry in entries if entry.story}
    return tuple(entry.story for entry in entries if entry.story and entry.copy_of not in whole)


def tell_unread(entries: Sequence[Entry], tell: Callable[[str], None]) -> None:
    """Say which files do not count, as they cannot be read."""
    for entry in entries:
        if entry.error:
            tell(f"Not counted: {entry.error.message}")


def find_story(name: str) -> Entry:
    """Return a story by its file's name, or by a beginning that no other has; raises UnknownNameError, UsageError."""
    entries = {entry.id: entry for entry in read_bank()}
    wanted = name.removesuffix(".md")
    if wanted in entries:
        return entries[wanted]
    typed = {id: _composed(id) for id in entries}
    alike = _composed(wanted)
    fitting = [id for id in typed if typed[id] == alike]
    fitting = fitting or [id for id in typed if typed[id].startswith(alike) and alike]
    if not fitting:
        raise UnknownNameError(WHAT, name, entries, listed_by=LISTED_BY)
    if len(fitting) > 1:
        raise UsageError(f"'{name}' matches {len(fitting)} stories: {', '.join(fitting[:3])}.", hint="Give more of it.")
    return entries[fitting[0]]


def add_story(title: str, text: str) -> Path:
    """Write a new file, named after a title, and return its path; raises SessionError."""
    folder = stories_dir()
    try:
        private_dir(user_data_dir())
        path = _reserved(private_dir(folder), name_from(title))
        try:
            write_whole(path, text.encode("utf-8", "replace"))
        except BaseException:
            path.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise _unwritable(Path(error.filename or folder), error) from error
    return path


def keep_story(entry: Entry, text: str) -> None:
    """Write a story that was changed; raises SessionError if the file is no more what was read, and leaves it then."""
    from filelock import FileLock, Timeout

    path = entry.path.resolve()  # a link stays a link
    try:
        with FileLock(user_data_dir() / ".stories.lock", timeout=PATIENCE_S, mode=0o600):
            now = path.read_bytes()
            if now != entry.seen.encode():
                raise _changed_meanwhile(entry.path)
            write_whole(path, text)
    except Timeout as error:
        raise SessionError(
            f"{entry.path} is being changed by another voicemock.", hint="Run the command again in a moment."
        ) from error
    except OSError as error:
        raise _unwritable(entry.path, error) from error


def name_from(title: str) -> str:
    """Return a file's name made from a title."""
    text = unicodedata.normalize("NFKC", title.lower())  # İ becomes an i and a dot above it, which is no letter
    words = re.findall(r"\w+", "".join(letter for letter in text if not unicodedata.combining(letter)))
    return "-".join(words)[:LONGEST_NAME].strip("-_") or "story"


def _composed(name: str) -> str:
    """Return a name as it is typed: some systems and sync services write an accent after its letter."""
    return unicodedata.normalize("NFC", name)


def _reserved(folder: Path, name: str) -> Path:
    """Make an empty file that was not there before, numbered if it was: two at once get one each."""
    number = 1
    while True:
        path = folder / (f"{name}.md" if number == 1 else f"{name}-{number}.md")
        with suppress(FileExistsError):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            return path
        number += 1


def _entry(path: Path) -> Entry:
    found = next((match["name"] for pattern in _COPY if (match := pattern.fullmatch(path.stem))), None)
    text = ""
    try:
        text = read_text(path, what=WHAT)
        story, notes = parsed(path, text)
    except VoicemockError as error:
        return Entry(path=path, seen=text, error=error, copy_of=found)
    return Entry(path=path, seen=text, story=story, notes=notes, copy_of=found)


def _changed_meanwhile(path: Path) -> SessionError:
    return SessionError(
        f"{path} was changed by another program just now, so nothing was written.",
        hint="The file is intact. Run the command again.",
    )


def _unwritable(path: Path, error: OSError) -> SessionError:
    return SessionError(
        f"{path} cannot be written: {error.strerror}.", hint=f"{repair(error, 'Check the folder and the file')}."
    )
