"""The claim ledger: every number said about a story, where two tellings differ, and what was taken back."""

__all__ = ["Claim", "Differs", "Ledger", "is_claim", "ledger_of", "stands"]

import re
from collections.abc import Iterator, Sequence

import msgspec

from voicemock.archive.practised import Practised
from voicemock.phrases import shortened
from voicemock.preparation.stories.story import Retracted, Story
from voicemock.reading.amounts import Amount, words_and_amounts
from voicemock.reading.number_words import PEOPLE, STAFF
from voicemock.reading.numbers import Quantity, find_quantities
from voicemock.reading.retold import by_noun, differ
from voicemock.reading.text import Passage, passage, word_set

WRITTEN = ""
"""The session of a number that stands in the story's file."""
_MANNERS = word_set("way thing time step reason option question part kind sort type word line side")
"""Nouns whose number is a manner of speaking."""
_SIGNS = (("percent", re.compile(r"%|\bpercent\b")), ("dollar", re.compile(r"\$|\bdollars?\b")))
_BETWEEN = re.compile(r" (?:to|or|and|of|in) ")
_TEAM = "of a team"
_TEAMS = word_set("team squad group crew organisation organization department")
_PEOPLE = frozenset({_TEAM} | {word.removesuffix("s") for word in STAFF | PEOPLE})
"""The units of people; the first is that of "a team of twelve"."""
MOST_SHORT = 4
"""Words in a number of the story's file that stands alone, so that nothing beside it tells what it counts (voicemock
default, unvalidated)."""


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """One number as it was told.

    number: in lower case, as it was said. quote: its sentence. session, started_at: empty if it is written in the file.
    """

    number: str
    quote: str
    session: str = WRITTEN
    started_at: str = ""
    question: str = ""


class Differs(msgspec.Struct, frozen=True, kw_only=True):
    """A count that was told in two ways.

    sure: words beside both say that they count the same; if not, only what is counted agrees.
    """

    noun: str
    was: Claim
    now: Claim
    sure: bool = True


class Ledger(msgspec.Struct, frozen=True, kw_only=True):
    """All numbers of one story, the oldest first.

    takes: answers that tell it. again: claims that were made after they were taken back.
    """

    takes: int
    claims: tuple[Claim, ...]
    differs: tuple[Differs, ...]
    again: tuple[Claim, ...]


def ledger_of(story: Story, rows: Sequence[Practised]) -> Ledger:
    """Return a story's ledger; rows: the answers that tell it."""
    written = [c for entry in story.numbers for c in _claims(entry, Claim(number="", quote=entry))]
    said = [claim for row in rows for claim in _said(row)]
    again = [c for c in said if any(_says(c.number, r) and r.before(c.started_at) for r in story.retracted)]
    return Ledger(
        takes=len(rows),
        claims=tuple(written + said),
        differs=tuple(d for d in _differences(story, rows) if not _settled(d, story.retracted)),
        again=tuple(again),
    )


def is_claim(text: str) -> bool:
    """Return whether a text holds a number, so that it can be taken back."""
    return bool(list(_quantities(text)))


def stands(number: str, story: Story) -> bool:
    """Return whether a number of a story has not been taken back."""
    claims = list(_claims(number, Claim(number="", quote=number)))
    return not any(_says(claim.number, back) for claim in claims for back in story.retracted)


def _said(row: Practised) -> Iterator[Claim]:
    quotes = {(a.value, a.noun): a.quote for a in row.amounts}
    asked = row.question.text if row.question else ""
    about = Claim(number="", quote="", session=row.session.id, started_at=row.session.started_at, question=asked)
    yield from _claims(row.said, about, quotes)


def _claims(text: str, about: Claim, quotes: dict[tuple[float, str], str] | None = None) -> Iterator[Claim]:
    """Yield the numbers of a text; quotes: of some, the sentence as it was said."""
    for quantity, spoken in _quantities(text):
        start, end = spoken.chars(_first(quantity, spoken), quantity.end)
        quote = about.quote or (quotes or {}).get((quantity.values[0], quantity.unit)) or _sentence(quantity, spoken)
        yield msgspec.structs.replace(about, number=spoken.text[start:end], quote=quote)


def _quantities(text: str) -> Iterator[tuple[Quantity, Passage]]:
    spoken = passage(text)
    for quantity in find_quantities(spoken):
        only_one = quantity.values == (1.0,) and spoken.word(quantity.head) in ("one", "a", "an")
        if not only_one and quantity.unit.removesuffix("s") not in _MANNERS:
            yield quantity, spoken


