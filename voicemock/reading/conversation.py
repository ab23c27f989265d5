"""A recording of several people as turns: who says which words, and one person's answer out of it."""

__all__ = ["Spoken", "answer_of", "spoken_turns"]

import itertools
from collections.abc import Collection, Sequence

import msgspec

from voicemock.reading.candidate import Own
from voicemock.schema import Aside, AsideKind
from voicemock.speech.listen import Heard
from voicemock.speech.turns import speakers_in, who_says, without
from voicemock.transcripts import Turn


class Spoken(msgspec.Struct, frozen=True, kw_only=True):
    """A turn that was heard. heard: in which hearing, from 0. first, last: its words there."""

    turn: Turn
    heard: int
    first: int
    last: int


def spoken_turns(hearings: Sequence[Heard]) -> tuple[Spoken, ...]:
    """Return the turns of a call, none if nobody can be told apart: speaker 1 is the one who speaks most.

    hearings: one recording with voices; or one for each person, who has a track or a side of their own.
    """
    said: list[tuple[float, int, int, int]] = []  # when, who, in which hearing, which word
    for place, heard in enumerate(hearings):
        sound = heard.sound
        if sound is None or not sound.words:
            return ()
        speakers = speakers_in(sound.prints) if len(hearings) == 1 else None
        if len(hearings) == 1 and speakers is None:
            return ()
        who = who_says(sound.words, sound.prints, speakers) if speakers else [place] * len(sound.words)
        said += [(word.start_s, one, place, at) for at, (word, one) in enumerate(zip(sound.words, who, strict=True))]
    said.sort()
    runs = [list(run) for _, run in itertools.groupby(said, lambda one: one[1:3])]
    return tuple(_spoken(hearings[run[0][2]], run) for run in runs)


def answer_of(turns: Sequence[Spoken], hearings: Sequence[Heard], *, mine: Collection[int], first: int) -> Own:
    """Return what was heard of one answer alone.

    mine: the places of its turns. first: of the turn that asks; what others say from there on becomes an aside.
    """
    own = [turns[place] for place in sorted(mine)]
    heard = hearings[own[0].heard]
    words = {at for one in own for at in range(one.first, one.last + 1)}
    count = len(heard.sound.words) if heard.sound else 0
    begins, ends = min(mine), max(mine)
    asides = tuple(
        Aside(
            kind=AsideKind.QUESTION if place < begins else AsideKind.OTHER,
            text=turns[place].turn.text,
            start_s=turns[place].turn.start_s or 0.0,
            end_s=turns[place].turn.end_s or 0.0,
        )
        for place in range(first, ends)
        if turns[place].turn.speaker != own[0].turn.speaker
    )
    return Own(heard=without(heard, [at not in words for at in range(count)]), asides=asides)


def _spoken(heard: Heard, run: Sequence[tuple[float, int, int, int]]) -> Spoken:
    first, last = run[0][3], run[-1][3]
    words = heard.transcript.words
    turn = Turn(
        speaker=f"Speaker {run[0][1] + 1}",
        text=heard.transcript.text[words[first].char_start : words[last].char_end],
        start_s=words[first].start_s,
        end_s=words[last].end_s,
    )
    return Spoken(turn=turn, heard=run[0][2], first=first, last=last)
