"""Google Meet: a document with attendees, a time every few minutes, and "Name: " before what was said.

"Notes by Gemini" come before the transcript in the same document; they are no one's words and are left out.
"""

__all__ = ["NOTES_ONLY", "read_meet"]

import re
from collections.abc import Sequence

from voicemock.transcripts.plain import colon_turns
from voicemock.transcripts.turn import Conversation, joined

NOTES_ONLY = "notes on the call, not what was said"
_BEGINS = re.compile(r"#*\s*(?:📖\s*Transcript|.+ [-–] Transcript)\s*#*")
_NOTES = re.compile(r"#*\s*(?:📝\s*Notes|.*Notes by Gemini.*)")
_FOOT = re.compile(
    r"\W*(?:Transcription ended after .*|(?:This editable transcript|You should review Gemini|How is the quality of"
    r"|We've updated the|People can also change|Please provide feedback|Get tips and learn how).*)",
    re.I,
)


def read_meet(lines: Sequence[str]) -> Conversation | None:
    """Return the call in a document of Google Meet, None if it is none; without turns if it holds only notes."""
    begins = next((place for place, line in enumerate(lines) if _BEGINS.fullmatch(line)), None)
    notes = any(map(_NOTES.fullmatch, lines))
    if begins is None and notes:
        return Conversation(format="Google Meet", turns=(), notes=(NOTES_ONLY,))
    if begins is None and not any(map(_FOOT.fullmatch, lines)):
        return None
    said = [line for line in lines[(begins or -1) + 1 :] if not _FOOT.fullmatch(line)]
    return Conversation(format="Google Meet", turns=joined(colon_turns(said)))
