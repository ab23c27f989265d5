"""The spoken session: asking, recording, keeping."""
