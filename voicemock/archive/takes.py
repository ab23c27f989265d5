"""Single answers of stored sessions, read whole, with the folder their sound is in."""

__all__ = ["read_takes"]

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

from voicemock.archive.kept_rows import kept_rows
from voicemock.archive.resume import read_report
from voicemock.errors import VoicemockError
from voicemock.paths import sessions_dir
from voicemock.schema import AnswerReport


def read_takes(
    wanted: Iterable[tuple[str, int]], *, tell: Callable[[str], None]
) -> Iterator[tuple[AnswerReport | None, Path]]:
    """Yield each answer wanted with its session's folder: by the session's id and its place in the report, from 1.

    None stands for one that cannot be read; tell: is told why.
    """
    found = [(one.rows[0].session.id, name) for name, one in kept_rows().items() if one.rows]
    named = dict(sorted(found, key=lambda pair: pair[0] == pair[1]))  # of copies, the one that is called as it was

    @cache
    def answers(folder: Path) -> tuple[AnswerReport, ...]:
        try:
            return read_report(folder, tell=tell, quiet=()).answers
        except (OSError, VoicemockError) as error:
            tell(f"{folder.name} cannot be read: {error}")
            return ()

    for session, place in wanted:
        folder = sessions_dir() / named.get(session, Path(session).name)
        given = answers(folder)
        yield given[place - 1] if place <= len(given) else None, folder
