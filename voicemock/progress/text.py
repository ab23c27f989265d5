"""Progress for the terminal, in lines of plain text."""

__all__ = ["render_lines"]

import itertools
import statistics
from collections.abc import Iterator, Sequence

from voicemock.phrases import wrap
from voicemock.printable import plain
from voicemock.progress import words
from voicemock.progress.calibration import TITLE, says
from voicemock.progress.habits import Habit
from voicemock.progress.judged import Judged, Verdict
from voicemock.progress.series import Family
from voicemock.progress.summary import Progress

BARS = "▁▂▃▄▅▆▇█"
LONGEST = 16
"""Bars in a line; more sessions share one."""
NAME, LISTED = 25, 5


def render_lines(progress: Progress) -> str:
    """Return what was practised and what moved; the page shows more."""
    parts = [
        "\n".join(("Your progress", wrap(" · ".join(words.facts(progress))))) if progress.sessions else "",
        "\n".join(_moved(progress)),
        *("\n".join(_family(family, progress)) for family in Family),
        "\n".join(_habits(progress)),
        "\n".join(_changed(progress)),
        "\n".join(_waiting(progress)),
        "\n".join(_predicted(progress)),
    ]
    return "\n\n".join(part for part in parts if part)


def _moved(progress: Progress) -> Iterator[str]:
    if not progress.moved:
        yield wrap(words.counted(progress))
    for one in progress.moved:
        title = plain(one.series.title)
        yield wrap(f"{title} {words.headline(one)}.", first=f"{words.STATUS[one.verdict] + ':':<8}", indent=" " * 8)
    if warning := words.heard_by(progress.models):
        yield wrap(plain(warning))


def _family(family: Family, progress: Progress) -> Iterator[str]:
    series = [one for one in progress.trends if one.series.family is family]
    if not series:
        return
    yield words.FAMILIES[family]
    for one in series:
        bars = _bars([value.value for value in one.series.values])
        yield f"  {plain(one.series.title)[:NAME]:<{NAME}} {bars:<{LONGEST}}  {_in_short(one)}"


def _in_short(one: Judged) -> str:
    if one.verdict in (Verdict.BETTER, Verdict.WORSE):
        before, now = words.shown(one.series, one.before), words.shown(one.series, one.now)
        return f"{before}, now {now}: {words.STATUS[one.verdict].lower()}"
    if one.series.family is Family.DELIVERY:
        return words.typical(one).lower()
    heard, of = (sum(getattr(value, part) for value in one.series.values) for part in ("heard", "of"))
    return f"{heard} of {of} heard"


def _bars(values: Sequence[float]) -> str:
    """Draw a series in small bars, each the median of as many sessions as share it."""
    count = min(len(values), LONGEST)
    cuts = [round(n * len(values) / count) for n in range(count + 1)]
    middles = [statistics.median(values[a:b]) for a, b in itertools.pairwise(cuts)]
    low, high = min(0.0, *middles), max(0.0, *middles)
    reach = (high - low) or 1.0
    return "".join(BARS[round((value - low) / reach * (len(BARS) - 1))] for value in middles)


def _habits(progress: Progress) -> Iterator[str]:
    if not (progress.crutch_words or progress.pet_phrases):
        return
    yield "Pet phrases"
    total = len(progress.sessions)
    for habit in (*progress.crutch_words[:LISTED], *progress.pet_phrases[:LISTED]):
        yield _habit(habit, total)


def _habit(habit: Habit, total: int) -> str:
    return wrap(f'"{plain(habit.text)}" {habit.count} times, in {habit.sessions} of {total} sessions', indent="  ")


def _changed(progress: Progress) -> Iterator[str]:
    if not progress.changed:
        return
    yield "Numbers that changed in the same story"
    for one in progress.changed[:LISTED]:
        yield wrap(f"{words.number(one.was.value)} {plain(one.noun)}, later {words.number(one.now.value)}", indent="  ")
        for told in (one.was, one.now):
            yield wrap(f'{plain(words.date(told.started_at))}: "{plain(told.quote)}"', indent="    ")


def _predicted(progress: Progress) -> Iterator[str]:
    if progress.calibration:
        yield TITLE
    for one in progress.calibration:
        yield wrap(says(one), first="  ", indent="    ")


def _waiting(progress: Progress) -> Iterator[str]:
    waiting = [one for one in progress.competencies if one.is_long_ago]
    if waiting:
        yield "Not practised for a while"
        for one in waiting[:LISTED]:
            yield wrap(f"{plain(one.name)}: {words.ago(one.days_ago)}", indent="  ")
    if progress.not_yet:
        named = [plain(name) for name in progress.not_yet]
        more = f" and {len(named) - 2 * LISTED} more" if len(named) > 2 * LISTED else ""
        yield wrap(f"Not practised yet: {', '.join(named[: 2 * LISTED])}{more}.")
