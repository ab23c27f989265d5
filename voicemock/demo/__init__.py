"""A whole session without a microphone."""
