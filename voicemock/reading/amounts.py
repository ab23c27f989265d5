"""How many of what: the plain counts in an answer, so that the same count told twice can be compared."""

__all__ = ["SENTENCE_END", "Amount", "words_and_amounts"]

import msgspec

from voicemock.phrases import shortened
from voicemock.reading.number_kinds import kind_of
from voicemock.reading.numbers import Quantity, find_quantities
from voicemock.reading.text import HESITATIONS, Passage, passage, word_set
from voicemock.schema import NumberKind

SENTENCE_END = "."

_KINDS = frozenset({NumberKind.PEOPLE, NumberKind.USERS, NumberKind.MONEY, NumberKind.OTHER})
"""A time, a rate or a speed is told of many things in one story; which of them is meant, words do not tell."""
_NOT_COUNTED = word_set(
    "ways things times steps reasons options questions parts kinds sorts types words lines minutes hours days weeks"
    " months years seconds quarters sprints points sides percent tens halves thirds"
)
"""Nouns whose number is a manner of speaking, or a time."""
_VAGUE = word_set("couple few several dozens hundreds thousands millions billions half third quarter")
_ROUGH = word_set(
    "about around roughly maybe almost nearly over under more less up some least most approximately perhaps probably"
    " north south barely below above fewer something odd plus ish or so"
)
_WEAK = word_set("a an the of to in on at and or but so then by with for i it that this these those was is be")
_PEOPLE_WITHOUT_S = word_set("people staff")
BESIDE = 3
"""Words looked at on either side of a number (voicemock default, unvalidated)."""


class Amount(msgspec.Struct, frozen=True, kw_only=True):
    """One count: ten engineers.

    rough: "about", "almost" and their like stand with it. beside: the telling words next to it.
    quote: its sentence, the middle left out if it is long.
    """

    kind: NumberKind
    noun: str
    value: float
    rough: bool
    beside: tuple[str, ...]
    quote: str


def words_and_amounts(text: str) -> tuple[str, tuple[Amount, ...]]:
    """Return the words of a text, and its plain counts in order.

    The words are in lower case without hesitations, sentences parted by a full stop of its own. Ranges, fractions,
    rates and times are no counts.
    """
    spoken = passage(text)
    words = [token.word for token in spoken.tokens]
    said = []
    for first, end in spoken.sentences:
        said += [word for word in words[first:end] if word not in HESITATIONS]
        said.append(SENTENCE_END)
    found = (_amount(quantity, spoken, text) for quantity in find_quantities(spoken))
    return " ".join(said), tuple(amount for amount in found if amount)


def _amount(quantity: Quantity, spoken: Passage, text: str) -> Amount | None:
    noun = quantity.unit
    countable = noun in _PEOPLE_WITHOUT_S or (len(noun) > 3 and noun.endswith("s") and not noun.endswith("ss"))
    if not countable or noun in _NOT_COUNTED or len(quantity.values) != 1 or quantity.values[0] < 2:
        return None
    inside = {spoken.word(i) for i in range(quantity.first, quantity.end)}
    if inside & _VAGUE or (kind := kind_of(quantity, spoken)) not in _KINDS:
        return None
    before = [spoken.word(i) for i in range(max(0, quantity.first - BESIDE), quantity.first)]
    after = [spoken.word(i) for i in range(quantity.end, min(len(spoken.tokens), quantity.end + BESIDE))]
    first, end = next(span for span in spoken.sentences if span[1] > quantity.head)
    start, stop = spoken.chars(first, end)
    return Amount(
        kind=kind,
        noun=noun,
        value=quantity.values[0],
        rough=bool(inside & _ROUGH),
        beside=tuple(word for word in (*before, *after) if word not in _WEAK | HESITATIONS),
        quote=shortened(" ".join(text[start:stop].split())),
    )
