"""Who speaks when, if more than one person does; and what was heard without the others.

Each second and a half of speech has a voiceprint. Prints that are alike are joined, the nearest first, as long as they
are alike on average (agglomerative clustering, the classic of speaker diarization). The groups left are the people, but
only those that speak long enough and sound different count: one voice must never be taken for two.
"""

__all__ = ["Speakers", "likeness", "silence_between", "speakers_in", "who_says", "without"]

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
import numpy as np
from numpy.typing import NDArray

from voicemock.schema import Quality
from voicemock.speech.listen import Heard, Sound
from voicemock.speech.pauses import Stretches
from voicemock.speech.prosody import own_turns, spoken_steps
from voicemock.speech.recognise import Said
from voicemock.speech.second_voice import problems as second_voice_problems
from voicemock.speech.transcript import filled_pauses_of, transcript_of
from voicemock.speech.voiceprint import WHOLE_S, Print

# All of these are voicemock defaults, measured in docs/hearing.md.
JOIN = 0.25
"""Groups of prints this alike on average (cosine) are one voice."""

APART = 0.42
"""Two groups are two people if their mean prints are less alike than this."""

LEAST_S = 2.5
"""Anyone who speaks less is not told apart: a cough, a laugh, a word from the side."""

LEAST_SHARE = 0.05
"""Anyone who speaks less of the whole is not told apart either."""

BRIEF_S = 6.0
"""With less speech than this, the mean of a voice is a matter of chance."""

BRIEFLY_APART = 0.3
"""Somebody who speaks this briefly is another person only if the means are less alike than this."""

MOST = 2000
"""Prints compared with each other: all in 50 minutes of speech, of more every second, third and so on."""

PHRASE_S = 0.3
"""A silence between words that may divide two people."""

TURN_BETWEEN = 0.5
"""What a turn costs between phrases, in likenesses of single words."""

TURN_WITHIN = 2.0
"""What a turn costs within a phrase, in likenesses of single words."""

LATE_S = 0.5
"""How far from a word's time its edge may lie in the sound: Whisper's times run into the silence beside them."""


@dataclass(frozen=True, slots=True)
class Speakers:
    """The people heard, the one who speaks most first.

    spoken_s: how long each speaks. means: the mean print of each, (people, 192), length one.
    of_print: who is heard in each print, from 0.
    """

    spoken_s: tuple[float, ...]
    means: NDArray[np.float32]
    of_print: tuple[int, ...]


