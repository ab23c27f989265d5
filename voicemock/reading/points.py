"""What an explanation holds of the points people expect, and the words its listener would not know.

A plain matcher, so that anybody can see why a point counts: the words of the answer against the words that people use
for it, as the question set lists them. What it does not find may have been said in other words.
"""

__all__ = ["find_jargon", "find_points", "points_in"]

from collections.abc import Sequence

from voicemock.reading.english import seems_english
from voicemock.reading.text import Passage, Token, passage, word_set
from voicemock.schema import Evidence, Point, PointHeard, Question, Transcript

_AROUND = 4
"""Words quoted on either side of what was found."""
_SKIPPED = word_set("a an the um uh er erm")
"""Words that come between others without a meaning of their own."""
_LEAST_CONFIDENCE = 0.5  # voicemock default, unvalidated: mean word probability, as for signals

Phrase = tuple[tuple[str, bool], ...]
"""Words, and whether each stands for all that begin so."""


def find_points(transcript: Transcript, question: Question | None) -> tuple[PointHeard, ...]:
    """Return for each point of the question whether its words were heard; none if the words cannot be judged."""
    return points_in(transcript, question.points) if question else ()


def points_in(transcript: Transcript, points: Sequence[Point]) -> tuple[PointHeard, ...]:
    """Return for each of some points whether its words were heard; none if the words cannot be judged."""
    if not points or not (spoken := _readable(transcript)):
        return ()
    words = _words(spoken)
    return tuple(
        PointHeard(name=point.name, heard=found is not None, evidence=_quote(spoken, transcript, found))
        for point in points
        for found in [_first(words, point.said)]
    )


def find_jargon(transcript: Transcript, question: Question | None) -> tuple[Evidence, ...]:
    """Return where words were first used that the question's listener would not know, in their order."""
    if question is None or not question.jargon or not (spoken := _readable(transcript)):
        return ()
    words = _words(spoken)
    found = sorted({place for word in question.jargon if (place := _first(words, (word,)))})
    return tuple(transcript.evidence(spoken.tokens[i].start, spoken.tokens[j].end) for i, j in found)


def _readable(transcript: Transcript) -> Passage | None:
    doubted = transcript.confidence is not None and transcript.confidence < _LEAST_CONFIDENCE
    spoken = passage(transcript.text)
    return None if doubted or not spoken.tokens or not seems_english(spoken) else spoken


def _words(spoken: Passage) -> list[tuple[int, str]]:
    """Return the words that mean something, each with its token's index."""
    return [(n, token.word) for n, token in enumerate(spoken.tokens) if token.word not in _SKIPPED]


def _phrase(text: str) -> Phrase:
    tokens: tuple[Token, ...] = passage(text).tokens
    return tuple((token.word, token.after.startswith("*")) for token in tokens if token.word not in _SKIPPED)


def _first(words: Sequence[tuple[int, str]], said: Sequence[str]) -> tuple[int, int] | None:
    """Return the first and last token of the earliest of some phrases, None if there is none."""
    phrases = [phrase for text in said if (phrase := _phrase(text))]
    for at in range(len(words)):
        for phrase in phrases:
            stretch = words[at : at + len(phrase)]
            if len(stretch) == len(phrase) and all(map(_fits, stretch, phrase)):
                return stretch[0][0], stretch[-1][0]
    return None


def _fits(heard: tuple[int, str], wanted: tuple[str, bool]) -> bool:
    word, begins = wanted
    return heard[1].startswith(word) if begins else heard[1] in (word, f"{word}s", f"{word}es", f"{word}'s")


def _quote(spoken: Passage, transcript: Transcript, found: tuple[int, int] | None) -> tuple[Evidence, ...]:
    if found is None:
        return ()
    first, last = found
    start = max(first - _AROUND, max(begin for begin, _ in spoken.sentences if begin <= first))
    end = min(last + 1 + _AROUND, min(end for _, end in spoken.sentences if end > last))
    return (transcript.evidence(*spoken.chars(start, end)),)
