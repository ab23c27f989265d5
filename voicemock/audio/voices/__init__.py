"""The interviewer's voices."""
