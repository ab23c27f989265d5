"""Questions like those the reader learned from."""

__all__ = ["FAMILIAR", "is_familiar", "question_words"]

import functools

from voicemock.reading.encoder import FOLDER
from voicemock.reading.text import passage

FAMILIAR = FOLDER / "question_words.txt"


def is_familiar(question: str) -> bool:
    """Return whether every word of a question stands in those that the reader learned from.

    Only of these can it tell what lies beside them: "What do you like to cook?" is answered by a recipe.
    """
    return question_words(question) <= _familiar_words()


def question_words(question: str) -> set[str]:
    """Return the words of a question, numbers left out."""
    return {token.word for token in passage(question).tokens if token.word.isalpha()}


@functools.cache
def _familiar_words() -> frozenset[str]:
    return frozenset(FAMILIAR.read_text("utf-8").split())
