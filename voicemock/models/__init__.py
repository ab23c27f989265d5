"""Whisper models: the catalogue, and where they come from."""
