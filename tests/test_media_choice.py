"""Several tracks, or one person a side: what holds the answer is listened to, and the user is told."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.media_files import Samples, encode, read, talk, tone
from voicemock.audio.load import RATE_HZ, AudioFile
from voicemock.errors import AudioError

ASKING, ANSWERING = ((0.0, 4.0),), ((4.5, 14.0),)


def sides(folder: Path, left, right, *, leak: float = 0.0) -> Path:
    """Write a call: one person a side, each heard faintly on the other."""
    one, two = talk(*left, seconds=15, seed=1), talk(*right, seconds=15, seed=2)
    soundfile.write(folder / "call.flac", np.stack([one + leak * two, two + leak * one], axis=1), 16_000)
    return folder / "call.flac"


@pytest.mark.parametrize("leak", [0.0, 0.1])
def test_of_two_people_on_two_sides_the_one_who_says_more_is_heard(tmp_path: Path, leak: float):
    path = sides(tmp_path, ASKING, ANSWERING, leak=leak)
    file, samples = read(path)
    assert file.channel == "2"
    assert "the right side was used, because more is said there" in file.notes[0]
    assert "--channel left" in file.notes[0]
    assert np.array_equal(samples, read(path, channel="right")[1])
    left = read(path, channel="left")
    assert left[0].notes == ()
    assert np.abs(left[1][: 4 * RATE_HZ]).max() > 3 * np.abs(samples[: 4 * RATE_HZ]).max()
    other = file.other()
    assert other
    assert other.channel == "1"
    assert "because the question is asked on the other" in other.notes[0]


def test_both_sides_can_be_had_together(tmp_path: Path):
    file, samples = read(sides(tmp_path, ASKING, ANSWERING), channel="all")
    assert (file.channel, file.notes) == ("all", ())
    assert min(np.abs(samples[: 4 * RATE_HZ]).max(), np.abs(samples[5 * RATE_HZ :]).max()) > 0.1


def test_two_microphones_in_one_room_are_not_two_people(tmp_path: Path):
    file, _ = read(sides(tmp_path, ASKING, ANSWERING, leak=0.5))
    assert (file.channel, file.notes) == ("all", ())


def test_one_person_with_one_side_dead_is_not_two_people(tmp_path: Path):
    file, _ = read(sides(tmp_path, (), ANSWERING))
    assert (file.channel, file.notes) == ("all", ())


def test_a_side_that_is_not_there_is_told(tmp_path: Path):
    path = sides(tmp_path, ASKING, ANSWERING)
    with pytest.raises(AudioError, match="has 2 channels: there is no 3"):
        AudioFile(path, channel="3")


def spoken(*times: tuple[float, float], seed: int) -> Samples:
    return talk(*times, seconds=15, seed=seed)[None]


def test_a_track_that_cannot_be_decoded_is_told_if_it_is_asked_for(tmp_path: Path):
    path = two_tracks(tmp_path, tone(2), tone(2))
    path.write_bytes(path.read_bytes().replace(b"A_FLAC", b"A_NONE", 1))  # the first track's format
    with pytest.raises(AudioError, match="its sound is in an unknown format"):
        AudioFile(path, track=1)
    file, _ = read(path, track=2)
    assert file.track == 2


def two_tracks(folder: Path, first: Samples, second: Samples, *more: Samples) -> Path:
    return encode(folder / "tracks.mka", first, second, *more, codec="flac")


@pytest.mark.parametrize(
    ("first", "second", "taken"),
    [
        (spoken(seed=1), spoken(*ANSWERING, seed=2), 2),
        (spoken(*ASKING, seed=1), spoken(*ANSWERING, seed=2), 2),
        (spoken(*ANSWERING, seed=1), spoken(*ASKING, seed=2), 1),
        (0.3 * spoken(*ANSWERING, seed=1), spoken(*ANSWERING, seed=1), 1),  # a safety track
        (tone(15), spoken(*ASKING, seed=1), 2),  # hum
    ],
)
def test_of_several_tracks_the_one_that_answers_is_heard(tmp_path: Path, first: Samples, second: Samples, taken: int):
    path = two_tracks(tmp_path, first, second)
    file, samples = read(path)
    assert file.track == taken
    assert file.problems == ()
    assert f"2 sound tracks; track {taken} was used" in file.notes[0]
    assert f"--track {3 - taken} picks the other" in file.notes[0]
    assert np.array_equal(samples, read(path, track=taken)[1])
    assert not np.array_equal(samples, read(path, track=3 - taken)[1])


def test_a_mix_of_everybody_is_not_taken_for_the_candidate(tmp_path: Path):
    """A screen recorder's first track often holds all, the second the microphone, the third the computer."""
    asks, answers = spoken(*ASKING, seed=1), spoken(*ANSWERING, seed=2)
    file, _ = read(two_tracks(tmp_path, asks + answers, answers, asks))
    assert file.track == 2


def test_a_track_that_is_not_there_is_told(tmp_path: Path):
    with pytest.raises(AudioError, match="has 2 sound tracks: there is no track 3"):
        AudioFile(two_tracks(tmp_path, tone(1), tone(1)), track=3)
