"""A line with the name and the time, and what was said beneath: Otter's text, Teams' documents, Zoom's captions."""

__all__ = ["read_headed"]

import re
from collections.abc import Sequence

from voicemock.transcripts.names import looks_like_a_name, tidy
from voicemock.transcripts.times import TIME, seconds
from voicemock.transcripts.turn import Conversation, Turn, joined

_HEADER = re.compile(rf"(?P<name>\[[^\]]+\]|[^\[\]]{{1,80}}?)\s+[(\[]?(?P<time>{TIME})[)\]]?")
_BESIDE = re.compile(
    r"Transcribed by https?://otter\.ai.*|.{1,80} (?:started|stopped) transcription|(?:SUMMARY )?KEYWORDS|SPEAKERS",
    re.I,
)
LONGEST = 200
"""Characters; a longer line is no name with a time (voicemock default, unvalidated)."""
_LEAST = 2
"""Headers that make a file one of this format: one may be chance (voicemock default, unvalidated)."""


def read_headed(lines: Sequence[str]) -> Conversation | None:
    """Return the call in a file with headers, None if it has fewer than two."""
    turns: list[Turn] = []
    clock = 0
    for line in lines:
        found = _HEADER.fullmatch(line) if len(line) <= LONGEST else None
        name = tidy(found["name"].strip("[]")) if found else ""
        if found and looks_like_a_name(name):
            turns.append(Turn(speaker=name, text="", start_s=seconds(found["time"])))
            clock += found["name"].startswith("[")
        elif turns and line and not _BESIDE.fullmatch(line):
            said = f"{turns[-1].text} {line}".strip()
            turns[-1] = Turn(speaker=turns[-1].speaker, text=said, start_s=turns[-1].start_s)
    if len(turns) < _LEAST:
        return None
    if clock == len(turns):
        return Conversation(format="Zoom captions", turns=joined(_from_the_start(turns)))
    # Teams writes a short word from the side at its time, sometimes before what it interrupts: the order is kept
    return Conversation(format="names and times", turns=joined(turns))


def _from_the_start(turns: Sequence[Turn]) -> list[Turn]:
    """Turn times of the day into times of the call, also over midnight."""
    first = turns[0].start_s or 0.0
    return [Turn(speaker=one.speaker, text=one.text, start_s=((one.start_s or 0.0) - first) % 86_400) for one in turns]
