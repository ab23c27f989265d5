"""The takes of one question side by side, to be heard: the report's own player, words and look, on one page."""

__all__ = ["READ", "render_compared"]

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from voicemock.phrases import day, plural, shortened
from voicemock.progress.compare import (
    SHOWN,
    Change,
    Compared,
    Take,
    figures_side_by_side,
    rehearsed,
    signals_side_by_side,
)
from voicemock.progress.word_for_word import Repeated, repeated
from voicemock.progress.words import date
from voicemock.report import words
from voicemock.report.html import page_policy, shown_upright
from voicemock.report.player_audio import EMBED_UP_TO_S, Sound, load_sound
from voicemock.report.templates import asset, environment, player_script
from voicemock.report.timeline import Timeline, timeline
from voicemock.report.transcript import MarkKind, Paragraph, legend, paragraphs
from voicemock.schema import AnswerReport, Evidence, SignalName, Span

HERE = Path(__file__).parent
Told = tuple[AnswerReport | None, Path]
"""A take's answer, None if it cannot be read, and the folder its sound is in."""
READ = SHOWN + 1
"""What the first take that is shown repeats is the words of the one before it."""
PHRASES = 6
"""Repeated phrases of one take that are listed: the longest. All are marked in the transcript."""
STATUS = {
    Change.KEPT: "good",
    Change.HEARD: "good",
    Change.ADDED: "good",
    Change.DROPPED: "watch",
    Change.NOT_HEARD: "info",
    Change.UNKNOWN: "not_assessed",
}


class TakeView(msgspec.Struct, frozen=True, kw_only=True):
    """One take as it is shown, by the names the report's player and transcript look for.

    number: on the page, from 1. name: with its number among all takes. day, when: it was given, short and in full.
    report: None if it cannot be read any more.
    phrases: what it repeats from the take before, the longest first, with where that take has it.
    """

    number: int
    name: str
    day: str
    when: str
    take: Take
    report: AnswerReport | None
    sound: Sound
    line: Timeline | None
    paragraphs: tuple[Paragraph, ...]
    marks: dict[MarkKind, str]
    phrases: tuple[tuple[Evidence, Evidence], ...]

    @property
    def duration_s(self) -> float | None:
        """Return how long the answer is."""
        return self.report.duration_s if self.report else None

    def quote(self, name: SignalName) -> Evidence | None:
        """Return the words that prove a signal, None where it was not heard."""
        signal = self.report.signals.get(name) if self.report else None
        return signal.evidence[0] if signal and signal.present and signal.evidence else None


def render_compared(compared: Compared, told: Sequence[Told], *, page_in: Path) -> str:
    """Return the page on the latest takes.

    told: the answers of the last ``READ`` takes, in their order. page_in: the page's own folder; what is too long to
    be put into the page is linked from there.
    """
    from markupsafe import Markup

    style, script = asset("report.css") + (HERE / "compare.css").read_text(encoding="utf-8"), player_script()
    takes = compared.takes[-SHOWN:]
    left_out = len(compared.takes) - len(takes)
    longest_s = _longest_s(answer for answer, _ in told[-len(takes) :])
    views = []
    for number, take in enumerate(takes, 1):
        at = number - 1 - len(takes)
        (answer, folder), before = told[at], told[at - 1][0] if len(told) + at > 0 else None
        sound = _sound(answer, folder, page_in=page_in, longest_s=longest_s)
        name = f"Take {left_out + number}"
        views.append(_view(number, name, take, answer, before=before, sound=sound))
    page = environment(autoescape=True, finalize=shown_upright, folder=HERE).get_template("compare.html.jinja")
    return page.render(
        compared=compared,
        facts=_facts(compared),
        left_out=plural(left_out, "earlier take") if left_out else "",
        views=views,
        figures=list(figures_side_by_side(takes)),
        signals=list(signals_side_by_side(takes)),
        status=STATUS,
        rehearsed=rehearsed(takes),
        policy=page_policy(style, script, linked=any(view.sound.linked for view in views)),
        style=Markup(style),
        script=Markup(script),
        words=words,
    )


def _facts(compared: Compared) -> tuple[str, ...]:
    first, last = date(compared.takes[0].started_at), date(compared.takes[-1].started_at)
    return plural(len(compared.takes), "take"), first if first == last else f"{first} to {last}"


def _longest_s(answers: Iterable[AnswerReport | None]) -> float:
    """Return how long a take in the page may be: together they are no heavier than one long answer's report."""
    lengths = [one.recording.duration_s for one in answers if one and one.recording]
    return EMBED_UP_TO_S if sum(lengths) <= EMBED_UP_TO_S else EMBED_UP_TO_S / len(lengths)


def _sound(answer: AnswerReport | None, folder: Path, *, page_in: Path, longest_s: float) -> Sound:
    """Return a take's sound; longest_s: what is longer is linked."""
    if answer is None or answer.recording is None:
        return Sound()
    return load_sound(answer.recording, folder=folder, page_in=page_in, elsewhere=False, embed_up_to_s=longest_s)


def _view(
    number: int, name: str, take: Take, answer: AnswerReport | None, *, before: AnswerReport | None, sound: Sound
) -> TakeView:
    again = repeated(before.transcript.text, answer.transcript.text) if answer and before else ()
    same = [Span(char_start=one.start, char_end=one.end) for one in again]
    cut = paragraphs(answer, same=same) if answer else ()
    return TakeView(
        number=number,
        name=name,
        day=date(take.started_at, short=True),
        when=day(take.started_at),
        take=take,
        report=answer,
        sound=sound,
        line=timeline(answer) if answer else None,
        paragraphs=cut,
        marks=legend(cut),
        phrases=tuple(_phrases(again, answer, before)) if answer and before else (),
    )


def _phrases(
    again: Sequence[Repeated], answer: AnswerReport, before: AnswerReport
) -> Iterator[tuple[Evidence, Evidence]]:
    for one in sorted(again, key=lambda one: one.start - one.end)[:PHRASES]:
        earlier = before.transcript.evidence(one.before, one.before + 1)
        now = answer.transcript.evidence(one.start, one.end)
        yield msgspec.structs.replace(now, quote=shortened(now.quote)), earlier
