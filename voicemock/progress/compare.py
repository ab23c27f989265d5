"""One question answered several times: the takes side by side, across sessions."""

__all__ = [
    "SHOWN",
    "Change",
    "Compared",
    "Take",
    "compare",
    "figures_side_by_side",
    "own_answers",
    "rehearsed",
    "render_takes",
    "signals_side_by_side",
]

import enum
from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from voicemock.archive.practised import Practised
from voicemock.phrases import clock, wrap
from voicemock.printable import plain
from voicemock.progress.sessions import counts
from voicemock.progress.word_for_word import share
from voicemock.progress.words import date
from voicemock.schema import SignalName
from voicemock.signals import signals

REHEARSED = 0.3
"""Share of a take's runs that the take before has too, from which it sounds learned by heart (voicemock default,
unvalidated)."""
SHOWN = 4
"""Takes that stand side by side: the latest."""
NAME, COLUMN = 25, 13


class Change(enum.StrEnum):
    """What became of an expected signal since the last take in which it could be told."""

    HEARD = "heard"
    KEPT = "kept"
    ADDED = "added"
    DROPPED = "dropped"
    NOT_HEARD = "not heard"
    UNKNOWN = "–"


class Take(msgspec.Struct, frozen=True, kw_only=True):
    """One answer to the question; rates are None if they were not assessed.

    place: in the report on its session, from 1.
    same: the share of its five-word runs that the take before has word for word; None for the first, or without one.
    """

    session: str
    started_at: str
    take: int
    place: int
    length_s: float | None
    filled_pauses_per_min: float | None
    speech_rate_wpm: float | None
    signals: dict[SignalName, Change]
    same: float | None


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """All takes of one question, the oldest first."""

    question: str
    text: str
    takes: tuple[Take, ...]


def own_answers(rows: Iterable[Practised]) -> tuple[Practised, ...]:
    """Return the answers given in practice: neither the demo's, nor recordings, which may be anybody's.

    Nor those to follow-ups, which ask for something else each time.
    """
    own = (row for row in rows if row.question and row.said and row.follows is None)
    return tuple(row for row in own if counts(row.session, reviews=False))


def compare(rows: Sequence[Practised], question: str) -> Compared | None:
    """Return the takes of a question that was answered, earlier takes of a session too; None if it never was.

    rows: the user's own, see ``own_answers``.
    """
    given = [row for row in rows if row.question and row.question.id == question]
    if not given:
        return None
    before: dict[SignalName, bool] = {}
    takes = []
    for place, row in enumerate(given):
        changes = {name: _change(before.get(name), heard) for name, heard in row.expected.items()}
        before |= {name: heard for name, heard in row.expected.items() if heard is not None}
        takes.append(
            Take(
                session=row.session.id,
                started_at=row.session.started_at,
                take=row.take,
                place=row.place,
                length_s=row.length_s,
                filled_pauses_per_min=row.filled_pauses_per_min,
                speech_rate_wpm=row.speech_rate_wpm,
                signals=changes,
                same=share(given[place - 1].said, row.said) if place else None,
            )
        )
    asked = given[-1].question
    return Compared(question=question, text=asked.text if asked else question, takes=tuple(takes))


def _change(before: bool | None, heard: bool | None) -> Change:
    if heard is None:
        return Change.UNKNOWN
    if heard:
        return Change.HEARD if before is None else Change.KEPT if before else Change.ADDED
    return Change.DROPPED if before else Change.NOT_HEARD


def render_takes(compared: Compared) -> str:
    """Return the latest takes side by side, for the terminal."""
    takes = compared.takes[-SHOWN:]
    lines = [wrap(plain(compared.text)), ""]
    lines.append(_line("", [date(take.started_at, short=True) for take in takes]))
    left_out = len(compared.takes) - len(takes)
    lines.append(_line("", [f"take {left_out + number}" for number in range(1, len(takes) + 1)]))
    figures = list(figures_side_by_side(takes))
    said = [(signals()[name].name, [one.value for one in row]) for name, row in signals_side_by_side(takes)]
    lines += [_line(name, cells) for name, cells in (*figures[:-1], *said, figures[-1])]
    if note := rehearsed(takes):
        lines += ["", wrap(note)]
    if left_out:
        lines += [
            "",
            wrap(f"Earlier takes: {left_out}. `voicemock compare {compared.question} --json -` has them all."),
        ]
    return "\n".join(line.rstrip() for line in lines)


def figures_side_by_side(takes: Sequence[Take]) -> Iterator[tuple[str, list[str]]]:
    """Yield what is measured by its name, as each take has it; how much is word for word as before comes last."""
    yield "Length", [_shown(take.length_s, clock) for take in takes]
    yield "Filled pauses a minute", [_shown(take.filled_pauses_per_min, "{:.1f}".format) for take in takes]
    yield "Words a minute", [_shown(take.speech_rate_wpm, "{:.0f}".format) for take in takes]
    yield "Word for word as before", [_shown(take.same, "{:.0%}".format) for take in takes]


def signals_side_by_side(takes: Sequence[Take]) -> Iterator[tuple[SignalName, list[Change]]]:
    """Yield each expected signal, and what became of it in each take."""
    for name in dict.fromkeys(name for take in takes for name in take.signals):
        yield name, [take.signals.get(name, Change.UNKNOWN) for take in takes]


def rehearsed(takes: Sequence[Take]) -> str:
    """Say so if the last take repeats the one before it; else return nothing."""
    same = takes[-1].same
    if same is None or same < REHEARSED:
        return ""
    return "The last take sounds rehearsed. Keep the points, and let the sentences be new each time."


def _shown(value: float | None, how: Callable[[float], str]) -> str:
    return "–" if value is None else how(value)


def _line(name: str, cells: Sequence[str]) -> str:
    return f"{name[: NAME - 1]:<{NAME}}" + "".join(f"{plain(cell)[: COLUMN - 1]:<{COLUMN}}" for cell in cells)
