"""What to do about it: follow-ups, what worked, and the next steps."""
