"""Load any file, record crash-safely, play, and speak with the interviewer's voices."""
