"""Microsoft Teams: its early documents have a line "from --> to", a line with the name, and what was said.

Its later ones are read as ``headed``, its .vtt files as WebVTT.
"""

__all__ = ["read_teams"]

from collections.abc import Sequence

from voicemock.transcripts.cues import cues_in
from voicemock.transcripts.names import looks_like_a_name, tidy
from voicemock.transcripts.turn import Conversation, Turn, joined


def read_teams(lines: Sequence[str]) -> Conversation | None:
    """Return the call in an early Teams document, None if every cue does not begin with a name of its own line."""
    cues = [cue for cue in cues_in([line for line in lines if line]) if cue.lines]
    names = [cue.lines[0] for cue in cues]
    if not cues or not all(map(looks_like_a_name, names)) or any(len(cue.lines) < 2 for cue in cues):
        return None
    if len(set(names)) > len(names) / 2:
        return None
    turns = (
        Turn(speaker=tidy(cue.lines[0]), text=" ".join(cue.lines[1:]), start_s=cue.start_s, end_s=cue.end_s)
        for cue in cues
    )
    return Conversation(format="Microsoft Teams", turns=joined(turns))
