"""The weeks until the interview, made anew each day from what was done."""
