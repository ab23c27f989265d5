"""Which numbers an answer gives, by what they measure, and which it surely does not give.

A kind is called not heard only where no number of the whole answer can be of it. A number that says nothing of itself
("from 900 to 200") may be of any kind, so one such number is enough to call nothing missing.
"""

__all__ = ["ASKED_FOR", "NumberSaid", "numbers_not_told", "numbers_said", "numbers_told"]

from bisect import bisect_left
from itertools import accumulate

import msgspec

from voicemock.reading import number_words as words
from voicemock.reading.number_kinds import Form, form_of, kind_of, nouns_behind
from voicemock.reading.numbers import Quantity, find_quantities, is_number
from voicemock.reading.text import Passage, passage, word_set
from voicemock.schema import Evidence, Number, NumberKind, Transcript

ASKED_FOR = (NumberKind.USERS, NumberKind.RATE, NumberKind.LATENCY, NumberKind.ERRORS, NumberKind.MONEY)
"""The numbers to know, by the article 'EM Loop: The Tech Deep-dive Interview'."""

_ANY = frozenset(ASKED_FOR)
_PERSONS = words.USERS | words.STAFF | words.PEOPLE
_LABELS = word_set("version step page number chapter level tier week day phase python java postgres sev severity")
"""Before a number that only names something: "version 12"."""
_CLOCK = word_set("am pm o'clock oclock")
_THINGS = word_set(
    "server servers machine machines node nodes service services microservice microservices database databases table"
    " tables row rows query queries request requests event events message messages call calls page pages file files"
    " line lines team teams region regions zone zones cluster clusters pod pods container containers queue queues job"
    " jobs deploy deploys release releases build builds test tests option options thing things way ways step steps part"
    " parts time times gigabyte gigabytes terabyte terabytes core cores shard shards partition partitions replica"
    " replicas copies boxes system systems alert alerts alarm alarms page metric metrics dashboard dashboards log logs"
    " reason reasons choice choices question questions ticket tickets order orders payment payments transaction"
    " transactions commit commits retry retries meeting meetings sprint sprints percent"
)
"""Nouns of what is no user, whatever is built."""
_HINTS: dict[NumberKind, frozenset[str]] = {
    NumberKind.USERS: _PERSONS | words.USE,
    NumberKind.RATE: word_set(
        "per each every daily hourly weekly monthly nightly second minute hour day night week month year rate share"
        " traffic load throughput often half third most"
    ),
    NumberKind.LATENCY: words.SLOW | word_set("speed quick quicker quickly time times took take takes wait waited"),
    NumberKind.ERRORS: words.ERRORS
    | words.FAILED
    | word_set(
        "wrong lost lose losing missed missing dropped dropping rejected declined bad late double twice duplicate"
        " duplicates mistake mistakes alert alerts alarm alarms ticket tickets complaint complaints broke break breaks"
        " breaking fault faults faulty retry retries retried returned back success successful succeeded died die"
        " broken crashed exception quality corrupt corrupted 500s 5xx errored"
    ),
    NumberKind.MONEY: words.CUES[NumberKind.MONEY]
    | word_set("money cheap cheaper expensive pricey worth charge charged"),
}
"""Words that, near a number, keep its kind from being called missing."""


class NumberSaid(msgspec.Struct, frozen=True, kw_only=True):
    """A number, whether or not it proves anything. values: several of a range. change: said as "from … to …"."""

    kind: NumberKind
    values: tuple[float, ...]
    evidence: Evidence
    change: bool


def numbers_said(transcript: Transcript) -> tuple[NumberSaid, ...]:
    """Return every number of a text in order, but for those that only name something, and a bare "one"."""
    spoken = passage(transcript.text)
    return tuple(
        _said(quantity, spoken, transcript)
        for quantity in find_quantities(spoken)
        if not _is_label(spoken, quantity.head) and not _is_only_one(quantity, spoken)
    )


