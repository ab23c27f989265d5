"""An answer as captions, SubRip or WebVTT: what was said, in pieces that can be read while they are heard.

A piece is at most seven seconds and two lines of 42 characters, as broadcasters ask for, and ends where a sentence or a
clause does if one does. Filled pauses stay; long pauses and what others say are marked.
"""

__all__ = ["Cue", "caption_place", "cues", "render_srt", "render_vtt"]

import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath, PureWindowsPath
from typing import NamedTuple

from voicemock.printable import plain
from voicemock.report.known_words import word_set
from voicemock.report.pauses import long_pauses, shown
from voicemock.schema import AnswerReport, AsideKind, Word

LINE = 42
LONGEST_S, SHORTEST_S = 7.0, 1.0
STEP_S = 0.1
"""Two pieces never begin at once, whatever the times of the words say."""
BREATH_S = 0.3
"""A silence this long between two words is as good a place to cut as a comma."""

LABELS = {AsideKind.QUESTION: "[The question]", AsideKind.OTHER: "[Somebody else]"}
OPENS_A_CLAUSE = word_set("and but or so because that which who when where while after before until if then")


class Cue(NamedTuple):
    """One piece on the screen."""

    start_s: float
    end_s: float
    lines: tuple[str, ...]


class _Said(NamedTuple):
    """A word with its punctuation; label: whose it is, empty for the candidate; at_s: its place among the others."""

    text: str
    start_s: float
    end_s: float
    label: str
    at_s: float
    turn: int


def cues(answer: AnswerReport) -> tuple[Cue, ...]:
    """Return the captions of an answer in order, none overlapping; none for a written answer."""
    said = sorted([*_own(answer), *_asides(answer), *_pauses(answer)], key=lambda one: one.at_s)
    pieces = [
        piece
        for _, turn in itertools.groupby(said, key=lambda one: (one.label, one.turn))
        for piece in _cut(list(turn))
    ]
    starts = list(itertools.accumulate((max(p[0].start_s, 0.0) for p in pieces), lambda a, b: max(a + STEP_S, b)))
    made = []
    for piece, start_s, next_s in zip(pieces, starts, [*starts[1:], math.inf], strict=False):
        end_s = max(max(one.end_s for one in piece), start_s + SHORTEST_S)
        made.append(Cue(start_s, min(end_s, start_s + LONGEST_S, next_s), _lines(_text(piece)) or (_text(piece),)))
    return tuple(made)


def render_srt(answer: AnswerReport) -> str:
    """Return the captions as SubRip; empty if there are none."""
    blocks = (
        f"{number}\n{_time(cue.start_s, ',')} --> {_time(cue.end_s, ',')}\n" + "\n".join(map(_no_tags, cue.lines))
        for number, cue in enumerate(cues(answer), 1)
    )
    return "".join(f"{block}\n\n" for block in blocks)


def render_vtt(answer: AnswerReport) -> str:
    """Return the captions as WebVTT."""
    blocks = (
        f"{_time(cue.start_s, '.')} --> {_time(cue.end_s, '.')}\n" + "\n".join(map(_escaped, cue.lines))
        for cue in cues(answer)
    )
    return "WEBVTT\n\n" + "".join(f"{block}\n\n" for block in blocks)


def caption_place(answer: AnswerReport, number: int, suffix: str) -> PurePosixPath:
    """Return where an answer's captions belong in a folder: as its recording lies in a session's.

    So a player finds them if that folder is the session's. A recording elsewhere gives its name alone.
    """
    if answer.recording is None:
        return PurePosixPath(f"answer-{number}{suffix}")
    path = PureWindowsPath(answer.recording.path)  # takes both kinds of slashes
    inside = not path.anchor and ".." not in path.parts
    stem = path.stem or f"answer-{number}"
    return PurePosixPath(*path.parts[:-1] if inside else (), f"{stem}{suffix}")


