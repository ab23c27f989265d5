"""The thing an answer is about, in the candidate's own word."""

__all__ = ["main_noun", "names_a_thing"]

import itertools
from collections import Counter

from voicemock.reading.numbers import is_number
from voicemock.reading.text import passage, word_set
from voicemock.schema import Transcript

_DETERMINERS = word_set("the our my their this that")
_NOT_THINGS = word_set(
    "end team way time day week month year thing things people one ones other others same first second third last next"
    " whole old new best worst right wrong job goal problem point reason person guy man woman kind company boss manager"
    " director meeting morning night beginning middle rest question answer decision fact idea only most more hard big"
    " small main real very good bad bit lot part moment story start side world case ask brief plan everything who which"
    " morning afternoon evening monday tuesday wednesday thursday friday saturday sunday summer winter spring autumn"
    " weekend quarter christmas easter january wife husband mother father phone peak floor wall city country call head"
    " downside upside option choice trade-off mistake what when then there here just also really actually basically"
    " nobody everybody everyone like know mean said were have been from with that this they them"
)
_LEAST_OFTEN = 3


def main_noun(transcript: Transcript) -> str:
    """Return the word the candidate keeps coming back to; empty if none is plain.

    It comes at least three times, twice after "the", "our" or "my".
    """
    spoken = passage(transcript.text)
    said = Counter(token.word for token in spoken.tokens)
    named = Counter(
        after.word
        for before, after in itertools.pairwise(spoken.tokens)
        if before.word in _DETERMINERS and not after.before and names_a_thing(after.word)
    )
    often = [word for word, times in named.items() if times > 1 and said[word] >= _LEAST_OFTEN]
    return min(often, key=lambda word: (-said[word], word), default="")


def names_a_thing(word: str) -> bool:
    """Return whether a word may be the name of what was worked on, as far as the word alone tells."""
    return word.isalpha() and len(word) > 3 and word not in _NOT_THINGS and not is_number(word)
