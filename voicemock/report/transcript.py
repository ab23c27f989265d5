"""A transcript cut into paragraphs, marked stretches and words, with every character kept."""

__all__ = ["ASIDES", "MARKS", "Mark", "MarkKind", "Paragraph", "Piece", "Run", "legend", "paragraphs"]

import bisect
import enum
import itertools
from collections.abc import Iterator, Sequence

import msgspec

from voicemock.report.words import name_of
from voicemock.schema import AnswerReport, Aside, AsideKind, Certainty, SignalName, Span, Word

BREATH_S = 1.0
"""A silence this long after a full stop begins a paragraph."""
LONG_WORDS = 50
"""A paragraph this long ends at its next full stop."""


class MarkKind(enum.StrEnum):
    """What a marked stretch is."""

    CONFIRMED = "confirmed"
    POSSIBLE = "possible"
    METRIC = "metric"
    TRADEOFF = "tradeoff"
    I = "i"  # noqa: E741 - the pronoun
    WE = "we"
    SAME = "same"

    @property
    def filler(self) -> bool:
        """Return whether it is a filler, of whichever certainty."""
        return self in (MarkKind.CONFIRMED, MarkKind.POSSIBLE)


MARKS = {
    MarkKind.CONFIRMED: "filler, confirmed",
    MarkKind.POSSIBLE: "filler, possible",
    MarkKind.METRIC: name_of(SignalName.METRIC).lower(),
    MarkKind.TRADEOFF: name_of(SignalName.TRADEOFF).lower(),
    MarkKind.I: "I",
    MarkKind.WE: "we",
    MarkKind.SAME: "word for word as before",
}
"""What each kind is called, in the order of the legend."""


ASIDES = {AsideKind.QUESTION: "The question, not counted", AsideKind.OTHER: "Somebody else, not counted"}
"""What is said about words that are not the candidate's."""


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of the transcript that stands out."""

    kind: MarkKind
    char_start: int
    char_end: int
    start_s: float | None = None

    @property
    def label(self) -> str:
        """Return what it is, in words."""
        return MARKS[self.kind]


class Piece(msgspec.Struct, frozen=True):
    """A word or a part of one, or what stands between words (no times)."""

    text: str
    start_s: float | None = None
    end_s: float | None = None


class Run(msgspec.Struct, frozen=True):
    """Pieces under the same marks."""

    marks: tuple[Mark, ...]
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """Return the characters of the run."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def filler(self) -> Mark | None:
        """Return the filler this run is part of."""
        return next((mark for mark in self.marks if mark.kind.filler), None)


class Paragraph(msgspec.Struct, frozen=True):
    """Some sentences said in one breath; start_s is None in a written answer.

    aside: what is said about words that are not the candidate's, empty for the others.
    """

    runs: tuple[Run, ...]
    start_s: float | None
    aside: str = ""


def paragraphs(answer: AnswerReport, *, same: Sequence[Span] = ()) -> tuple[Paragraph, ...]:
    """Cut the transcript of an answer, and put what others said in its place.

    All texts joined but the asides' are the transcript, character for character.
    same: what an earlier take has word for word.
    """
    asides = [Paragraph((Run((), (_piece(aside),)),), aside.start_s, ASIDES[aside.kind]) for aside in answer.asides]
    # Python's sort keeps the order of equal times: a transcript without times stays as it is.
    return tuple(sorted([*_own(answer, same), *asides], key=lambda paragraph: paragraph.start_s or 0.0))


def legend(cut: Sequence[Paragraph]) -> dict[MarkKind, str]:
    """Return the kinds of marks a transcript has, with their names."""
    kinds = {mark.kind for paragraph in cut for run in paragraph.runs for mark in run.marks}
    return {kind: label for kind, label in MARKS.items() if kind in kinds}


def _piece(aside: Aside) -> Piece:
    return Piece(aside.text, aside.start_s, aside.end_s)


