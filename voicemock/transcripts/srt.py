"""SubRip: numbered cues, with a comma in their times; names before a colon, where there are any."""

__all__ = ["read_srt"]

from collections.abc import Sequence

from voicemock.transcripts.cues import cues_in
from voicemock.transcripts.turn import Conversation
from voicemock.transcripts.vtt import named


def read_srt(lines: Sequence[str]) -> Conversation | None:
    """Return the call in a SubRip file, None if there are no cues."""
    cues = cues_in(lines)
    return named(cues, "SubRip") if cues else None
