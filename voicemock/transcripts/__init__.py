"""Transcripts of calls as other programs write them: one file a format, each from text to who said what."""

__all__ = ["Conversation", "Turn", "holds_text", "read_transcript", "took_s"]

from voicemock.transcripts.formats import read_transcript
from voicemock.transcripts.text_in import holds_text
from voicemock.transcripts.turn import Conversation, Turn, took_s
