"""The thing an answer is about, in the candidate's own word."""

__all__ = ["main_noun", "names_a_thing"]

from collections import Counter

from voicemock.reading.number_values import NOT_UNIT
from voicemock.reading.numbers import is_number
from voicemock.reading.text import passage, word_set
from voicemock.schema import Transcript

_DETERMINERS = word_set("the our my their")
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
_NOT_DONE_TO = word_set(
    "ability career lesson limitation limitations pain interest ideas place rate number minutes hours friends"
)
"""Nouns that may change, but of which nobody asks what was done to them."""
_GOES_ON = NOT_UNIT | word_set(
    "being did does done he'd i'd i'm i've isn't it's may might must should wasn't we'd we're we've weren't went whose"
)
"""What follows a noun that names no other; before a verb it cannot be told."""
_LEAST_OFTEN = 3


def main_noun(transcript: Transcript) -> str:
    """Return the word the candidate keeps coming back to, as it is written; empty if none is plain.

    It comes at least three times, twice after "the", "our" or "my"; and more often by itself than to name something
    else, as in "the error budget".
    """
    spoken = passage(transcript.text)
    said = Counter(token.word for token in spoken.tokens)
    alone: Counter[str] = Counter()
    written: dict[str, str] = {}
    for i in range(1, len(spoken.tokens)):
        token = spoken.tokens[i]
        if spoken.word(i - 1) not in _DETERMINERS or token.before or token.word in _NOT_DONE_TO:
            continue
        if names_a_thing(token.word):
            after = spoken.word(i + 1)
            by_itself = token.after.strip("-") or after in _GOES_ON or after.endswith("ed")  # "the battery died"
            alone[token.word] += 1 if by_itself else -1
            written[token.word] = spoken.text[token.start : token.end]
    often = [word for word, times in alone.items() if times > 1 and said[word] >= _LEAST_OFTEN]
    return written.get(min(often, key=lambda word: (-said[word], word), default=""), "")


def names_a_thing(word: str) -> bool:
    """Return whether a word may be the name of what was worked on, as far as the word alone tells."""
    return word.isalpha() and len(word) > 3 and word not in _NOT_THINGS | NOT_UNIT and not is_number(word)