def _sentence(quantity: Quantity, spoken: Passage) -> str:
    first, end = next(span for span in spoken.sentences if span[1] > quantity.head)
    start, stop = spoken.chars(first, end)
    return shortened(spoken.text[start:stop])


def _says(number: str, retracted: Retracted) -> bool:
    """Return whether a number is one that was taken back: with its values in their order, of its unit if it had one.

    A range says both of its ends. "A team of twelve" is twelve people, whatever they are called.
    """
    taken_back = [_parts(*found) for found in _quantities(retracted.claim)]
    said = [_parts(*found) for found in _quantities(number)]
    return any(_holds(one, two) for one in said for two in taken_back)


def _holds(said: Sequence[tuple[float, str]], back: Sequence[tuple[float, str]]) -> bool:
    parts = iter(said)
    return all(any(_same(part, one) for part in parts) for one in back)


def _same(said: tuple[float, str], back: tuple[float, str]) -> bool:
    units = {said[1], back[1]}
    return said[0] == back[0] and (not back[1] or len(units) == 1 or (_TEAM in units and units <= _PEOPLE))


def _parts(quantity: Quantity, spoken: Passage) -> list[tuple[float, str]]:
    """Return each value of a number with its unit: of a range's first number, that of the last if it has none."""
    said = " ".join(spoken.word(i) for i in range(quantity.first, quantity.end))
    units = [_TEAM if _first(quantity, spoken) < quantity.first else _unit(quantity, said)]
    if len(quantity.values) > 1:
        parts = [(one, part) for part in map(passage, _BETWEEN.split(said)) for one in find_quantities(part)]
        if tuple(one.values[0] for one, _ in parts) == quantity.values:
            units = [_unit(one, part.text) or units[0] for one, part in parts]
    return list(zip(quantity.values, units * (len(quantity.values) if len(units) == 1 else 1), strict=True))


def _unit(quantity: Quantity, said: str) -> str:
    unit = next((unit for unit, sign in _SIGNS if sign.search(said)), quantity.unit).removesuffix("s")
    return "people" if unit == "person" else unit


def _first(quantity: Quantity, spoken: Passage) -> int:
    """Return where a number begins: with the team that it is the size of."""
    of_team = spoken.word(quantity.first - 1) == "of" and spoken.word(quantity.first - 2) in _TEAMS
    return quantity.first - 2 if of_team and not quantity.unit else quantity.first


def _differences(story: Story, rows: Sequence[Practised]) -> Iterator[Differs]:
    """Yield the counts whose last telling differs from the one before, or from the file."""
    found: dict[str, Differs] = {}
    last: dict[str, tuple[Amount, Claim]] = {}
    for row in (row for row in rows if not row.replaced):
        for noun, amount in by_noun(row.amounts).items():
            was, now = last.get(noun), (amount, _of(row))
            last[noun] = now
            found.pop(noun, None)
            if was and differ(was[0], amount):
                found[noun] = _differs(noun, was, now)
    yield from found.values()
    for entry in story.numbers:
        alone = len(entry.split()) <= MOST_SHORT
        for noun, amount in by_noun(words_and_amounts(entry)[1]).items():
            if noun not in last:
                continue
            sure = differ(amount, last[noun][0])
            if sure or (alone and _other(amount, last[noun][0])):
                yield _differs(noun, (amount, Claim(number="", quote=entry)), last[noun], sure=sure)


def _other(one: Amount, two: Amount) -> bool:
    return differ(msgspec.structs.replace(one, beside=two.beside), two)


def _differs(noun: str, was: tuple[Amount, Claim], now: tuple[Amount, Claim], *, sure: bool = True) -> Differs:
    return Differs(noun=noun, was=_claim(was[1], was[0]), now=_claim(now[1], now[0]), sure=sure)


def _of(row: Practised) -> Claim:
    return Claim(number="", quote="", session=row.session.id, started_at=row.session.started_at)


def _claim(about: Claim, amount: Amount) -> Claim:
    number = f"{amount.value:,.10g} {amount.noun}"
    return msgspec.structs.replace(about, number=number, quote=about.quote or amount.quote)


def _settled(differs: Differs, retracted: Sequence[Retracted]) -> bool:
    return any(_says(one.number, back) for one in (differs.was, differs.now) for back in retracted)
