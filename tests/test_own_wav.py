"""A take that voicemock recorded is read without a decoder: the same samples; anything else is left to the decoder."""

from pathlib import Path

import numpy as np
import pytest

from tests.media_files import tone
from voicemock.audio import load, own_wav
from voicemock.audio.decoding import Decoding
from voicemock.audio.load import RATE_HZ, AudioFile
from voicemock.audio.wav import header, wav_bytes
from voicemock.errors import AudioError


def take(folder: Path, seconds: float = 2.5) -> Path:
    path = folder / "take-1.wav"
    loud = np.concatenate([tone(seconds)[0], [-1.0, 1.0, 0.0]]).astype(np.float32)
    path.write_bytes(wav_bytes(loud, RATE_HZ))
    return path


def test_a_take_is_heard_as_the_decoder_would_have_it_and_starts_no_process(tmp_path, monkeypatch):
    path = take(tmp_path)
    decoded = np.concatenate([samples for _, samples in Decoding(path).sound()], axis=1)[0]
    monkeypatch.setattr(load, "Decoding", None)
    file = AudioFile(path)
    blocks = list(file.blocks())
    assert [len(block) for block in blocks] == [RATE_HZ, RATE_HZ, RATE_HZ // 2 + 3]
    assert all(block.dtype == np.float32 for block in blocks)
    assert np.array_equal(np.concatenate(blocks), decoded)
    assert (file.sample_rate_hz, file.channels, file.track, file.channel) == (RATE_HZ, 1, None, None)
    assert (file.problems, file.notes, file.other()) == ((), (), None)
    assert np.array_equal(np.concatenate(list(file.blocks())), decoded), "a second time"


@pytest.mark.parametrize(
    "changed",
    [
        lambda data: data[:-2],
        lambda data: data + b"\0\0",
        lambda data: header(RATE_HZ, len(data) - 43) + data[44:] + b"\0",
        lambda data: header(RATE_HZ // 2, len(data) - 44) + data[44:],
        lambda data: data[:22] + b"\2" + data[23:],
        lambda data: header(RATE_HZ, 0),
        lambda _: b"RIFF",
    ],
    ids=["cut off", "grew", "half a sample", "another rate", "stereo", "empty", "no header"],
)
def test_what_is_not_as_voicemock_writes_it_is_left_to_the_decoder(tmp_path, changed):
    path = take(tmp_path)
    assert own_wav.own_wav(path)
    path.write_bytes(changed(path.read_bytes()))
    assert own_wav.own_wav(path) is None


def test_a_file_whose_header_may_not_count_it_is_left_to_the_decoder(tmp_path, monkeypatch):
    path = take(tmp_path)
    monkeypatch.setattr(own_wav, "LONGEST", path.stat().st_size - 44)
    assert own_wav.own_wav(path) is None


def test_a_take_that_is_cut_off_while_it_is_read_says_so(tmp_path):
    path = take(tmp_path, seconds=9.0)
    file = AudioFile(path)
    path.write_bytes(path.read_bytes()[: 44 + 2 * RATE_HZ * 3 + 1])
    assert sum(map(len, file.blocks())) == 3 * RATE_HZ
    assert file.problems == ("the file ends early: 3 of 9 seconds could be read",)


def test_a_take_that_is_gone_before_it_is_read_says_so(tmp_path):
    file = AudioFile(path := take(tmp_path))
    path.unlink()
    with pytest.raises(AudioError, match=r"take-1.wav contains no sound that can be decoded: No such file"):
        list(file.blocks())


def test_a_take_has_one_track_and_one_channel(tmp_path):
    path = take(tmp_path)
    assert sum(map(len, AudioFile(path, track=1, channel="left").blocks()))
    with pytest.raises(AudioError, match="no track 2"):
        AudioFile(path, track=2)
    with pytest.raises(AudioError, match="no right"):
        AudioFile(path, channel="right")
