"""What a CV claims, and which of its claims a story or a number is missing for."""

__all__ = ["Claimed", "claims_in"]

import re
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from voicemock.preparation.competencies import competencies_named
from voicemock.preparation.seat.blocks import Block, sentences_of
from voicemock.preparation.stories.ledger import is_claim
from voicemock.preparation.stories.story import Story
from voicemock.preparation.stories.suggest import stems
from voicemock.reading.text import word_set

COVERED, FEWEST = 0.5, 3
"""Share of a line's telling words that a story has if it speaks of the same, and how many at least (voicemock
defaults, unvalidated)."""
_NO_DEEDS = re.compile(
    r"(?:education|skills|technical skills|technologies|languages|interests|hobbies|references|certific\w+|training"
    r"|publications|contact|personal details|awards)\b",
    re.IGNORECASE,
)
"""Headings under which a CV tells of no work."""
_IRREGULAR = word_set(
    "led built grew ran cut held brought set taught wrote took won drove rebuilt began chose found made kept oversaw"
    " spoke sold met gave stood shrank split rewrote undertook put got dealt said"
    " paid sent fought hit read overcame withdrew redid"
)
_OPENING = re.compile(
    r"(?:(?:I|we|successfully|also|then|personally|co-|jointly)[ -]?)*(?P<verb>[A-Za-z]+)", re.IGNORECASE
)
_NO_VERBS = word_set("advanced united red based experienced skilled certified related need speed seed limited detailed")
_UNITS = "second|minute|hour|day|week|month|quarter|year"
_OFTEN = (
    "hourly|nightly|daily|weekly|fortnightly|bi-?weekly|monthly|bi-?monthly|quarterly|half-yearly|yearly|annual(?:ly)?"
)
_LABELS = re.compile(
    r"\b(?:19|20)\d\d\b|\b(?:java|python|php|angular|node|version|v|iso|iec|pci dss|level|tier|phase|series|q|web)"
    r"\s?\d[\d.:]*|\b[a-z]+\d[\w.]*|\b(?:double|single|two|first|second|third|one)-"
    rf"(?!(?:{_UNITS}|person|people|member|strong|digit|figure|fold)\b)[a-z]+",
    re.IGNORECASE,
)
"""Years, and what has a number only in its name."""
_COUNTED = re.compile(
    rf"\b(?:a|an|one|same)[ -](?:{_UNITS})\b|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve)-(?:{_UNITS}"
    r"|person|people|member|strong|digit|figure)\b|\b\w+fold\b|[¼-¾⅐-⅞]|\borders? of magnitude\b"
    rf"|\bto (?:zero|none|nil)\b|\bfrom (?:{_UNITS})s? to (?:{_UNITS})s?\b|\b(?:{_OFTEN})\b.*\b(?:{_OFTEN})\b"
    r"|\b(?:pair|couple|dozens?|handful) of\b",
    re.IGNORECASE,
)
"""A number too: what was saved, or from what to what it went."""


class Claimed(msgspec.Struct, frozen=True, kw_only=True):
    """A line of a CV that tells of something done.

    cv: the file. shows: the competencies of the posting that it speaks of, the weightiest first. number: whether it
    gives one. story: the id of the one that speaks of the same, empty if none does. told: answers that tell that story.
    """

    text: str
    cv: str
    where: str = ""
    shows: tuple[str, ...] = ()
    number: bool
    story: str = ""
    told: int = 0


def claims_in(
    blocks: Sequence[Block], cv: str, stories: Sequence[Story], *, asked: Sequence[str], told: Mapping[str, int]
) -> tuple[Claimed, ...]:
    """Return the lines of a CV that claim something, first those that speak of what a posting weighs most.

    asked: the posting's competencies, the weightiest first. told: how many answers tell each story.
    """
    words = {story.id: stems(story.text) for story in stories}
    found = []
    for text, where in _deeds(blocks):
        named = competencies_named(text)
        story = _nearest(stems(text), words)
        found.append(
            Claimed(
                text=text,
                cv=cv,
                where=where,
                shows=tuple(name for name in asked if name in named),
                number=is_claim(_LABELS.sub(" ", text)) or bool(_COUNTED.search(text)),
                story=story,
                told=told.get(story, 0),
            )
        )
    place = {name: at for at, name in enumerate(asked)}
    return tuple(sorted(found, key=lambda one: min((place[name] for name in one.shows), default=len(place))))


def _deeds(blocks: Sequence[Block]) -> Iterator[tuple[str, str]]:
    """Yield the sentences that begin with what was done, each with where it stands."""
    work = True
    for block in blocks:
        if block.heading:
            work = not _NO_DEEDS.match(block.text)
        elif work:
            yield from ((text, block.where) for text in sentences_of(block.text) if _is_deed(text))


def _is_deed(text: str) -> bool:
    opening = _OPENING.match(text)
    if not opening or len(text.split()) < FEWEST:
        return False
    verb = opening["verb"].lower()
    return verb in _IRREGULAR or (verb.endswith("ed") and len(verb) > 4 and verb not in _NO_VERBS)


def _nearest(words: frozenset[str], stories: Mapping[str, frozenset[str]]) -> str:
    """Return the story that has most of a line's telling words, empty if none has enough."""
    shared = {id: len(words & theirs) for id, theirs in stories.items()}
    best = max(shared, key=shared.__getitem__, default="")
    return best if best and shared[best] >= max(FEWEST, COVERED * len(words)) else ""