def _own(answer: AnswerReport, same: Sequence[Span]) -> Iterator[Paragraph]:
    text = answer.transcript.text
    groups = list(_groups(text, answer.transcript.words, answer.asides))
    edges = [0, *(group[0].char_start for group in groups[1:]), len(text)]
    marks: list[list[Mark]] = [[] for _ in groups]
    for mark in _marks(answer, same):
        first, last = bisect.bisect_right(edges, mark.char_start) - 1, bisect.bisect_left(edges, mark.char_end)
        for inside in marks[first:last]:
            inside.append(mark)
    for group, inside, (start, end) in zip(groups, marks, itertools.pairwise(edges), strict=True):
        if start < end:
            yield Paragraph(tuple(_runs(text, group, inside, start, end)), group[0].start_s if group else None)


def _marks(answer: AnswerReport, same: Sequence[Span]) -> Iterator[Mark]:
    size = len(answer.transcript.text)
    for filler in answer.fillers:
        yield Mark(
            kind=MarkKind.CONFIRMED if filler.certainty is Certainty.CONFIRMED else MarkKind.POSSIBLE,
            char_start=filler.char_start,
            char_end=min(filler.char_end, size),
            start_s=filler.start_s,
        )
    for name, kind in ((SignalName.METRIC, MarkKind.METRIC), (SignalName.TRADEOFF, MarkKind.TRADEOFF)):
        signal = answer.signals.get(name)
        for evidence in signal.evidence if signal else ():
            if evidence.char_start is not None and evidence.char_end is not None:
                yield Mark(
                    kind=kind,
                    char_start=evidence.char_start,
                    char_end=min(evidence.char_end, size),
                    start_s=evidence.start_s,
                )
    for spans, kind in ((answer.pronouns.i, MarkKind.I), (answer.pronouns.we, MarkKind.WE), (same, MarkKind.SAME)):
        for span in spans:
            yield Mark(kind=kind, char_start=span.char_start, char_end=min(span.char_end, size))


def _groups(text: str, words: tuple[Word, ...], asides: tuple[Aside, ...]) -> Iterator[list[Word]]:
    """Yield the words of each paragraph; one empty list if there are none."""
    starts = [aside.start_s for aside in asides]
    group = list(words[:1])
    for before, word in itertools.pairwise(words):
        stop = before.text.rstrip("\"'”’)").endswith((".", "?", "!", "…"))
        breath = word.start_s is not None and before.end_s is not None and word.start_s - before.end_s >= BREATH_S
        new_line = "\n" in text[before.char_end : word.char_start]
        other = any((before.start_s or 0.0) <= start_s < (word.start_s or 0.0) for start_s in starts)
        if new_line or other or (stop and (breath or len(group) >= LONG_WORDS)):
            yield group
            group = []
        group.append(word)
    yield group


def _runs(text: str, words: list[Word], marks: list[Mark], start: int, end: int) -> Iterator[Run]:
    edges = {start, end, *(m.char_start for m in marks), *(m.char_end for m in marks)}
    waiting = sorted(enumerate(marks), key=lambda pair: pair[1].char_start, reverse=True)
    begun: list[tuple[int, Mark]] = []  # by their place among the marks
    for first, last in itertools.pairwise(sorted(e for e in edges if start <= e <= end)):
        while waiting and waiting[-1][1].char_start <= first:
            bisect.insort(begun, waiting.pop(), key=lambda pair: pair[0])
        begun = [pair for pair in begun if pair[1].char_end > first]
        yield Run(tuple(mark for _, mark in begun if mark.char_end >= last), tuple(_pieces(text, words, first, last)))


def _pieces(text: str, words: list[Word], start: int, end: int) -> Iterator[Piece]:
    at = start
    touched = bisect.bisect_right(words, start, key=lambda word: word.char_end)
    until = bisect.bisect_left(words, end, key=lambda word: word.char_start)
    for word in words[touched:until]:
        first, last = max(word.char_start, at), min(word.char_end, end)
        if first >= last:
            continue
        if first > at:
            yield Piece(text[at:first])
        yield Piece(text[first:last], word.start_s, word.end_s)
        at = last
    if at < end:
        yield Piece(text[at:end])
