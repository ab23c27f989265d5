"""Plain text: "Name: what was said", with a time before or after the name, or without one."""

__all__ = ["colon_turns", "read_plain"]

import re
from collections.abc import Sequence

from voicemock.transcripts.names import labelled, speakers_among
from voicemock.transcripts.times import TIME, seconds
from voicemock.transcripts.turn import Conversation, Turn, joined

_ALONE = re.compile(rf"\W*({TIME})\W*")
_BEFORE = re.compile(rf"[(\[]?({TIME})[)\]]?\s+(?=\S)")
_AFTER = re.compile(rf" ?[(\[]({TIME})[)\]](?=\s*[:：])")


def read_plain(lines: Sequence[str]) -> Conversation | None:
    """Return the call in a text in which each turn begins with a name, None if no line does."""
    turns = joined(colon_turns(lines))
    return Conversation(format="plain text", turns=turns) if turns else None


def colon_turns(lines: Sequence[str]) -> list[Turn]:
    """Return what is said from the first name on; a line without a name goes on with the turn before."""
    timed = [_without_time(line) for line in lines]
    labels = [found.name for line, _ in timed if (found := labelled(line))]
    count = sum(bool(line) for line, _ in timed)
    names = speakers_among(labels, count)
    usual = 2 * sum(bool(_BEFORE.match(line)) for line in lines) > count
    turns: list[Turn] = []
    now: float | None = None
    for written, (line, at_s) in zip(lines, timed, strict=True):
        if at_s is not None and not (usual or _is_stamp(written, line, names)):
            line, at_s = written, None
        now = at_s if at_s is not None else now
        found = labelled(line)
        if found and found.name in names:
            turns.append(Turn(speaker=found.name, text=found.text, start_s=now))
            now = None  # a time that stands every few minutes is when the first turn below it began, and no other
        elif turns and line:
            last = turns[-1]
            turns[-1] = Turn(speaker=last.speaker, text=f"{last.text} {line}".strip(), start_s=last.start_s)
    return turns


def _is_stamp(written: str, line: str, names: frozenset[str]) -> bool:
    """Return whether a time in a line is when it was said, and no part of it: "10:45 and it took us an hour"."""
    found = labelled(line)
    return not line or written[:1] in ("(", "[") or (found is not None and found.name in names)


def _without_time(line: str) -> tuple[str, float | None]:
    if found := _ALONE.fullmatch(line):
        return "", seconds(found[1])
    if found := _BEFORE.match(line) or _AFTER.search(line):
        return line[: found.start()] + line[found.end() :], seconds(found[1])
    return line, None
