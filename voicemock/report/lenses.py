"""What a lens shows: under an answer, or once over a whole session. It says what was heard, and accuses nobody."""

__all__ = ["Heard", "SessionLens", "in_words", "lens_lines", "over_session", "session_lines", "under_answer"]

from collections.abc import Sequence

import msgspec

from voicemock.phrases import shortened
from voicemock.report.view import AnswerView
from voicemock.schema import AnswerReport, Evidence, LensHeard


class Heard(msgspec.Struct, frozen=True, kw_only=True):
    """One quote for a point of a lens, and the number of the answer it is from."""

    point: str
    number: int
    quote: Evidence


class SessionLens(msgspec.Struct, frozen=True, kw_only=True):
    """A lens over all answers that count. not_heard: points that no answer has, and that none may have meant."""

    title: str
    heard: tuple[Heard, ...]
    not_heard: tuple[str, ...]
    unsure: tuple[str, ...]
    lines: tuple[str, ...]


def under_answer(answer: AnswerReport) -> tuple[LensHeard, ...]:
    """Return the lenses shown under an answer."""
    return tuple(lens for lens in answer.lenses if not lens.session)


def lens_lines(lens: LensHeard) -> tuple[str, ...]:
    """Return what a lens says of an answer beside its quotes, in a line each."""
    missing = [point.name for point in lens.points if point.heard is False]
    unsure = [point.name for point in lens.points if point.heard is None]
    return (*_rest(missing, unsure, "this answer"), *lens.lines)


def in_words(answer: AnswerReport) -> tuple[str, ...]:
    """Return an answer through its lenses as text: a line each, every quote in short."""
    lines = []
    for lens in answer.lenses:
        quotes = [(point.name, quote.quote) for point in lens.points for quote in point.evidence]
        lines.append(f"Through the lens of: {lens.title}")
        lines += [*(f'- {name}: "{shortened(said)}"' for name, said in quotes), *(f"- {n}" for n in lens_lines(lens))]
    return tuple(lines)


def over_session(answers: Sequence[AnswerView]) -> tuple[SessionLens, ...]:
    """Return the lenses that are shown once; an answer that was given again does not count."""
    found: dict[str, list[tuple[AnswerView, LensHeard]]] = {}
    for answer in answers:
        for lens in answer.report.lenses if answer.replaced_by is None else ():
            if lens.session:
                found.setdefault(lens.lens, []).append((answer, lens))
    return tuple(_joined(seen) for seen in found.values())


def _joined(seen: Sequence[tuple[AnswerView, LensHeard]]) -> SessionLens:
    states: dict[str, set[bool | None]] = {}
    for _, lens in seen:
        for point in lens.points:
            states.setdefault(point.name, set()).add(point.heard)
    heard = [
        Heard(point=point.name, number=answer.number, quote=quote)
        for answer, lens in seen
        for point in lens.points
        if point.heard
        for quote in point.evidence
    ]
    left = {name: among for name, among in states.items() if True not in among}
    return SessionLens(
        title=seen[0][1].title,
        heard=tuple(sorted(heard, key=lambda one: list(states).index(one.point))),
        not_heard=tuple(name for name, among in left.items() if None not in among),
        unsure=tuple(name for name, among in left.items() if None in among),
        lines=tuple(f"Answer {answer.number}: {line}" for answer, lens in seen for line in lens.lines),
    )


def session_lines(lens: SessionLens) -> tuple[str, ...]:
    """Return what a lens over a session says beside its quotes, in a line each."""
    return (*_rest(lens.not_heard, lens.unsure, "these answers"), *lens.lines)


def _rest(missing: Sequence[str], unsure: Sequence[str], where: str) -> tuple[str, ...]:
    return (
        *((f"Not heard in {where}: {'; '.join(missing)}.",) if missing else ()),
        *((f"Could not tell: {'; '.join(unsure)}.",) if unsure else ()),
    )
