"""Stored sessions: what was asked, recorded and found, on disk."""
