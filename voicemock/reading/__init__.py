"""What the words of an answer say: fillers, ownership, signals."""
