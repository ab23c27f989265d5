"""Every kind of file people have: read whole, at its length, without a false word; and what is chosen in it is told."""

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.media_files import Samples, encode, joined, read, talk, tone
from voicemock.audio.load import RATE_HZ, AudioFile
from voicemock.errors import AudioError

Make = Callable[[Path], Path]


def many_channels(name: str, channels: int) -> Make:
    def make(folder: Path) -> Path:
        soundfile.write(folder / name, tone(2, channels=channels).T, 16_000)
        return folder / name

    return make


def mapped(name: str, codec: str) -> Make:
    """Make a file with a map of its channels, which PyAV frees too often."""
    return lambda folder: encode(folder / name, tone(2, channels=8), codec=codec)


def mp3(path: Path, sound: Samples, rate_hz: int, *, bit_rate: int = 64_000) -> Path:
    return encode(
        path,
        sound,
        rate_hz=rate_hz,
        codec="libmp3lame",
        bit_rate=bit_rate,
        options={"write_xing": "0", "id3v2_version": "0"},
    )


def mp3_joined(first: tuple[int, int], second: tuple[int, int]) -> Make:
    """Join one second of a rate and number of channels with two of others."""

    def make(folder: Path) -> Path:
        parts = [
            mp3(folder / f"{seconds}.mp3", tone(seconds, rate_hz, channels=channels), rate_hz)
            for seconds, (rate_hz, channels) in ((1, first), (2, second))
        ]
        return joined(folder / "joined.mp3", *parts)

    return make


def ogg_chained(codec: str, first: int, second: int) -> Make:
    def make(folder: Path) -> Path:
        parts = [
            encode(folder / f"{seconds}.ogg", tone(seconds, 48_000, channels=channels), rate_hz=48_000, codec=codec)
            for seconds, channels in ((1, first), (2, second))
        ]
        return joined(folder / "chained.ogg", *parts)

    return make


def vorbis_chained(folder: Path) -> Path:
    for seconds, rate_hz in ((1, 44_100), (2, 22_050)):
        soundfile.write(folder / f"{seconds}.ogg", tone(seconds, rate_hz)[0], rate_hz)
    return joined(folder / "chained.ogg", folder / "1.ogg", folder / "2.ogg")


def mp3_of_two_bit_rates(folder: Path) -> Path:
    low = mp3(folder / "low.mp3", tone(1, 16_000), 16_000, bit_rate=8_000)
    return joined(folder / "vbr.mp3", low, mp3(folder / "high.mp3", tone(2, 16_000), 16_000, bit_rate=128_000))


def raw_aac(folder: Path) -> Path:
    low = encode(folder / "low.aac", tone(1), bit_rate=8_000)
    return joined(
        folder / "raw.aac", low, encode(folder / "high.aac", tone(2) + talk((0, 2), seconds=2), bit_rate=96_000)
    )


def with_picture(name: str, codec: str = "aac") -> Make:
    return lambda folder: encode(folder / name, tone(3, 48_000), rate_hz=48_000, codec=codec, picture_s=20)


def with_picture_and_no_tag(folder: Path) -> Path:
    """As browsers record: no length for the sound alone."""
    path = with_picture("screen.mkv")(folder)
    path.write_bytes(path.read_bytes().replace(b"DURATION", b"SOMETHNG"))
    return path


def paused(name: str, codec: str) -> Make:
    return lambda folder: encode(folder / name, tone(3, 48_000), rate_hz=48_000, codec=codec, gap_s=6)


