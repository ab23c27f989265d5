"""A real interview read afterwards: who answers, which question an answer belongs to, what was practised of it."""
