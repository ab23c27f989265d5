"""Whether an answer is in English, the one language that is read."""

__all__ = ["NOT_ENGLISH", "seems_english"]

from voicemock.reading.text import HESITATIONS, Passage, word_set

NOT_ENGLISH = "This reads English, and the answer seems to be in another language: its signals were not assessed."

_COMMON = word_set("the a an and of to in on for with is was are were it that this i you we he she they my your but")
_LEAST_SHARE = 0.12  # voicemock default: English answers have two or three times as many, other languages a third
_LEAST_WORDS = 40  # of fewer it is chance


def seems_english(spoken: Passage) -> bool:
    """Return whether enough of the words are those that any English is full of; true of a few words."""
    said = [token.word for token in spoken.tokens if token.word[0].isalpha() and token.word not in HESITATIONS]
    return len(said) < _LEAST_WORDS or sum(word in _COMMON for word in said) >= _LEAST_SHARE * len(said)
