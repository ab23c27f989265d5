"""Cues: a line "from --> to", and what is said between; WebVTT, SubRip and early Teams documents are made of them."""

__all__ = ["Cue", "cues_in", "spoken_in"]

import re
from collections.abc import Sequence
from typing import NamedTuple

from voicemock.transcripts.names import labelled, speakers_among
from voicemock.transcripts.times import TIME, seconds
from voicemock.transcripts.turn import Turn

_TIMING = re.compile(rf"({TIME})\s*-+>\s*({TIME})(?:\s.*)?")
_IDENTIFIER = re.compile(r"\d+|[\da-f-]{8,}(?:/[\d-]+)?")
"""What stands above a cue: a number, or what Teams makes up."""
_BLOCK = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|$)")


class Cue(NamedTuple):
    """What is written between two times."""

    start_s: float
    end_s: float
    lines: tuple[str, ...]


def cues_in(lines: Sequence[str]) -> list[Cue]:
    """Return all cues of a file by when they begin: of two people at once, who began first comes first."""
    at = [(place, found) for place, line in enumerate(lines) if (found := _TIMING.fullmatch(line))]
    cues = []
    ends = [place for place, _ in at[1:]] + [len(lines)]
    for (place, found), after in zip(at, ends, strict=False):
        body = list(lines[place + 1 : after])
        if after < len(lines) and body and _IDENTIFIER.fullmatch(body[-1]):
            body.pop()
        cues.append(Cue(seconds(found[1]) or 0.0, seconds(found[2]) or 0.0, tuple(_said(body))))
    return sorted(cues, key=lambda cue: cue.start_s)


def _said(body: Sequence[str]) -> list[str]:
    """Leave out empty lines, and notes and styles, which end with one."""
    said: list[str] = []
    note = False
    for before, line in zip(["", *body], body, strict=False):
        note = bool(line) and (note or (not before and _BLOCK.match(line) is not None and bool(said)))
        if line and not note:
            said.append(line)
    return said


def spoken_in(cues: Sequence[Cue]) -> tuple[list[Turn], int]:
    """Return what is said in cues with names before a colon, and how many cues after a name name nobody.

    Those are given to whoever was named last, as captions do. When somebody ends in a cue of several is not known.
    """
    lines = [line for cue in cues for line in cue.lines]
    labels = [found.name for line in lines if (found := labelled(line))]
    names = speakers_among(labels, len(lines))
    speaker, unnamed = "", 0
    turns = []
    for cue in cues:
        named = False
        shared = sum(bool((found := labelled(line)) and found.name in names) for line in cue.lines) > 1
        for line in cue.lines:
            found = labelled(line)
            if found and found.name in names:
                speaker, line, named = found.name, found.text, True
            turns.append(Turn(speaker=speaker, text=line, start_s=cue.start_s, end_s=None if shared else cue.end_s))
        unnamed += bool(speaker and cue.lines and not named)
    return turns, unnamed
