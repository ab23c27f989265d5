"""The doctor says what works, what to do where not, and whether practice could begin."""

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from typer.testing import CliRunner

from tests.sounds import RATE_HZ, noise
from tests.virtual_audio import VirtualAudio
from voicemock.audio import devices
from voicemock.audio.devices import Device, Direction
from voicemock.audio.wav import wav_bytes
from voicemock.cli.main import app
from voicemock.errors import DeviceError, ModelError
from voicemock.jobs import checkup, level_test
from voicemock.paths import config_file, private_dir


def examine(*options: str) -> tuple[int, list[str]]:
    result = CliRunner().invoke(app, ["doctor", *options])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout.splitlines()


def line(lines: list[str], start: str) -> str:
    (found,) = [entry for entry in lines if entry[6:].startswith(start)]
    return found


@pytest.fixture
def healthy(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine on which all is well, for tests that break one thing."""
    desk = [Device(index=0, name="Desk", system="ALSA", channels=2, rate_hz=48_000, is_default=True)]
    monkeypatch.setattr(devices, "list_devices", lambda _: desk)
    model = SimpleNamespace(name="base.en", path=Path("/models/base.en"))
    monkeypatch.setattr("voicemock.models.catalogue.find_model", lambda _: model)


@pytest.mark.real
def test_a_machine_with_everything_is_ready(virtual_audio: VirtualAudio, tmp_path: Path) -> None:
    loop = tmp_path / "speech.wav"
    loop.write_bytes(wav_bytes(noise(8.0), RATE_HZ))
    player = virtual_audio.start_playing_into_microphone(loop)
    code, lines = examine()
    player.kill()
    player.wait()
    assert code == 0, lines
    for start in ("Microphone: default", "Level: ", "Loudspeaker: default", "Voice: ", "Model: ", "Disk: "):
        assert line(lines, start).startswith("ok"), lines
    assert lines[-1] == "Ready: voicemock practice, or, in your browser: voicemock open"


@pytest.mark.real
@pytest.mark.usefixtures("virtual_audio")
def test_a_silent_microphone_is_noted() -> None:
    code, lines = examine()
    assert "muted" in line(lines, "Level: ")
    assert line(lines, "Level: ").startswith("note")
    assert code == 0


@pytest.mark.usefixtures("healthy")
def test_the_level_test_can_be_left_out() -> None:
    code, lines = examine("--no-level")
    assert code == 0
    assert not [entry for entry in lines if "Level" in entry]


@pytest.mark.usefixtures("healthy")
def test_no_microphone_means_no_practice_but_no_loudspeaker_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    found = devices.list_devices(Direction.INPUT)
    monkeypatch.setattr(devices, "list_devices", lambda d: [] if d is Direction.OUTPUT else found)
    code, lines = examine("--no-level")
    assert line(lines, "No loudspeaker").startswith("note")
    assert code == 0
    monkeypatch.setattr(devices, "list_devices", lambda d: [] if d is Direction.INPUT else found)
    code, lines = examine()
    assert line(lines, "No microphone").startswith("fix")
    assert "Connect" in line(lines, "No microphone")
    assert code == 2


def test_without_portaudio_the_command_to_install_it_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise DeviceError("PortAudio is missing.", hint="Install it.")

    monkeypatch.setattr(devices, "sounddevice", missing)
    code, lines = examine()
    assert [entry[:4].strip() for entry in lines if "PortAudio" in entry] == ["fix", "note"]
    assert code == 2


@pytest.mark.usefixtures("healthy")
def test_a_missing_model_is_to_be_fixed(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_: object) -> None:
        raise ModelError("No Whisper model.", hint="Pull one.")

    monkeypatch.setattr("voicemock.models.catalogue.find_model", missing)
    code, lines = examine("--no-level")
    assert line(lines, "No Whisper model") == "fix   No Whisper model. Pull one."
    assert code == 2


@pytest.mark.usefixtures("healthy")
def test_wrong_settings_and_a_full_disk_are_to_be_fixed(monkeypatch: pytest.MonkeyPatch) -> None:
    private_dir(config_file().parent)
    config_file().write_text('voise = "natural"\n')
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=5_000_000))
    code, lines = examine("--no-level")
    assert "config.toml:1" in line(lines, "Settings: ")
    assert line(lines, "Disk: ").startswith("fix   Disk: 5 MB")
    assert code == 2


@pytest.mark.usefixtures("healthy")
def test_an_unknown_voice_is_only_noted() -> None:
    code, lines = examine("--no-level", "--voice", "alexa")
    assert line(lines, "There is no voice 'alexa'").startswith("note")
    assert code == 0


@pytest.mark.parametrize(
    ("peak", "mark", "word"),
    [(0.0, "note", "muted"), (0.004, "note", "quiet"), (0.3, "ok", "dB"), (1.0, "note", "loud")],
)
def test_the_level_is_judged_by_its_loudest_moment(peak: float, mark: str, word: str) -> None:
    blocks = [np.zeros(512, np.float32), np.full(512, peak, np.float32)]
    judged = checkup.level_line(level_test.judged(blocks))
    assert judged.mark == mark
    assert word in judged.text
