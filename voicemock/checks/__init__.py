"""One file a check: pure functions of an answer."""
