"""Which format a file is in: told by what it holds, not by how it is called."""

__all__ = ["read_transcript"]

from pathlib import Path

import msgspec

from voicemock.errors import UsageError
from voicemock.transcripts.headed import read_headed
from voicemock.transcripts.meet import NOTES_ONLY, read_meet
from voicemock.transcripts.plain import read_plain
from voicemock.transcripts.srt import read_srt
from voicemock.transcripts.teams import read_teams
from voicemock.transcripts.text_in import lines_of
from voicemock.transcripts.turn import Conversation
from voicemock.transcripts.vtt import read_vtt

_READERS = (read_vtt, read_teams, read_srt, read_meet, read_headed, read_plain)
"""From the one that is surest of its own."""
_SHAPES = "Each turn needs a name, as in `Ana Ruiz: What I did was …`. docs/debrief.md shows the formats."


def read_transcript(path: Path, data: bytes) -> Conversation:
    """Return who said what in a file; raises UsageError if that cannot be told.

    At least two people are named in what is returned.
    """
    lines, notes = lines_of(path, data)
    found = next((call for read in _READERS if (call := read(lines))), None)
    if found and NOTES_ONLY in found.notes:
        raise UsageError(f"{path} holds {NOTES_ONLY}.", hint="Export the transcript itself.")
    if found is None or not found.speakers:
        raise UsageError(f"{path} does not say who speaks, so whose answers they are cannot be told.", hint=_SHAPES)
    if len(found.speakers) == 1:
        raise UsageError(
            f"{path} names one speaker only, {found.speakers[0]}: there are no questions to tell from answers.",
            hint=_SHAPES,
        )
    return msgspec.structs.replace(found, notes=(*notes, *found.notes))
