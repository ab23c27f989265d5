"""What was said as plain text: a time for each paragraph, and each long pause with its length."""

__all__ = ["render_plain"]

import itertools
from collections.abc import Iterator, Sequence

from voicemock.phrases import clock
from voicemock.printable import plain
from voicemock.report.lenses import in_words
from voicemock.report.pauses import long_pauses, shown
from voicemock.report.transcript import Paragraph, paragraphs
from voicemock.report.view import AnswerView, view_of
from voicemock.schema import AnswerReport, Pause, SessionReport


def render_plain(report: SessionReport, *, answer: int | None = None) -> str:
    """Return the transcripts as text, a paragraph a line; answer: the number of the only one wanted."""
    view = view_of(report)
    head = [plain(view.title), plain(" · ".join(view.facts))] if answer is None else []
    wanted = (one for one in view.answers if answer in (None, one.number))
    return "\n".join([*head, *(f"\n{_answer(one)}" if head else _answer(one) for one in wanted)]).rstrip("\n") + "\n"


def _answer(answer: AnswerView) -> str:
    take = f" (take {answer.report.take})" if answer.one_of_several else ""
    follows = f" (follow-up to answer {answer.follows})" if answer.follows else ""
    said = list(_paragraphs(answer.report)) or ["No words were heard."]
    seen = "\n".join(map(plain, in_words(answer.report)))
    head = plain(f"Answer {answer.number}: {answer.title}{follows}{take}")
    return "\n\n".join([head, *said, *([seen] if seen else [])]) + "\n"


def _paragraphs(answer: AnswerReport) -> Iterator[str]:
    cut = paragraphs(answer)
    for paragraph, pauses in zip(cut, _placed(cut, long_pauses(answer)), strict=True):
        if text := plain(_with_pauses(paragraph, pauses)):
            said = f"({paragraph.aside}: {text})" if paragraph.aside else text
            yield said if paragraph.start_s is None else f"{clock(paragraph.start_s)}  {said}"


def _placed(cut: Sequence[Paragraph], pauses: Sequence[Pause]) -> list[list[Pause]]:
    """Give each pause to the last paragraph that began before its middle."""
    given: list[list[Pause]] = [[] for _ in cut]
    for pause in pauses if cut else ():
        began = [place for place, one in enumerate(cut) if (one.start_s or 0.0) < _middle_s(pause)]
        given[max(began, default=0)].append(pause)
    return given


def _with_pauses(paragraph: Paragraph, pauses: Sequence[Pause]) -> str:
    """Put each pause after the last word that began before it."""
    pieces = list(itertools.chain.from_iterable(run.pieces for run in paragraph.runs))
    after: dict[int, str] = {}
    for pause in pauses:
        before = (n for n, piece in enumerate(pieces) if piece.start_s is not None and piece.start_s < _middle_s(pause))
        place = max(before, default=-1)
        after[place] = f"{after.get(place, '')} {shown(pause)} "
    return after.get(-1, "") + "".join(piece.text + after.get(place, "") for place, piece in enumerate(pieces))


def _middle_s(pause: Pause) -> float:
    return (pause.start_s + pause.end_s) / 2
