"""The process that listens while an answer is given."""
