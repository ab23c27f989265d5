"""What part of a file is listened to: a sound track, a channel or all of them; and what the user is told."""

__all__ = ["ALL", "Choice", "choose"]

from collections.abc import Sequence
from pathlib import Path

import msgspec

from voicemock.audio.decoder import RATE_HZ
from voicemock.audio.decoding import Decoding, Track
from voicemock.audio.own_wav import OwnWav
from voicemock.audio.tracks import Levels, one_person_a_side, pick_side, pick_track
from voicemock.errors import AudioError, UsageError

ALL = "all"
SIDES = ("left", "right")

LOOK_S = 300
"""This much of a file is looked at to tell who speaks on which track or side. voicemock default, unvalidated."""


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """Where in a file the answer is.

    track: from 0. channel: from 0; None mixes all. notes: what was chosen for the user, and how to choose otherwise.
    other: where somebody else speaks, if this was chosen by who speaks more.
    looked: the decoder has been read from to find out.
    """

    track: int = 0
    channel: int | None = None
    notes: tuple[str, ...] = ()
    other: "Choice | None" = None
    looked: bool = False


def choose(path: Path, decoding: Decoding | OwnWav, *, track: int | None, channel: str | None) -> Choice:
    """Choose what was asked for or, if nothing was, what holds the answer; raise AudioError if it is not there.

    track: from 1. channel: "left", "right", a number from 1, or "all".
    """
    tracks = decoding.tracks
    if track is not None and not 1 <= track <= len(tracks):
        raise AudioError(
            f"{path} has {_counted(len(tracks), 'sound track')}: there is no track {track}.", hint="Choose another."
        )
    only = 0 if len(tracks) == 1 else None if track is None else track - 1
    if only is not None and (channel is not None or tracks[only].channels != 2):
        return Choice(track=only, channel=_channel(path, tracks[only], channel))
    levels = _look(decoding)
    choice = Choice(track=only, looked=True) if only is not None else _spoken_track(tracks, levels)
    if channel is not None:
        at = _channel(path, tracks[choice.track], channel)
        other = msgspec.structs.replace(choice.other, channel=at) if choice.other else None
        return msgspec.structs.replace(choice, channel=at, other=other)
    sides = levels[choice.track].sides()
    if not sides or not one_person_a_side(*sides):
        return choice
    return _side(choice, pick_side(*sides))


def _look(decoding: Decoding | OwnWav) -> list[Levels]:
    levels = [Levels() for _ in decoding.tracks]
    for number, samples in decoding.sound():
        levels[number].feed(samples)
        if levels[number].samples >= LOOK_S * RATE_HZ:
            break
    decoding.close()
    return levels


def _spoken_track(tracks: Sequence[Track], levels: Sequence[Levels]) -> Choice:
    there = [n for n, level in enumerate(levels) if level.samples] or [0]
    default = next((n for n in there if tracks[n].default), there[0])
    heard = [level.together() for level in levels]
    taken, other = pick_track(heard, default=default)
    why = ", because it has the most speech" if taken != default or other is not None else ""
    return Choice(
        track=taken,
        looked=True,
        notes=(_track_note(taken, len(tracks), why),),
        other=None
        if other is None
        else Choice(
            track=other, notes=(_track_note(other, len(tracks), ", because the question is asked on the other"),)
        ),
    )


def _track_note(taken: int, count: int, why: str) -> str:
    rest = f"--track {2 - taken} picks the other" if count == 2 else "--track N picks another"
    return f"This file has {count} sound tracks; track {taken + 1} was used{why}. {rest}."


def _side(choice: Choice, side: int) -> Choice:
    """Choose one side of a track; whoever asks is then looked for on the other side, not on another track."""
    note, other_note = (
        f"Left and right are two people; the {SIDES[taken]} side was used, {why}. "
        f"--channel {SIDES[1 - taken]} picks the other, --channel {ALL} both."
        for taken, why in (
            (side, "because more is said there"),
            (1 - side, "because the question is asked on the other"),
        )
    )
    other = Choice(track=choice.track, channel=1 - side, notes=(*choice.notes, other_note))
    return msgspec.structs.replace(choice, channel=side, notes=(*choice.notes, note), other=other)


def _channel(path: Path, track: Track, wanted: str | None) -> int | None:
    if wanted in (None, ALL):
        return None
    number = SIDES.index(wanted) + 1 if wanted in SIDES else int(wanted) if wanted.isdecimal() else 0
    if number < 1:
        raise UsageError(f"There is no channel '{wanted}'.", hint=f"Choose left, right, a number from 1, or {ALL}.")
    if number > track.channels:
        raise AudioError(
            f"{path} has {_counted(track.channels, 'channel')}: there is no {wanted}.", hint="Choose another channel."
        )
    return number - 1


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