def _said(quantity: Quantity, spoken: Passage, transcript: Transcript) -> NumberSaid:
    kind = kind_of(quantity, spoken)
    persons = [i for i in nouns_behind(quantity, spoken) if spoken.word(i) in _PERSONS]
    place = spoken.chars(quantity.first, max(quantity.end, *(i + 1 for i in persons), 0))  # "50,000 daily active users"
    return NumberSaid(
        kind=kind,
        values=quantity.values,
        evidence=transcript.evidence(*place),
        change=len(quantity.values) > 1 and spoken.word(quantity.first) == "from",
    )


def numbers_told(transcript: Transcript, quotes: tuple[Evidence, ...]) -> tuple[Number, ...]:
    """Return the numbers quoted as metrics, each with what it measures."""
    spoken = passage(transcript.text)
    places = sorted((e.char_start, e.char_end) for e in quotes if e.char_start is not None and e.char_end is not None)
    starts = [since for since, _ in places]
    reached = [0, *accumulate((until for _, until in places), max)]  # how far those reach that begin before a place
    found = []
    for quantity in find_quantities(spoken):
        start, end = spoken.chars(quantity.first, quantity.end)
        if start < reached[bisect_left(starts, end)]:
            found.append(Number(kind=kind_of(quantity, spoken), evidence=transcript.evidence(start, end)))
    return tuple(found)


def numbers_not_told(transcript: Transcript) -> tuple[NumberKind, ...]:
    """Return the kinds of numbers of which there surely is none in the whole answer."""
    spoken = passage(transcript.text)
    quantities = find_quantities(spoken)
    covered = {i for quantity in quantities for i in range(quantity.first, quantity.end)}
    if any(_is_stray(spoken, i) for i in range(len(spoken.tokens)) if i not in covered):
        return ()
    possible = frozenset[NumberKind]().union(*(_possible(quantity, spoken) for quantity in quantities))
    return tuple(kind for kind in ASKED_FOR if kind not in possible)


def _is_stray(spoken: Passage, i: int) -> bool:
    """Whether a token is a number that the grammar did not take in, and no year or name: "4k users"."""
    word = spoken.word(i)
    return is_number(word) and not _is_label(spoken, i) and word != "one" and word not in words.SECONDS


def _is_label(spoken: Passage, i: int) -> bool:
    """Whether the number at a token only names something: a year, a version, a time of day."""
    year = spoken.word(i).isdigit() and len(spoken.word(i)) == 4 and spoken.word(i)[:2] in ("19", "20")
    return year or spoken.word(i - 1) in _LABELS or spoken.word(i + 1) in _CLOCK or ":" in spoken.word(i)


def _possible(quantity: Quantity, spoken: Passage) -> frozenset[NumberKind]:
    """Return every kind that a number may be of, by its form and the words of its sentence and the two beside it."""
    form = form_of(quantity, spoken)
    kind = kind_of(quantity, spoken)
    if _is_label(spoken, quantity.head) or (_is_only_one(quantity, spoken) and kind is NumberKind.OTHER):
        return frozenset()
    if form.bare and kind is NumberKind.OTHER:
        return _ANY
    if form.units & (words.MONEY | words.SHORT):
        return frozenset({kind})
    near = _near(quantity, spoken)
    hinted = {hinted for hinted in ASKED_FOR if not _HINTS[hinted].isdisjoint(near)}
    return frozenset({kind} | _by_form(form) | hinted)


def _by_form(form: Form) -> set[NumberKind]:
    if form.share:  # "maybe a tenth of a percent" failed, perhaps
        return {NumberKind.RATE, NumberKind.ERRORS}
    found = {NumberKind.RATE} if form.timed else set()
    if form.units & (words.SECONDS | words.LONGER):
        return found | {NumberKind.LATENCY}
    return found if form.units & _THINGS else found | {NumberKind.USERS}


def _is_only_one(quantity: Quantity, spoken: Passage) -> bool:
    return quantity.values == (1.0,) and spoken.word(quantity.head) in ("one", "a", "an")


def _near(quantity: Quantity, spoken: Passage) -> set[str]:
    """Return the words of the sentence a quantity stands in, and of those before and after it."""
    at = next(n for n, (_, end) in enumerate(spoken.sentences) if end > quantity.head)
    around = spoken.sentences[max(at - 1, 0) : at + 2]
    return {token.word for token in spoken.tokens[around[0][0] : around[-1][1]]}