def _own(answer: AnswerReport) -> Iterator[_Said]:
    """Yield the candidate's words; those that touch are one."""
    text, groups = answer.transcript.text, list[list[Word]]()
    if all(word.start_s is None for word in answer.transcript.words):
        return  # written
    for word in answer.transcript.words:
        together = groups and not any(map(str.isspace, text[groups[-1][-1].char_end : word.char_start]))
        if groups and together and word.char_start > groups[-1][-1].char_start:
            groups[-1].append(word)
        else:
            groups.append([word])
    at_s = 0.0
    for group in groups:
        start_s, end_s = group[0].start_s, group[-1].end_s
        start_s = at_s if start_s is None else start_s
        at_s = max(at_s, start_s)
        said = text[group[0].char_start : group[-1].char_end]
        yield from _words(said, start_s, start_s if end_s is None else end_s, at_s=at_s)


def _asides(answer: AnswerReport) -> Iterator[_Said]:
    """Yield what others said, each word at its share of the time."""
    for turn, aside in enumerate(answer.asides, 1):
        yield from _words(
            aside.text, aside.start_s, aside.end_s, at_s=aside.start_s, label=LABELS[aside.kind], turn=turn
        )


def _pauses(answer: AnswerReport) -> Iterator[_Said]:
    for turn, pause in enumerate(long_pauses(answer), 1):
        middle_s = (pause.start_s + pause.end_s) / 2
        yield _Said(shown(pause), pause.start_s, pause.end_s, "", middle_s, -turn)


def _words(text: str, start_s: float, end_s: float, *, at_s: float, label: str = "", turn: int = 0) -> Iterator[_Said]:
    """Cut a text at its spaces, and what no line can hold anywhere; share its time out by characters."""
    most = LINE - len(label) - bool(label)
    words = [w[at : at + most] for w in plain(text).split() for at in range(0, len(w), most)]
    ends = list(itertools.accumulate(map(len, words)))
    lasts_s = max(end_s - start_s, 0.0)
    for word, end in zip(words, ends, strict=True):
        first_s, last_s = (start_s + lasts_s * place / ends[-1] for place in (end - len(word), end))
        yield _Said(word, first_s, last_s, label, at_s, turn)


def _cut(said: Sequence[_Said]) -> Iterator[Sequence[_Said]]:
    """Cut what one person says in one go into pieces, each as long as it may be but ending well."""
    while said:
        most = next((n for n in range(2, len(said) + 1) if not _fits(said[:n])), len(said) + 1) - 1
        best = most
        if most < len(said):
            best = max(range(1, most + 1), key=lambda n: _merit(said, n) + 2 * n / most)
        yield said[:best]
        said = said[best:]


def _fits(said: Sequence[_Said]) -> bool:
    return said[-1].end_s - said[0].start_s <= LONGEST_S and _lines(_text(said)) is not None


def _merit(said: Sequence[_Said], at: int) -> int:
    """Return how good it is to cut before a word; not where only the end of a sentence would be left."""
    before, after = said[at - 1], said[at]
    if _ends(before, ".?!…"):
        return 3
    if any(_ends(one, ".?!…") for one in said[at : at + 2]):
        return 0
    if _ends(before, ",;:–—") or after.start_s - before.end_s >= BREATH_S:
        return 2
    return 1 if after.text.lower() in OPENS_A_CLAUSE else 0


def _ends(one: _Said, marks: str) -> bool:
    return one.text.rstrip("\"'”’)").endswith(tuple(marks))


def _text(said: Iterable[_Said]) -> str:
    said = list(said)
    return " ".join([*([said[0].label] if said[0].label else []), *(one.text for one in said)])


def _lines(text: str) -> tuple[str, ...] | None:
    """Break a text into at most two lines of much the same length; None if it is too long."""
    if len(text) <= LINE:
        return (text,)
    breaks = [at for at, c in enumerate(text) if c == " " and at <= LINE and len(text) - at - 1 <= LINE]
    if not breaks:
        return None
    at = min(breaks, key=lambda at: abs(at - len(text) / 2))
    return text[:at], text[at + 1 :]


def _time(at_s: float, point: str) -> str:
    minutes, ms = divmod(round(at_s * 1000), 60_000)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{ms // 1000:02d}{point}{ms % 1000:03d}"


def _no_tags(line: str) -> str:
    """Return a line as every player shows it: SubRip has no way to write < but as the beginning of a tag."""
    return line.replace("<", "‹").replace(">", "›")


def _escaped(line: str) -> str:
    return line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
