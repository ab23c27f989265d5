"""What a job description asks for: its sentences, each weighed by the heading it stands under."""

__all__ = ["Said", "Weighed", "asked_in", "competencies_weighed", "every_sentence", "weight_of"]

import re
from collections.abc import Iterator, Sequence

import msgspec

from voicemock.preparation.competencies import competencies_named
from voicemock.preparation.seat.blocks import Block, sentences_of
from voicemock.preparation.seat.sections import Section, section_named

_WEIGHTS = {Section.DUTIES: 2.0, Section.ASKED: 2.0, Section.NICE: 1.0, Section.OTHER: 1.0}
"""Of a sentence, by its section; voicemock defaults, unvalidated. In any other section nothing is asked for."""
BESIDE = 0.5
"""Share of that weight for what a sentence names after something else (voicemock default, unvalidated)."""


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence of a document. where: such as "line 12" or "page 2"; empty if that is not known."""

    text: str
    where: str = ""
    section: Section = Section.OTHER
    item: bool = False


class Weighed(msgspec.Struct, frozen=True, kw_only=True):
    """What a posting asks for. words: as they stand in each of the sentences, which are in their order."""

    name: str
    weight: float
    words: tuple[str, ...]
    sentences: tuple[Said, ...]


_ADDRESSED = re.compile(
    r"\b(?:you|your|you'll|you're|candidates?|the (?:role|position|job|manager|engineering manager|successful candidate"
    r"|head of \w+|director)|looking for|seeking|must|require[sd]?|responsible for|experience (?:in|with|of)"
    r"|ability to|knowledge of)\b",
    re.IGNORECASE,
)
"""What a sentence that asks for something has, where no heading tells."""
_CLAUSE = re.compile(r"(?:[,;]| and)\s+(?=(?:and )?you (?:will|must|have|can|are|need)\b)", re.IGNORECASE)
"""Where a sentence asks for one more thing."""
_EQUAL = re.compile(
    r"\bequal(?:ly|[- ]opportunit\w+)?\b.*\b(?:employ\w+|opportunit\w+|qualified)|\bequal[- ]opportunit"
    r"|\bregardless of\b|\bwithout regard to\b|\bprotected (?:characteristic|class|veteran|status)|\bdiscriminat"
    r"|\b(?:values?|celebrates?|embraces?|promotes?|champions?|committed to|commitment to)\b.{0,40}\b(?:divers"
    r"|inclusi|equal)|\bunder-?represented\b|\bapplications from\b|\bdisab(?:led|ilit)|\breasonable (?:accommodation"
    r"|adjustment)|\b(?:accommodations?|adjustments)\b.{0,60}\b(?:request|interview|process|need|application)"
    r"|\binclusive (?:employer|workplace|environment|culture)|\b(?:race|religion|ethnicity|sexual orientation"
    r"|gender identity)\b|\bfree of bias\b|\bdon't meet (?:all|every)|\bcriminal (?:record|histor)|\bbackground check"
    r"|\bencourage\w* .{0,40}\bto apply",
    re.IGNORECASE,
)
"""Boilerplate, under whatever heading."""
_OFFERED = re.compile(
    r"^(?:we offer|we'll give you|we give you|enjoy|you(?:'ll| will) (?:get (?:a|an|free|paid|access|\d+)|receive"
    r"|enjoy|benefit)|benefits include)\b|\b(?:salary range|base salary|annual leave|paid (?:time off|leave)|pension"
    r"|401\(?k|health insurance)\b",
    re.IGNORECASE,
)


def every_sentence(blocks: Sequence[Block]) -> tuple[Said, ...]:
    """Return all sentences of a document but its headings, each with its section."""
    return tuple(_sentences(blocks))


def asked_in(sentences: Sequence[Said]) -> tuple[Said, ...]:
    """Return the sentences that ask for something: no benefits, no boilerplate, nothing of the firm itself."""
    return tuple(one for one in sentences if _asks(one))


def competencies_weighed(asked: Sequence[Said]) -> tuple[Weighed, ...]:
    """Return the competencies that sentences ask for, the weightiest first; of two as weighty, the one named first.

    One that every sentence names after something else is only mentioned, and left out.
    """
    found: dict[str, list[tuple[str, Said, float]]] = {}
    mainly = set()
    for sentence in asked:
        for name, (word, first) in _named(sentence.text).items():
            mainly.update([name] if first else [])
            found.setdefault(name, []).append((word, sentence, weight_of(sentence) * (1 if first else BESIDE)))
    weighed = [
        Weighed(
            name=name,
            weight=sum(weight for _, _, weight in its),
            words=tuple(word for word, _, _ in its),
            sentences=tuple(sentence for _, sentence, _ in its),
        )
        for name, its in found.items()
        if name in mainly
    ]
    return tuple(sorted(weighed, key=lambda one: -one.weight))


def _named(text: str) -> dict[str, tuple[str, bool]]:
    """Return the competencies a sentence names, each with the word, and whether one of its clauses names it first."""
    found: dict[str, tuple[str, bool]] = {}
    for clause in _CLAUSE.split(text):
        for place, (name, word) in enumerate(competencies_named(clause).items()):
            if name not in found or (not place and not found[name][1]):
                found[name] = word, not place
    return found


def weight_of(sentence: Said) -> float:
    """Return how much counts what a sentence asks for."""
    return _WEIGHTS.get(sentence.section, 0.0)


def _sentences(blocks: Sequence[Block]) -> Iterator[Said]:
    section = Section.OTHER
    for block, after in zip(blocks, [*blocks[1:], None], strict=True):
        if block.heading:
            section = section_named(block.text) or Section.OTHER
            continue
        for n, text in enumerate(sentences_of(block.text)):
            opens_list = after is not None and after.item and (n or not block.item) and text[-1] not in ".!?"
            if opens_list and (named := section_named(text)):  # "As the manager of this team, you will", and a list
                section = named
            else:
                yield Said(text=text, where=block.where, section=section, item=block.item)


def _asks(sentence: Said) -> bool:
    text = sentence.text.replace("’", "'")
    if sentence.section not in _WEIGHTS or _EQUAL.search(text) or _OFFERED.search(text):
        return False
    return sentence.section is not Section.OTHER or sentence.item or bool(_ADDRESSED.search(text))
