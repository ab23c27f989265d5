"""What the sound says: pieces, words, filled pauses, prosody; and the Whisper models."""
