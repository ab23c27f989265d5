"""Every answer of every session as a row, the oldest first: what was practised, and how it went."""

__all__ = ["Practised", "history"]

from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import cast

import msgspec

from voicemock.archive.brief import Brief, BriefAnswer, read_brief
from voicemock.archive.folders import originals, session_folders
from voicemock.archive.kept_rows import KeptRows, keep_rows, kept_rows, stamp
from voicemock.archive.practised import Practised
from voicemock.coaching.standing import standings
from voicemock.errors import VoicemockError
from voicemock.reading.amounts import words_and_amounts
from voicemock.report.figures import figures_of
from voicemock.schema import AnswerReport, FillerKind, SessionInfo, SignalName, assessed, expected_by


def history(*, tell: Callable[[str], None] = lambda _: None) -> tuple[Practised, ...]:
    """Return all answers of all sessions and reviews in the order they were begun; no session is changed.

    The rows are kept beside the sessions, and only what changed since is read again.
    tell: is told what was damaged, and why a session is left out.
    """
    kept = kept_rows()
    found: dict[str, KeptRows] = {}
    for folder in session_folders():
        one = kept.get(folder.name)
        if one is None or stamp(folder, over=one.over) != one.stamp:
            one = _read(folder, tell)
        if one:
            found[folder.name] = one
            for problem in one.problems:
                tell(problem)
    if found.keys() != kept.keys() or any(kept[name] is not one for name, one in found.items()):
        there = {folder.name for folder in session_folders()}  # not what was deleted meanwhile
        keep_rows({name: one for name, one in found.items() if name in there})
    sessions = _each_once({name: one.rows for name, one in found.items() if one.rows}, tell)
    sessions.sort(key=lambda rows: (rows[0].session.began_s, rows[0].session.id))
    return tuple(row for rows in sessions for row in rows)


def _each_once(found: Mapping[str, tuple[Practised, ...]], tell: Callable[[str], None]) -> list[tuple[Practised, ...]]:
    """Return the rows of each session once; tell: is told of copies."""
    counts = originals({name: rows[0].session for name, rows in found.items()})
    for name, first in counts.items():
        if first != name:
            tell(f"{name} is a copy of {first}, and counts once.")
    return [found[name] for name, first in counts.items() if first == name]


def _read(folder: Path, tell: Callable[[str], None]) -> KeptRows | None:
    problems: list[str] = []
    before = stamp(folder, over=False)
    try:
        brief, over = read_brief(folder, tell=problems.append)
    except (OSError, VoicemockError) as error:
        tell(f"{folder.name} is left out: {error}")
        return None
    seen = before[:4] if over else before  # before it was read: what is written meanwhile makes it new again
    return KeptRows(stamp=seen, over=over, problems=tuple(problems), rows=_rows(brief))


def _rows(brief: Brief) -> tuple[Practised, ...]:
    session = brief.session
    if session is None:
        return ()
    standing = standings(cast("tuple[AnswerReport, ...]", brief.answers))
    return tuple(
        _row(session, answer, place=place, replaced=stands.replaced_by is not None)
        for place, (answer, stands) in enumerate(zip(brief.answers, standing, strict=True), 1)
    )


def _row(session: SessionInfo, answer: BriefAnswer, *, place: int, replaced: bool) -> Practised:
    said, amounts = words_and_amounts(answer.transcript.text)
    return Practised(
        session=session,
        question=answer.question,
        take=answer.take,
        place=place,
        replaced=replaced,
        follows=answer.question.follow_up_to if answer.question else None,
        model=answer.transcript.model,
        measures={name: measure.value for name, measure in answer.measures.items()},
        expected=_expected(answer),
        crutches=Counter(_bare(f.text) for f in answer.fillers if f.kind is FillerKind.DISCOURSE),
        said=said,
        amounts=amounts,
        **msgspec.structs.asdict(figures_of(cast("AnswerReport", answer))),
    )


def _expected(answer: BriefAnswer) -> dict[SignalName, bool | None]:
    """Tell what was heard of what was expected: nothing of it where the words could not be judged."""
    if not assessed(answer.signals):  # type: ignore[arg-type]
        return dict.fromkeys(expected_by(answer.question))
    signals = answer.signals
    return {name: signals[name].present if name in signals else None for name in expected_by(answer.question)}


def _bare(word: str) -> str:
    return word.lower().strip(" ,.?!")
