"""The interviewer's voices: listed, heard, written, remembered, at the rate and volume asked for."""

import re
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from tests.virtual_audio import VirtualAudio
from voicemock.audio import devices
from voicemock.audio.load import decode
from voicemock.cli.main import app
from voicemock.config import FASTEST_WPM, SLOWEST_WPM, USUAL_WPM, Config, load_config
from voicemock.errors import UsageError, VoiceError, VoicemockError
from voicemock.paths import config_file
from voicemock.voices import open_voice
from voicemock.voices.system import VoiceEntry, list_voices

pytestmark = pytest.mark.usefixtures("never_used_before")

TEXT = "Tell me about a system you ran for years. What would you do differently today, and why?"
ZIRA, HEDDA = VoiceEntry("Z", "Zira", "en-us"), VoiceEntry("H", "Hedda", "de-de")


def voices(*arguments: object) -> str:
    """Run the command, and return what it printed, or raise what it raised."""
    result = CliRunner().invoke(app, ["voices", *map(str, arguments)], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def offer(monkeypatch: pytest.MonkeyPatch, *found: VoiceEntry, usual: VoiceEntry | None = None) -> None:
    monkeypatch.setattr("voicemock.voices.system.list_voices", lambda: (found, usual))


def spoken_s(path: Path) -> float:
    """Return the time from the first sound to the last."""
    samples, rate_hz = decode(path)
    loud = np.flatnonzero(np.abs(samples) > 0.02 * np.abs(samples).max())
    return float(loud[-1] - loud[0]) / rate_hz


def test_english_voices_are_listed_and_others_on_request(monkeypatch: pytest.MonkeyPatch) -> None:
    offer(monkeypatch, HEDDA, ZIRA, usual=ZIRA)
    listed = voices()
    assert "system:Z" in listed
    assert "your system's choice: Zira, en-us" in listed
    assert "Hedda" not in listed
    assert "1 more speak other languages: voicemock voices --all" in listed
    everything = voices("--all")
    assert everything.index("Zira") < everything.index("Hedda")
    assert "--all" not in everything


def test_how_to_install_the_natural_voice_is_told_where_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    offer(monkeypatch, ZIRA)
    monkeypatch.setattr("voicemock.voices.natural.installed", lambda: False)
    assert 'Not installed. Install it: `pip install "voicemock[natural]"`.' in voices()
    monkeypatch.setattr("voicemock.voices.natural.installed", lambda: True)
    assert "Not installed" not in voices()


def test_a_name_cannot_command_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    offer(monkeypatch, VoiceEntry("x", "\x1b[2JEvil\nvoice", "en"))
    assert "Evil voice, en" in voices()


def test_a_synthesiser_without_voices_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    offer(monkeypatch)
    with pytest.raises(VoiceError, match="has no voice"):
        voices()


@pytest.mark.real
def test_every_listed_voice_can_be_opened_by_its_id(tmp_path: Path) -> None:
    found, usual = list_voices()
    assert usual in found
    assert usual.speaks_english
    english = [voice for voice in found if voice.speaks_english]
    assert len(english) < len(found)
    open_voice(f"system:{english[-1].id}").render("Why?", tmp_path / "why.wav")


@pytest.mark.real
@pytest.mark.parametrize("name", ["system", "natural"])
def test_the_sample_is_written_and_the_voice_remembered(name: str, tmp_path: Path) -> None:
    sample = tmp_path / "sample.wav"
    said = voices(name, "--save", sample, "--use", "--rate", 150, "--volume", 0.5)
    assert spoken_s(sample) > 2.0
    assert str(config_file()) in said
    assert load_config() == Config(voice=name, voice_rate=150, voice_volume=0.5)
    assert f"In use: {name}, 150 words a minute, volume 0.5." in voices()


@pytest.mark.real
def test_what_is_remembered_applies_and_trying_out_changes_nothing(tmp_path: Path) -> None:
    a, b, c = (tmp_path / f"{letter}.wav" for letter in "abc")
    voices("system", "--save", a, "--use", "--rate", 120)
    voices("system", "--save", b)
    voices("system", "--save", c, "--rate", 300)
    assert a.read_bytes() == b.read_bytes()
    assert spoken_s(c) < 0.6 * spoken_s(a)
    assert load_config().voice_rate == 120


@pytest.mark.real
@pytest.mark.parametrize("name", ["system", "natural"])
def test_rate_and_volume_do_what_they_say_with_every_voice(name: str, tmp_path: Path) -> None:
    usual, slow, fast, soft = (tmp_path / file for file in ("usual", "slow", "fast", "soft"))
    open_voice(name).render(TEXT, usual)
    open_voice(name, rate_wpm=85).render(TEXT, slow)
    open_voice(name, rate_wpm=340).render(TEXT, fast)
    open_voice(name, volume=0.25).render(TEXT, soft)
    assert 1.6 < spoken_s(slow) / spoken_s(usual) < 2.4
    assert 0.4 < spoken_s(fast) / spoken_s(usual) < 0.65
    np.testing.assert_allclose(decode(soft)[0], 0.25 * decode(usual)[0], atol=2 / 32768)


@pytest.mark.real
def test_both_kinds_of_voice_take_the_rate_for_the_same(tmp_path: Path) -> None:
    for name in ("system", "natural"):
        open_voice(name, rate_wpm=170).render(TEXT, tmp_path / name)
    assert 0.8 < spoken_s(tmp_path / "natural") / spoken_s(tmp_path / "system") < 1.25


@pytest.mark.parametrize("given", [{"rate_wpm": 84}, {"rate_wpm": 341}, {"volume": -0.1}, {"volume": 1.1}])
def test_a_rate_or_volume_out_of_reach_is_refused(given: dict[str, int]) -> None:
    with pytest.raises(VoiceError, match="cannot speak") as caught:
        open_voice("system", **given)
    assert "Choose" in caught.value.hint


@pytest.mark.parametrize(
    ("arguments", "error", "said"),
    [
        (["--use"], UsageError, "Which voice?"),
        (["--rate", "150"], UsageError, "Which voice?"),
        (["system", "--save", "sample.mp3"], UsageError, "does not end in .wav"),
        (["alexa", "--use"], VoiceError, "There is no voice 'alexa'."),
        (["system:no such voice", "--use"], VoiceError, "'no such voice'"),
        (["system", "--rate", "20", "--use"], VoiceError, "20 words a minute"),
        (["system", "--save", "/no/such/folder/sample.wav", "--use"], VoiceError, "cannot be written"),
    ],
)
def test_mistakes_are_explained_and_not_remembered(
    arguments: list[str], error: type[VoicemockError], said: str
) -> None:
    with pytest.raises(error) as caught:
        voices(*arguments)
    assert said in caught.value.message
    assert not config_file().exists()


@pytest.mark.real
def test_without_a_loudspeaker_the_command_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "list_devices", lambda _: [])
    with pytest.raises(VoicemockError, match="No loudspeaker was found"):
        voices("system")


@pytest.mark.real
def test_a_voice_is_heard_through_the_loudspeaker(tmp_path: Path, virtual_audio: VirtualAudio) -> None:
    heard = tmp_path / "speaker.wav"
    with virtual_audio.record_speaker(heard):
        voices("system", "--rate", 300)
    assert spoken_s(heard) > 1.5


def test_the_help_and_the_page_on_settings_name_the_rates_there_are():
    shown = " ".join(re.sub(r"[│|]", " ", voices("--help")).split())
    assert f"Words a minute, {SLOWEST_WPM} to {FASTEST_WPM}; {USUAL_WPM} is usual." in shown
    page = (Path(__file__).parent.parent / "docs" / "settings.md").read_text(encoding="utf-8")
    assert f"words a minute, {SLOWEST_WPM} to {FASTEST_WPM}; {USUAL_WPM} if not set" in page
