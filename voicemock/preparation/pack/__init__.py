"""The day before: a card on one page, and a take that can be cut."""
