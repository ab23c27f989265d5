"""WebVTT (https://www.w3.org/TR/webvtt1/): voice spans as Teams writes them, or "Name: " as Zoom does."""

__all__ = ["read_vtt"]

import html
import re
from collections.abc import Sequence

from voicemock.phrases import plural
from voicemock.transcripts.cues import Cue, cues_in, spoken_in
from voicemock.transcripts.names import tidy
from voicemock.transcripts.turn import Conversation, Turn, joined

_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?(?:\s+([^<>]*))?>")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<\d[\d:.]*>")


def read_vtt(lines: Sequence[str]) -> Conversation | None:
    """Return the call in a WebVTT file, None if it is none."""
    if not lines or not lines[0].startswith("WEBVTT"):
        return None
    cues = cues_in(lines)
    if any(_VOICE.search(line) for cue in cues for line in cue.lines):
        return Conversation(format="WebVTT with voices", turns=joined(turn for cue in cues for turn in _voices(cue)))
    return named(cues, "WebVTT")


def named(cues: Sequence[Cue], format: str) -> Conversation:
    """Return the call in cues that begin with a name, or do not."""
    turns, unnamed = spoken_in([cue._replace(lines=tuple(map(_plain, cue.lines))) for cue in cues])
    note = f"{plural(unnamed, 'cue')} without a name given to whoever was named before."
    return Conversation(format=format, turns=joined(turns), notes=(note,) if unnamed else ())


def _voices(cue: Cue) -> list[Turn]:
    text = " ".join(cue.lines)
    before, *spans = _VOICE.split(text)
    found = [("", before), *zip(map(tidy, (name or "" for name in spans[::2])), spans[1::2], strict=True)]
    spoken = [(name, _plain(said)) for name, said in found if said.strip()]
    end_s = cue.end_s if len(spoken) == 1 else None
    return [Turn(speaker=name, text=said, start_s=cue.start_s, end_s=end_s) for name, said in spoken]


def _plain(text: str) -> str:
    return " ".join(html.unescape(_TAG.sub("", text)).split())
