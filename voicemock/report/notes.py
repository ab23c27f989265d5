"""The notes of an answer: what the candidate typed, and what there is to know about it."""

__all__ = ["notes_of"]

from voicemock.schema import AnswerReport

TYPED = "Your note at "
"""How a note that the candidate typed begins."""


def notes_of(answer: AnswerReport) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what the candidate typed, which older sessions kept among the notes, and the other notes."""
    typed = [note for note in answer.notes if note.startswith(TYPED)]
    own = tuple(note.removeprefix(TYPED) for note in (*typed, *answer.candidate_notes))
    return own, tuple(note for note in answer.notes if note not in typed)
