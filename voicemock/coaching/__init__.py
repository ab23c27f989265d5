"""What to do about it: follow-ups and the next steps."""
