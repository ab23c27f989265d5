"""Whose words are judged: the candidate's, not the question read out beforehand, nor anybody else's turns."""

__all__ = ["EVERYBODY", "Own", "own_words"]

import itertools
import statistics
from collections.abc import Sequence

import msgspec

from voicemock.reading.question_heard import Match, find_question
from voicemock.schema import Aside, AsideKind, Question
from voicemock.speech.listen import Heard, Sound
from voicemock.speech.turns import Speakers, likeness, silence_between, speakers_in, who_says, without

EVERYBODY = 0
"""In place of a speaker's number: everybody counts."""

SURE = 0.8
LIKELY = 0.65
"""From this likeness on, the words are the question: by themselves, and if another voice says them."""

TURN_S = 0.5
"""A silence this long follows a question. If another voice answers, none is needed."""

SAME_VOICE = 0.45
OTHER_VOICE = 0.35
"""The voice of the question and the answer, cosine of their prints: above the first one person's, below the second two
people's, between them not known. All of these: voicemock defaults; docs/hearing.md says how often they err."""


MOST_OF_A_CALL = 0.6
"""Who asks is not the candidate, unless they speak for more than this share: then they read the question out to
themselves. voicemock default, unvalidated."""


LEAST_CALL_S = 35.0
"""With less speech than this it is chance who speaks most, and everybody counts, unless somebody asked the question.
voicemock default, unvalidated."""

_COUNTS = {2: "Two", 3: "Three"}
_TOO_SHORT = (
    "{}, but too briefly to tell who the candidate is, so everybody was counted. --speaker 1 counts the one who "
    "speaks {} of the time, --speaker 2 {}."
)
_NOT_TOLD = "Speaker {} was asked for, but two people could not be told apart, so everybody was counted."


class Own(msgspec.Struct, frozen=True, kw_only=True):
    """What is left for the candidate, what was left out, and what to say about it."""

    heard: Heard
    asides: tuple[Aside, ...] = ()
    notes: tuple[str, ...] = ()


def own_words(heard: Heard, *, question: Question | None, speaker: int | None = None) -> Own:
    """Leave out what the candidate did not say.

    speaker: 1 for who speaks most, 2 for the next; None to choose; ``EVERYBODY`` leaves out only the question.
    """
    sound = heard.sound
    if sound is None or not sound.words or speaker == EVERYBODY:
        return Own(heard=heard)
    asked = _asked(heard, sound, question)
    theirs = [at < asked for at in range(len(sound.words))]
    speakers = speakers_in(sound.prints)
    who = who_says(sound.words, sound.prints, speakers) if speakers else []
    if speakers is None or len(set(who)) < 2:
        note = _NOT_TOLD.format(speaker) if speaker not in (None, 1) else ""
    elif speaker is None and not asked and sum(speakers.spoken_s) < LEAST_CALL_S:
        note = _TOO_SHORT.format(_people(speakers), _share(speakers, 0), _other(speakers))
    else:
        chosen = _chosen(speakers, who[:asked], speaker)
        theirs = [question_word or said_by != chosen for question_word, said_by in zip(theirs, who, strict=True)]
        note = _note(speakers, chosen, speaker=speaker)
    notes = (note,) if note else ()
    return Own(heard=without(heard, theirs), asides=_asides(heard, sound, theirs, asked), notes=notes)


def _asked(heard: Heard, sound: Sound, question: Question | None) -> int:
    """Return how many of the first words are a lead-in and the question, 0 if they may be the candidate's."""
    match = find_question(heard.transcript.words, question.text) if question else None
    if match is None or match.words >= len(sound.words):
        return 0
    until_s, silence_s = silence_between(sound.stretches, *sound.words[match.words - 1 : match.words + 1])
    alike = likeness(sound.prints, until_s)
    another = alike is not None and alike < OTHER_VOICE
    turns, same = silence_s >= TURN_S, alike is not None and alike > SAME_VOICE
    return match.words if _is_asked(match, another=another, same=same, turns=turns) else 0


def _is_asked(match: Match, *, another: bool, same: bool, turns: bool) -> bool:
    """Tell whether somebody else asks; a false yes would cost the candidate words, a false no only counts too many."""
    if another:
        return match.likeness >= LIKELY
    return turns and match.likeness >= SURE and (match.addressed or not same)


def _chosen(speakers: Speakers, asking: Sequence[int], speaker: int | None) -> int:
    """Return whose words are the candidate's: the one asked for, else who speaks most and did not ask."""
    if speaker:
        return min(speaker, len(speakers.spoken_s)) - 1
    asker = statistics.mode(asking) if asking else None
    talks_most = speakers.spoken_s[0] > MOST_OF_A_CALL * sum(speakers.spoken_s)
    return 1 if asker == 0 and not talks_most else 0


def _note(speakers: Speakers, chosen: int, *, speaker: int | None) -> str:
    taken = (
        f"{_people(speakers)}; the one who speaks {_share(speakers, chosen)} of the time was taken to be the candidate."
    )
    if speaker is None:
        return f"{taken} --speaker {2 if chosen == 0 else 1} picks {_other(speakers)}, --speaker all counts everybody."
    return f"{taken} There is no speaker {speaker}." if speaker > len(speakers.spoken_s) else taken


def _people(speakers: Speakers) -> str:
    people = len(speakers.spoken_s)
    return f"{_COUNTS.get(people, people)} people speak"


def _share(speakers: Speakers, one: int) -> str:
    return f"{speakers.spoken_s[one] / sum(speakers.spoken_s):.0%}"


def _other(speakers: Speakers) -> str:
    return "the other" if len(speakers.spoken_s) == 2 else "another"


def _asides(heard: Heard, sound: Sound, theirs: Sequence[bool], asked: int) -> tuple[Aside, ...]:
    """Return the words left out, one entry per turn, the question apart from what follows it.

    Each ends in the silence after it: Whisper stretches a last word into it, and beyond.
    """
    words = heard.transcript.words
    found = []
    for (other, question), run in itertools.groupby(range(len(words)), lambda at: (theirs[at], at < asked)):
        places = list(run)
        if not other:
            continue
        first, last = words[places[0]], words[places[-1]]
        end_s = last.end_s or 0.0
        if places[-1] + 1 < len(words):
            end_s = min(end_s, silence_between(sound.stretches, *sound.words[places[-1] : places[-1] + 2])[0])
        found.append(
            Aside(
                kind=AsideKind.QUESTION if question else AsideKind.OTHER,
                text=heard.transcript.text[first.char_start : last.char_end],
                start_s=first.start_s or 0.0,
                end_s=round(end_s, 3),
            )
        )
    return tuple(found)
