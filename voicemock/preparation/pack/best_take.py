"""Which take of an answer was the best, by what was measured, and where it can be cut without losing a word.

A take is cut in silences only: a long one is shortened, and a filled pause is left out where a pause stands on either
side of it. What is kept stays in its order.
"""

__all__ = ["Cut", "Trimmed", "best_first", "own_takes", "trimmed"]

from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from voicemock.archive.practised import Practised
from voicemock.preparation.schedule import heard_of
from voicemock.progress.sessions import counts
from voicemock.schema import AnswerReport, Certainty, Filler, FillerKind, Pause, Quality

LONG_S, KEPT_S = 1.0, 0.5
"""A silence that is shortened, and what is left of any silence that is cut (voicemock defaults, unvalidated)."""
NEAR_S = 0.25
"""How far a filled pause may be from the pauses around it: its times are less exact than theirs (voicemock default,
unvalidated)."""
AROUND_S = 0.3
"""What is kept before the first word and after the last (voicemock default, unvalidated)."""


class Cut(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch that is left out, in seconds of the recording; said: the filled pauses in it."""

    start_s: float
    end_s: float
    said: tuple[str, ...] = ()


class Trimmed(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept of a recording: from the first time to the last, without the cuts, which are in their order."""

    start_s: float
    end_s: float
    cuts: tuple[Cut, ...]

    @property
    def stretches(self) -> tuple[tuple[float, float], ...]:
        """Return what is kept, (start, end) in seconds."""
        edges = [self.start_s, *(at for cut in self.cuts for at in (cut.start_s, cut.end_s)), self.end_s]
        return tuple(zip(edges[::2], edges[1::2], strict=True))


def own_takes(rows: Sequence[Practised]) -> dict[str, list[Practised]]:
    """Return the recorded takes of each question by its id, the latest first: no follow-ups, no demo and no reviews."""
    found: dict[str, list[Practised]] = {}
    for row in reversed(rows):
        own = row.said and not row.follows and counts(row.session, reviews=False)
        if own and row.question and row.duration_s:
            found.setdefault(row.question.id, []).append(row)
    return found


def best_first(rows: Sequence[Practised]) -> dict[str, tuple[Practised, ...]]:
    """Return the recorded takes of each question by its id, the best first.

    The best is the one in which the greatest share of what was expected was heard; of those alike the one with the
    fewest findings, then with the fewest filled pauses, then the latest. One that was recorded badly comes after all
    others; one about something else is left out, and so is what ``own_takes`` leaves out.
    """
    on_topic = {id: [row for row in takes if "off_topic" not in row.findings] for id, takes in own_takes(rows).items()}
    return {id: tuple(sorted(takes, key=_goodness)) for id, takes in on_topic.items() if takes}


def _goodness(row: Practised) -> tuple[bool, float, int, int]:
    heard, asked = heard_of(row)
    share = heard / asked if asked else 0.0
    return (row.quality == Quality.POOR, -share, len(row.findings), row.filled_pauses or 0)


def trimmed(answer: AnswerReport) -> Trimmed | None:
    """Return what to keep of an answer's recording; None if its words have no times."""
    words = [(w.start_s, w.end_s) for w in answer.transcript.words if w.start_s is not None and w.end_s is not None]
    if not words or not answer.recording:
        return None
    start = max(0.0, words[0][0] - AROUND_S)
    end = min(answer.recording.duration_s, words[-1][1] + AROUND_S)
    pauses = answer.prosody.pauses if answer.prosody else ()
    cuts = [*_silences(answer, pauses), *_filled_pauses(answer, pauses)]
    return Trimmed(
        start_s=start, end_s=end, cuts=_merged([cut for cut in cuts if start < cut.start_s < end > cut.end_s])
    )


def _silences(answer: AnswerReport, pauses: Sequence[Pause]) -> Iterator[Cut]:
    for pause in pauses:
        if pause.end_s - pause.start_s > LONG_S and not _spoken_within(answer, pause.start_s, pause.end_s):
            yield Cut(start_s=pause.start_s + KEPT_S / 2, end_s=pause.end_s - KEPT_S / 2)


def _filled_pauses(answer: AnswerReport, pauses: Sequence[Pause]) -> Iterator[Cut]:
    """Yield the filled pauses that both witnesses heard, with silence before and after."""
    for filler in answer.fillers:
        if filler.kind is not FillerKind.FILLED_PAUSE or filler.certainty is not Certainty.CONFIRMED:
            continue
        for before, after in pairwise(pauses):
            if _between(filler, before, after) and not _spoken_within(answer, before.start_s, after.end_s, but=filler):
                yield Cut(
                    start_s=before.start_s + KEPT_S / 2,
                    end_s=after.end_s - KEPT_S / 2,
                    said=(filler.text.strip(" ,.?!"),),
                )


def _between(filler: Filler, before: Pause, after: Pause) -> bool:
    if filler.start_s is None or filler.end_s is None:
        return False
    return abs(before.end_s - filler.start_s) <= NEAR_S and abs(after.start_s - filler.end_s) <= NEAR_S


def _spoken_within(answer: AnswerReport, start_s: float, end_s: float, *, but: Filler | None = None) -> bool:
    """Return whether a word, anybody's, has its middle in a stretch; but: the filled pause that may be there."""
    middles = [
        (word.start_s + word.end_s) / 2
        for word in answer.transcript.words
        if word.start_s is not None
        and word.end_s is not None
        and not (but and word.char_start < but.char_end and but.char_start < word.char_end)
    ]
    others = any(aside.start_s < end_s and start_s < aside.end_s for aside in answer.asides)
    return others or any(start_s <= middle <= end_s for middle in middles)


def _merged(cuts: Sequence[Cut]) -> tuple[Cut, ...]:
    found: list[Cut] = []
    for cut in sorted(cuts, key=lambda cut: (cut.start_s, cut.end_s)):
        if found and cut.start_s <= found[-1].end_s:
            last = found.pop()
            cut = Cut(start_s=last.start_s, end_s=max(last.end_s, cut.end_s), said=last.said + cut.said)
        found.append(cut)
    return tuple(found)