@pytest.mark.parametrize(
    ("make", "seconds"),
    [
        (many_channels("field.wav", 8), 2),
        (many_channels("field.wav", 16), 2),
        (many_channels("field.wav", 24), 2),
        (many_channels("field.flac", 8), 2),
        (many_channels("field.caf", 24), 2),
        (mapped("field.mov", "pcm_s16le"), 2),
        (mapped("field.aiff", "pcm_s16be"), 2),
        (mapped("field.caf", "flac"), 2),
        (lambda folder: encode(folder / "surround.m4a", tone(2, channels=8)), 2),
        (
            lambda folder: encode(
                folder / "surround.mka", tone(2, 48_000, channels=8), rate_hz=48_000, codec="libopus"
            ),
            2,
        ),
        (mp3_joined((44_100, 1), (48_000, 1)), 3),
        (mp3_joined((44_100, 1), (22_050, 1)), 3),
        (mp3_joined((44_100, 1), (44_100, 2)), 3),
        (mp3_joined((44_100, 2), (44_100, 1)), 3),
        (ogg_chained("libopus", 1, 1), 3),
        (ogg_chained("libopus", 1, 2), 3),
        (ogg_chained("libopus", 2, 1), 3),
        (vorbis_chained, 3),
        (mp3_of_two_bit_rates, 3),
        (raw_aac, 3),
        (with_picture("screen.mkv"), 3),
        (with_picture_and_no_tag, 3),
        (with_picture("screen.mp4"), 3),
        (with_picture("screen.mov", "pcm_s16le"), 3),
        (paused("paused.webm", "libopus"), 3),
        (paused("paused.m4a", "aac"), 3),
    ],
)
def test_it_is_read_whole_and_nothing_is_claimed(tmp_path: Path, make: Make, seconds: float):
    file, samples = read(make(tmp_path))
    assert len(samples) / RATE_HZ == pytest.approx(seconds, abs=0.25)
    assert (file.problems, file.notes) == ((), ())
    half = len(samples) // 2
    assert min(np.abs(samples[:half]).max(), np.abs(samples[half:]).max()) > 0.1


@pytest.mark.parametrize("name", ["answer.wav", "answer.flac", "answer.m4a", "answer.mka", "answer.mp3", "answer.aiff"])
def test_a_file_cut_off_in_the_middle_is_told(tmp_path: Path, name: str):
    path = tmp_path / name
    sound = talk((0, 6), seconds=6)[None]
    codecs = {".m4a": "aac", ".mka": "libopus", ".mp3": "libmp3lame"}
    if codec := codecs.get(path.suffix):
        rate_hz = 48_000 if codec == "libopus" else 16_000
        options = {"movflags": "+faststart"} if codec == "aac" else {}
        encode(path, talk((0, 6), seconds=6, rate_hz=rate_hz)[None], rate_hz=rate_hz, codec=codec, options=options)
    else:
        soundfile.write(path, sound[0], 16_000)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    file, samples = read(path)
    assert 1.5 < len(samples) / RATE_HZ < 4.5
    assert any("ends early" in problem and "of 6 seconds" in problem for problem in file.problems)


@pytest.mark.parametrize("size", [0, 0x7FFFFFFF, 0xFFFFFFFF])
def test_a_length_nobody_came_to_write_is_not_believed(tmp_path: Path, size: int):
    path = tmp_path / "crashed.wav"
    soundfile.write(path, tone(2)[0], 16_000)
    data = bytearray(path.read_bytes())
    at = data.index(b"data") + 4
    data[at : at + 4] = size.to_bytes(4, "little")
    path.write_bytes(data)
    file, samples = read(path)
    assert len(samples) == 2 * RATE_HZ
    assert file.problems == ()


def test_what_a_wav_file_holds_behind_its_own_end_is_read_and_a_tag_there_is_not(tmp_path: Path):
    first, joined, stale, tagged = (tmp_path / f"{name}.wav" for name in ("first", "joined", "stale", "tagged"))
    soundfile.write(first, tone(3)[0], 16_000)
    data = first.read_bytes()
    joined.write_bytes(data * 2)
    at = data.index(b"data") + 4
    stale.write_bytes(
        data[:4] + (36 + 800).to_bytes(4, "little") + data[8:at] + (800).to_bytes(4, "little") + data[at + 4 :]
    )
    tagged.write_bytes(data + b"ID3\x04" + bytes(100_000))
    read_s = [len(read(path)[1]) / RATE_HZ for path in (first, joined, stale, tagged)]
    assert read_s == pytest.approx([3, 6, 3, 3], abs=0.01)


