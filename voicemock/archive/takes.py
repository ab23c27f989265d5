"""Single answers of stored sessions, read whole, with the folder their sound is in."""

__all__ = ["answer_of", "read_takes"]

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

from voicemock.archive.kept_rows import kept_rows
from voicemock.archive.practised import Practised
from voicemock.archive.resume import read_report
from voicemock.errors import VoicemockError
from voicemock.paths import sessions_dir
from voicemock.schema import AnswerReport


def answer_of(row: Practised, answers: Sequence[AnswerReport]) -> AnswerReport | None:
    """Return the answer a row was made of, None if it is in the report no more.

    It is not always in the row's place: that is of the report as it was written, and a take may have gone since.
    """
    asked = row.question and row.question.id
    places = (*answers[row.place - 1 : row.place], *answers)
    return next((a for a in places if (a.question and a.question.id) == asked and a.take == row.take), None)


def read_takes(
    wanted: Iterable[tuple[str, int]], *, tell: Callable[[str], None]
) -> Iterator[tuple[AnswerReport | None, Path]]:
    """Yield each answer wanted with its session's folder: by the session's id and its place in the report, from 1.

    None stands for one that cannot be read; tell: is told why.
    """
    found = [(one.rows[0].session.id, name, one.rows) for name, one in kept_rows().items() if one.rows]
    found.sort(key=lambda one: one[0] == one[1])  # of copies, the one that is called as it was
    named = {session: (name, rows) for session, name, rows in found}

    @cache
    def answers(folder: Path) -> tuple[AnswerReport, ...]:
        try:
            return read_report(folder, tell=tell, quiet=()).answers
        except (OSError, VoicemockError) as error:
            tell(f"{folder.name} cannot be read: {error}")
            return ()

    for session, place in wanted:
        name, rows = named.get(session, (Path(session).name, ()))
        given = answers(folder := sessions_dir() / name)
        if place <= len(rows):
            yield answer_of(rows[place - 1], given), folder
        else:  # rows could not be kept
            yield given[place - 1] if place <= len(given) else None, folder
