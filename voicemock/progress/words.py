"""How progress is said: the same on the page and on the terminal."""

__all__ = [
    "FAMILIES",
    "NOTES",
    "STATUS",
    "ago",
    "counted",
    "date",
    "facts",
    "headline",
    "heard_by",
    "number",
    "plural",
    "says",
    "shown",
    "tick",
    "typical",
]

import datetime
import statistics
from collections.abc import Sequence

from voicemock.phrases import ago, clock, plural
from voicemock.progress.judged import LEAST_SESSIONS, Judged, Verdict
from voicemock.progress.series import Family, Series, Value
from voicemock.progress.summary import Progress

STATUS = {
    Verdict.BETTER: "Better",
    Verdict.WORSE: "Worse",
    Verdict.STEADY: "No change worth telling",
    Verdict.TOO_FEW: "Too few sessions yet",
}
INSIDE = "inside"
FAMILIES = {
    Family.DELIVERY: "How you say it",
    Family.SIGNALS: "What you say",
    Family.COMPETENCIES: "By competency",
}
NOTES = (
    "Each series is tested for a trend with Mann and Kendall's test, corrected for ties, on one value a session: the"
    " median of its answers, or the share heard. A trend counts only beyond your own noise: in each of the three groups"
    " the chance of one or more false claims is kept to 5 in 100 (Holm), and a change too small to notice is left out."
    " For a measure, the line is Sen's; for a share, it shows the share in each half.",
    "If you answer again, the last take counts. Follow-ups, and what could not be told, count neither for nor against"
    " you. The demo does not count, nor do recordings you reviewed, unless you ask for them.",
    "A trend is not a cause. Harder questions, another microphone or another Whisper model move the figures too, and"
    " days that resemble each other make chance look like a trend more often than 5 times in 100.",
)


def shown(series: Series, value: float) -> str:
    """Show a value of a series without its unit."""
    if series.key == "length" and series.family is Family.DELIVERY:
        if abs(value) < 0.005:
            return INSIDE
        return f"{abs(value):.0%} {'over' if value > 0 else 'short'}"
    if series.share:
        return f"{value:.0%}"
    return f"{value:.0f}" if series.key == "speech_rate" else f"{value:.1f}"


def _with_unit(series: Series, value: float) -> str:
    unit = "" if series.share or not series.unit else f" {series.unit}"
    return f"{shown(series, value)}{unit}"


def tick(series: Series, value: float) -> str:
    """Show a value beside an axis, where there is little room."""
    if series.key == "length" and series.family is Family.DELIVERY:
        return f"{value:+.0%}" if abs(value) >= 0.005 else "0"
    return shown(series, value)


def says(one: Judged) -> str:
    """Say what a series shows, in a sentence or two."""
    if one.verdict is Verdict.TOO_FEW:
        few = f"{plural(len(one.series.values), 'session')} so far; a trend shows from {LEAST_SESSIONS} on."
        return f"{typical(one)}. {few}"
    if one.series.family is not Family.DELIVERY:
        return _of_share(one)
    if one.verdict is Verdict.STEADY:
        return f"{typical(one)}{_give_or_take(one)}."
    first = f"{_with_unit(one.series, one.before)} in your first {one.ends} sessions"
    return f"{first}, {shown(one.series, one.now)} in your last {one.ends} (medians){_give_or_take(one)}."


def typical(one: Judged) -> str:
    """Say where a series mostly lies."""
    if one.series.family is not Family.DELIVERY:
        return f"Heard {_heard(one.series.values)}"
    said = _with_unit(one.series, statistics.median(value.value for value in one.series.values))
    return "Mostly inside" if said == INSIDE else f"About {said}"


def _give_or_take(one: Judged) -> str:
    noise = plural(round(100 * one.noise), "point") if one.series.share else shown(one.series, one.noise)
    return "" if noise in ("0 points", "0", "0.0") else f", give or take {noise} from one session to the next"


def _of_share(one: Judged) -> str:
    values = one.series.values
    first, second = (_heard(part) for part in (values[: one.ends], values[-one.ends :]))
    if one.verdict is Verdict.STEADY:
        text = typical(one)
    else:
        text = f"Heard {first} in the first half of your sessions, {second} in the second"
    text += f"{_give_or_take(one)}."
    unknown = sum(value.unknown for value in values)
    return text + (f" {unknown} more could not be told." if unknown else "")


def _heard(values: Sequence[Value]) -> str:
    heard, of = sum(value.heard for value in values), sum(value.of for value in values)
    return f"{heard} of {of} times ({heard / of:.0%})"


def headline(one: Judged) -> str:
    """Say in a few words what moved, and from where to where."""
    series = one.series
    if series.family is Family.DELIVERY:
        return f"from {_with_unit(series, one.before)} to {_with_unit(series, one.now)}"
    return f"heard {one.before:.0%} of the times it was asked for in the first half, {one.now:.0%} in the second"


def counted(progress: Progress) -> str:
    """Say why nothing, or nothing yet, is claimed."""
    count = len(progress.sessions)
    if not count:
        return "No session so far. `voicemock practice` starts one."
    if count < LEAST_SESSIONS:
        return f"{plural(count, 'session')} so far; trends show from {LEAST_SESSIONS} on. Keep going."
    if all(one.verdict is Verdict.TOO_FEW for one in progress.trends):
        return f"Nothing was judged in {LEAST_SESSIONS} sessions yet. Keep going."
    return "Nothing has moved by more than your own noise yet. Small steps take many sessions to show."


def facts(progress: Progress) -> tuple[str, ...]:
    """Return how much was practised, and when."""
    if not progress.sessions:
        return ()
    first, last = date(progress.sessions[0].started_at), date(progress.sessions[-1].started_at)
    return (
        plural(len(progress.sessions), "session"),
        plural(progress.answers, "answer"),
        f"{clock(progress.spoken_s)} spoken",
        first if first == last else f"{first} to {last}",
    )


def heard_by(models: Sequence[str]) -> str:
    """Say where more than one model listened: the later one may hear what the earlier one did not."""
    if len(models) < 2:
        return ""
    named = ["whoever wrote a transcript" if model == "text" else model for model in models]
    return f"Heard by {' and '.join(named)}: a part of a change may be theirs, not yours."


def date(at: str | datetime.date, *, short: bool = False) -> str:
    """Show a day as 21 November 2026, or 21 Nov; anything else as it stands."""
    try:
        day = datetime.datetime.fromisoformat(at).date() if isinstance(at, str) else at
    except ValueError:
        return str(at)
    return f"{day.day} {day:%b}" if short else f"{day.day} {day:%B %Y}"


def number(value: float) -> str:
    """Show a count as people write it: 1,200."""
    return f"{value:,.6g}" if value < 1e6 else f"{value / 1e6:,.4g} million"