def speakers_in(prints: Sequence[Print]) -> Speakers | None:
    """Return who speaks, None if it is surely one person, or not sure that it is more."""
    from scipy.cluster.hierarchy import fcluster, linkage

    if len(prints) < 2:
        return None
    values = np.stack([one.values for one in prints])
    lasts = np.array([one.end_s - one.start_s for one in prints])
    whole = np.flatnonzero(lasts >= WHOLE_S)
    some = whole[:: -(-len(whole) // MOST) or 1]
    if len(some) < 2:
        return None
    groups = fcluster(linkage(values[some], "average", metric="cosine"), 1 - JOIN, "distance")
    spoken = np.bincount(groups, lasts[some]) * (lasts[whole].sum() / lasts[some].sum())
    people = np.flatnonzero(spoken >= max(LEAST_S, LEAST_SHARE * lasts.sum()))
    if len(people) < 2:
        return None
    means = _unit(np.stack([values[some][groups == one].sum(axis=0) for one in people]))
    brief = spoken[people] < BRIEF_S
    limit = np.where(brief[:, None] | brief, BRIEFLY_APART, APART)
    if (means @ means.T > limit)[~np.eye(len(people), dtype=bool)].any():
        return None
    nearest = (values @ means.T).argmax(axis=1)
    spoken = np.array([lasts[nearest == one].sum() for one in range(len(people))])
    order = np.argsort(-spoken)
    rank = np.argsort(order)
    return Speakers(tuple(spoken[order].tolist()), means[order], tuple(rank[nearest].tolist()))


def who_says(words: Sequence[Said], prints: Sequence[Print], speakers: Speakers) -> list[int]:
    """Tell who says each word: the course through all words that fits the voices best with the fewest turns.

    Viterbi 1967: between two words the turn may pass at a price, a small one at a full stop or a silence.

    Returns
    -------
    The speaker of each word, from 0 as in ``speakers``.
    """
    alike = _alike(words, prints, speakers)
    people = alike.shape[1]
    best, ways = alike[0], []
    for at in range(1, len(words)):
        price = TURN_BETWEEN if _may_turn(words[at - 1], words[at]) else TURN_WITHIN
        passed = best[:, None] - price * (1 - np.eye(people))
        ways.append(passed.argmax(axis=0))
        best = passed.max(axis=0) + alike[at]
    who = [int(best.argmax())]
    for way in reversed(ways):
        who.append(int(way[who[-1]]))
    return who[::-1]


def _alike(words: Sequence[Said], prints: Sequence[Print], speakers: Speakers) -> NDArray[np.float32]:
    """Return how alike each person's voice is to the one in the sound of each word, (words, people)."""
    starts = np.array([one.start_s for one in prints])
    ends = np.array([one.end_s for one in prints])
    alike = np.stack([one.values for one in prints]) @ speakers.means.T
    rows = []
    for word in words:
        shared = np.minimum(ends, word.end_s) - np.maximum(starts, word.start_s)
        inside = np.maximum(shared, 0.0)
        rows.append(inside @ alike / inside.sum() if inside.any() else alike[shared.argmax()])
    return np.asarray(rows, np.float32)


def _may_turn(before: Said, after: Said) -> bool:
    return before.text.endswith((".", "?", "!")) or after.start_s - before.end_s >= PHRASE_S


def likeness(prints: Sequence[Print], until_s: float) -> float | None:
    """Return how alike (cosine) the voice is before and after a time, None if either is too short to tell."""
    before = [one.values for one in prints if one.end_s <= until_s]
    after = [one.values for one in prints if one.start_s >= until_s]
    if not before or not after:
        return None
    means = _unit(np.stack([np.mean(before, axis=0), np.mean(after, axis=0)]))
    return float(means[0] @ means[1])


def without(heard: Heard, theirs: Sequence[bool]) -> Heard:
    """Return what was heard as if the words that are not the candidate's had not been said.

    theirs: for each word. If nothing is theirs, all stays as it is.
    """
    sound = heard.sound
    if sound is None or not any(theirs):
        return heard
    others = _times(sound, theirs)
    words = [word for word, other in zip(sound.words, theirs, strict=True) if not other]
    transcript = transcript_of(words, heard.transcript.model)
    levels = sound.meter.levels_db()
    own = [stretch for turn in own_turns(sound.stretches, others) for stretch in turn]
    level_db, noise_db = sound.meter.loudness(spoken_steps(own, len(levels)))
    talk = second_voice_problems([talk.outside(others) for talk in sound.talks], level_db=level_db)
    problems = (*sound.problems, *sound.meter.problems(level_db, noise_db), *talk)
    recording = msgspec.structs.replace(
        heard.recording,
        level_db=level_db,
        noise_db=noise_db,
        quality=Quality.POOR if problems else Quality.OK,
        problems=problems,
    )
    prosody = sound.delivery.prosody(transcript.words, sound.stretches, levels, others=others)
    pauses = filled_pauses_of(transcript, words)
    return Heard(recording=recording, transcript=transcript, filled_pauses=pauses, prosody=prosody, notes=heard.notes)


def _times(sound: Sound, theirs: Sequence[bool]) -> Stretches:
    """Return the (start, end) of every turn that is not the candidate's: from silence to silence."""
    words = sound.words
    turns = [0, *(at for at in range(1, len(words)) if theirs[at] != theirs[at - 1])]
    edges = [0.0, *(silence_between(sound.stretches, *words[at - 1 : at + 1])[0] for at in turns[1:]), math.inf]
    return [edge for at, edge in zip(turns, itertools.pairwise(edges), strict=True) if theirs[at]]


def silence_between(stretches: Stretches, before: Said, after: Said) -> tuple[float, float]:
    """Return the middle of the longest silence about the place between two words, and how long it is.

    The first word may seem to last through the silence and beyond, so it is looked for from that word's start on.
    """
    lengths = [
        (begins - ends, (ends + begins) / 2)
        for (_, ends), (begins, _) in itertools.pairwise(stretches)
        if before.start_s - LATE_S <= ends <= after.start_s + LATE_S
    ]
    length_s, middle_s = max(lengths, default=(0.0, after.start_s))
    return middle_s, length_s


def _unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)
