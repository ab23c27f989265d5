"""What every session says is rendered once, and again whenever the kept file cannot be used."""

import wave
from pathlib import Path

import pytest

from voicemock.audio.wav import wav_bytes
from voicemock.voices.kept import render_kept


class FakeVoice:
    name = "fake"

    def __init__(self, edition: str | None = "one") -> None:
        self.edition = edition
        self.rendered: list[str] = []

    def render(self, text: str, path: Path) -> None:
        import numpy as np

        self.rendered.append(text)
        path.write_bytes(wav_bytes(np.full(800 * len(text), 0.5, np.float32), 16_000))


def kept_files(home: Path) -> list[Path]:
    return list((home / "voicemock_cache" / "speech").glob("*.wav"))


def seconds(path: Path) -> float:
    with wave.open(str(path)) as file:
        return len(file.readframes(file.getnframes())) / 2 / file.getframerate()


def test_the_second_session_copies_what_the_first_rendered(tmp_path: Path, private_home: Path) -> None:
    first, second = FakeVoice(), FakeVoice()
    render_kept(first, "Hello.", tmp_path / "1.wav")
    render_kept(second, "Hello.", tmp_path / "2.wav")
    assert (first.rendered, second.rendered) == (["Hello."], [])
    assert (tmp_path / "2.wav").read_bytes() == (tmp_path / "1.wav").read_bytes()
    assert [path.stat().st_mode & 0o777 for path in kept_files(private_home)] == [0o600]


def test_another_text_or_another_voice_is_rendered(tmp_path: Path) -> None:
    render_kept(FakeVoice(), "Hello.", tmp_path / "1.wav")
    for voice, text in ((FakeVoice(), "Good day."), (FakeVoice("two"), "Hello.")):
        render_kept(voice, text, tmp_path / "2.wav")
        assert voice.rendered == [text]


def test_a_voice_the_system_may_change_is_never_kept(tmp_path: Path, private_home: Path) -> None:
    for _ in range(2):
        voice = FakeVoice(None)
        render_kept(voice, "Hello.", tmp_path / "1.wav")
        assert voice.rendered == ["Hello."]
    assert kept_files(private_home) == []


@pytest.mark.parametrize("keep", [0, 20, 44, 100])
def test_a_damaged_file_is_rendered_again_and_replaced(tmp_path: Path, private_home: Path, keep: int) -> None:
    render_kept(FakeVoice(), "Hello.", tmp_path / "1.wav")
    (kept,) = kept_files(private_home)
    kept.write_bytes(kept.read_bytes()[:keep])
    voice = FakeVoice()
    render_kept(voice, "Hello.", tmp_path / "2.wav")
    assert voice.rendered == ["Hello."]
    assert seconds(tmp_path / "2.wav") == seconds(kept) == pytest.approx(0.3)


def test_where_nothing_can_be_kept_the_voice_speaks_all_the_same(tmp_path: Path, private_home: Path) -> None:
    private_home.joinpath("voicemock_cache").write_text("a file where the folder should be")
    render_kept(FakeVoice(), "Hello.", tmp_path / "1.wav")
    assert seconds(tmp_path / "1.wav") == pytest.approx(0.3)