NAMES = [
    "2026-11-30T10:30:00.wav",
    "answer:1.wav",
    "take %03d.wav",
    "-o.wav",
    "a?b#c&d.wav",
    "http:",
    "ü" * 125 + ".wav",
]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
@pytest.mark.parametrize("name", [*NAMES, os.fsdecode(b"caf\xe9.wav")])
def test_any_name_is_read_from_its_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str):
    monkeypatch.chdir(tmp_path)
    soundfile.write("plain.wav", tone(1)[0], 16_000)
    shutil.move("plain.wav", name)
    assert len(read(Path(name))[1]) == RATE_HZ


def test_a_name_like_an_address_is_a_file_that_is_not_there(monkeypatch: pytest.MonkeyPatch):
    with pytest.raises(AudioError, match=r"There is no file http:/"):
        AudioFile(Path("http://127.0.0.1:9/a.wav"))


def test_a_list_of_other_files_is_not_opened(tmp_path: Path):
    soundfile.write(tmp_path / "other.wav", tone(1)[0], 16_000)
    path = tmp_path / "list.wav"
    path.write_text("ffconcat version 1.0\nfile other.wav\n")
    with pytest.raises(AudioError, match="is not a sound file"):
        AudioFile(path)


def wav(path: Path, *, rate_hz: int = 16_000, channels: int = 1, bits: int = 16, code: int = 1) -> Path:
    """Write a WAV file with whatever header."""
    block = channels * bits // 8
    numbers = [
        (code, 2),
        (channels, 2),
        (rate_hz, 4),
        (rate_hz * block & 0xFFFFFFFF, 4),
        (block & 0xFFFF, 2),
        (bits, 2),
    ]
    form = b"".join(number.to_bytes(size, "little") for number, size in numbers)
    data = bytes(32_000)
    chunks = b"WAVEfmt " + (16).to_bytes(4, "little") + form + b"data" + len(data).to_bytes(4, "little") + data
    path.write_bytes(b"RIFF" + len(chunks).to_bytes(4, "little") + chunks)
    return path


def picture_only(folder: Path) -> Path:
    return encode(folder / "picture.mp4", picture_s=3)


def cut_in_the_header(folder: Path) -> Path:
    path = encode(folder / "cut.m4a", tone(1))
    path.write_bytes(path.read_bytes()[:40])
    return path


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda folder: wav(folder / "a.wav", rate_hz=1), "a sampling rate of 1 Hz"),
        (lambda folder: wav(folder / "a.wav", rate_hz=0x7FFFFFFF), "a sampling rate of 2,147,483,647 Hz"),
        (lambda folder: wav(folder / "a.wav", bits=65_535), "unknown format"),
        (lambda folder: wav(folder / "a.wav", channels=65_535), "claims 0 channels"),
        (lambda folder: wav(folder / "a.wav", channels=300), "claims 300 channels"),
        (lambda folder: wav(folder / "a.wav", code=0x1234), "unknown format"),
        (picture_only, "has no sound track"),
        (cut_in_the_header, "is not a sound file"),
    ],
)
def test_what_cannot_be_decoded_says_so_in_one_line(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], make: Make, says: str
):
    path = make(tmp_path)
    with pytest.raises(AudioError, match=says) as failure:
        read(path)
    assert str(path) in failure.value.message
    assert "\n" not in failure.value.message
    assert failure.value.hint
    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes in folders here")
def test_a_pipe_is_not_waited_for(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe.wav")
    with pytest.raises(AudioError, match="is not a file"):
        AudioFile(tmp_path / "pipe.wav")
