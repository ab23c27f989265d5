"""One question answered several times: the takes side by side, across sessions."""

__all__ = ["Change", "Compared", "Take", "compare", "own_answers", "render_takes"]

import enum
from collections.abc import Callable, Iterable, Sequence

import msgspec

from voicemock.archive.practised import Practised
from voicemock.phrases import clock, wrap
from voicemock.printable import plain
from voicemock.progress.sessions import counts
from voicemock.progress.words import date
from voicemock.reading.amounts import SENTENCE_END
from voicemock.schema import SignalName
from voicemock.signals import signals

RUN = 5
"""Words in a run: long enough that two tellings of one story seldom share one by chance."""
REHEARSED = 0.3
"""Share of a take's runs that the take before has too, from which it sounds learned by heart (voicemock default,
unvalidated)."""
SHOWN = 4
"""Takes that stand side by side: the latest."""
NAME, COLUMN = 25, 13


class Change(enum.StrEnum):
    """What became of an expected signal since the last take in which it could be told."""

    HEARD = "heard"
    ADDED = "added"
    DROPPED = "dropped"
    NOT_HEARD = "not heard"
    UNKNOWN = "–"


class Take(msgspec.Struct, frozen=True, kw_only=True):
    """One answer to the question; rates are None if they were not assessed.

    same: the share of its five-word runs that the take before has word for word; None for the first, or without one.
    """

    session: str
    started_at: str
    take: int
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
    """Return the answers given in practice: neither the demo's, nor recordings, which may be anybody's."""
    return tuple(row for row in rows if row.question and row.said and counts(row.session, reviews=False))


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
                length_s=row.length_s,
                filled_pauses_per_min=row.filled_pauses_per_min,
                speech_rate_wpm=row.speech_rate_wpm,
                signals=changes,
                same=_same(given[place - 1].said, row.said) if place else None,
            )
        )
    asked = given[-1].question
    return Compared(question=question, text=asked.text if asked else question, takes=tuple(takes))


def _change(before: bool | None, heard: bool | None) -> Change:
    if heard is None:
        return Change.UNKNOWN
    if heard:
        return Change.ADDED if before is False else Change.HEARD
    return Change.DROPPED if before else Change.NOT_HEARD


def _same(earlier: str, later: str) -> float | None:
    old, new = set(_runs(earlier)), _runs(later)
    return sum(run in old for run in new) / len(new) if new else None


def _runs(said: str) -> list[tuple[str, ...]]:
    words = [word for word in said.split() if word != SENTENCE_END]
    return [tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)]


def render_takes(compared: Compared) -> str:
    """Return the latest takes side by side, for the terminal."""
    takes = compared.takes[-SHOWN:]
    lines = [wrap(plain(compared.text)), ""]
    lines.append(_line("", [date(take.started_at, short=True) for take in takes]))
    lines.append(_line("", [f"take {take.take}" for take in takes]))
    lines.append(_line("Length", [_shown(take.length_s, clock) for take in takes]))
    lines.append(_line("Filled pauses a minute", [_shown(t.filled_pauses_per_min, "{:.1f}".format) for t in takes]))
    lines.append(_line("Words a minute", [_shown(take.speech_rate_wpm, "{:.0f}".format) for take in takes]))
    for name in dict.fromkeys(name for take in takes for name in take.signals):
        lines.append(_line(signals()[name].name, [take.signals.get(name, Change.UNKNOWN).value for take in takes]))
    lines.append(_line("Word for word as before", [_shown(take.same, "{:.0%}".format) for take in takes]))
    if (same := takes[-1].same) is not None and same >= REHEARSED:
        lines += ["", wrap("The last take sounds rehearsed. Keep the points, and let the sentences be new each time.")]
    if left_out := len(compared.takes) - len(takes):
        lines += [
            "",
            wrap(f"Earlier takes: {left_out}. `voicemock compare {compared.question} --json -` has them all."),
        ]
    return "\n".join(line.rstrip() for line in lines)


def _shown(value: float | None, how: Callable[[float], str]) -> str:
    return "–" if value is None else how(value)


def _line(name: str, cells: Sequence[str]) -> str:
    return f"{name[: NAME - 1]:<{NAME}}" + "".join(f"{plain(cell)[: COLUMN - 1]:<{COLUMN}}" for cell in cells)
