"""Pet phrases: crutch words, and runs of words that come back whatever the story is."""

__all__ = ["Habit", "crutch_words", "pet_phrases"]

import math
from collections import Counter
from collections.abc import Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from voicemock.progress.sessions import Sitting
from voicemock.reading.amounts import SENTENCE_END

Integers = NDArray[np.int64]
Keys = NDArray[np.uint64]

LEAST_SESSIONS, LEAST_SHARE = 3, 0.15
"""A habit comes back in so many sessions, and in this share of them (voicemock defaults, unvalidated)."""
LEAST_STORIES = 3
"""What is said of fewer questions may belong to the story."""
LONGEST, SHORTEST = 6, 4
"""Words in a phrase; shorter ones are everybody's ("and then we")."""
PART_OF = 0.6
"""A phrase that shares a run of words with a longer one is that one, if the longer has this part of its sessions."""
SHOWN = 8
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
"""Knuth's multiplicative hash, 2^64 over the golden ratio: a phrase's words become one number."""


class Habit(msgspec.Struct, frozen=True, kw_only=True):
    """A word or phrase; count: how often it was said. sessions: in how many."""

    text: str
    count: int
    sessions: int


class _Words(msgspec.Struct, frozen=True):
    """All words in order: each one's number, and the session and the question it was said in; 0 is a sentence's end."""

    names: list[str]
    codes: Integers
    sessions: Integers
    questions: Integers


def crutch_words(sessions: Sequence[Sitting]) -> tuple[Habit, ...]:
    """Return the crutch words that come back, the most frequent first."""
    counts: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for sitting in sessions:
        said: Counter[str] = Counter()
        for row in sitting.everything:
            said.update(row.crutches)
        counts += said
        seen.update(said.keys())
    least = _least(len(sessions))
    found = [Habit(text=word, count=n, sessions=seen[word]) for word, n in counts.items() if seen[word] >= least]
    return tuple(sorted(found, key=lambda habit: (-habit.count, habit.text))[:SHOWN])


def pet_phrases(sessions: Sequence[Sitting]) -> tuple[Habit, ...]:
    """Return the phrases that come back over stories, those of most sessions first."""
    words = _words(sessions)
    kept: list[Habit] = []
    for size in range(LONGEST, SHORTEST - 1, -1):
        found = _phrases(words, size, least=_least(len(sessions)))
        for habit in sorted(found, key=_commonest):
            shared = [one for one in kept if _runs(one.text) & _runs(habit.text)]
            if not any(one.sessions >= PART_OF * habit.sessions for one in shared):
                kept.append(habit)
    return tuple(sorted(kept, key=_commonest)[:SHOWN])


def _commonest(habit: Habit) -> tuple[int, int, str]:
    return -habit.sessions, -habit.count, habit.text


def _runs(text: str) -> set[tuple[str, ...]]:
    """Return the runs of words that two phrases share if one is a piece of the other, or both are of a longer one."""
    said = text.split()
    return {tuple(said[at : at + SHORTEST - 1]) for at in range(len(said) - SHORTEST + 2)}


def _least(sessions: int) -> int:
    return max(LEAST_SESSIONS, math.ceil(LEAST_SHARE * sessions))


def _words(sessions: Sequence[Sitting]) -> _Words:
    numbers: dict[str, int] = {SENTENCE_END: 0}
    stories: dict[str, int] = {}
    codes: list[int] = []
    lengths, of_session, of_story = [], [], []
    for sitting in sessions:
        for row in sitting.everything:
            said = row.said.split()
            codes += [numbers.setdefault(word, len(numbers)) for word in said]
            story = (row.follows or row.question.id) if row.question else row.session.id
            lengths.append(len(said))
            of_session.append(sitting.place)
            of_story.append(stories.setdefault(story, len(stories)))
    return _Words(
        names=list(numbers),
        codes=np.array(codes, np.int64),
        sessions=np.repeat(np.array(of_session, np.int64), lengths),
        questions=np.repeat(np.array(of_story, np.int64), lengths),
    )


def _phrases(words: _Words, size: int, *, least: int) -> list[Habit]:
    """Return the phrases of one size that come back; an answer ends in a sentence's end, so none crosses over."""
    count = len(words.codes) - size + 1
    if count < 1:
        return []
    inside = np.ones(count, bool)
    keys: Keys = np.zeros(count, np.uint64)
    for step in range(size):
        codes = words.codes[step : step + count]
        inside &= codes != 0
        keys = (keys + codes.astype(np.uint64)) * _FACTOR
        keys ^= keys >> np.uint64(29)
    starts = np.flatnonzero(inside)
    _, which, counts = np.unique(keys[starts], return_inverse=True, return_counts=True)
    places = starts[np.argsort(which, kind="stable")]  # phrase by phrase, and in each session by session
    ends = np.cumsum(counts)
    found = []
    for group in np.flatnonzero(_distinct(words.sessions[places], ends - counts) >= least):
        where = places[ends[group] - counts[group] : ends[group]]
        said = [words.names[code] for code in words.codes[where[0] : where[0] + size]]
        # "no no no no" is no phrase
        if len(set(words.questions[where].tolist())) >= LEAST_STORIES and 2 * len(set(said)) > size:
            seen = len(set(words.sessions[where].tolist()))
            found.append(Habit(text=" ".join(said), count=len(where), sessions=seen))
    return found


def _distinct(sessions: Integers, firsts: Integers) -> Integers:
    """Return how many sessions each phrase is from, given where each begins; its sessions are in order."""
    changes = np.ones(len(sessions), np.int64)
    changes[1:] = sessions[1:] != sessions[:-1]
    changes[firsts] = 1
    return np.add.reduceat(changes, firsts) if len(firsts) else firsts
