"""Devices are found by number or name, and what is missing is said with the way out."""

import builtins
import sys
from typing import Any

import pytest

from voicemock.audio import devices
from voicemock.audio.devices import Direction, find_device, list_devices
from voicemock.config import Config
from voicemock.errors import DeviceError
from voicemock.jobs.practise import choose_loudspeaker


def entry(name: str, *, inputs: int = 0, outputs: int = 0, system: int = 0) -> dict[str, Any]:
    return {
        "name": name,
        "hostapi": system,
        "max_input_channels": inputs,
        "max_output_channels": outputs,
        "default_samplerate": 48_000.0,
    }


class FakeSoundDevice:
    PortAudioError = RuntimeError

    def __init__(self, *entries: dict[str, Any], default: int = -1) -> None:
        self.entries = [{**e, "index": index} for index, e in enumerate(entries)]
        self.default = type("Default", (), {"device": {"input": default, "output": default}})

    def query_devices(self) -> list[dict[str, Any]]:
        return self.entries

    def query_hostapis(self) -> list[dict[str, Any]]:
        return [{"name": "ALSA"}, {"name": "JACK"}]


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> None:
    fake = FakeSoundDevice(
        entry("Speakers", outputs=2),
        entry("Webcam", inputs=1),
        entry("USB Headset", inputs=1, outputs=2),
        entry("USB Headset", inputs=1, outputs=2, system=1),
        entry("USB Headset Pro", inputs=2),
        default=1,
    )
    monkeypatch.setattr(devices, "sounddevice", lambda: fake)


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize(
    ("wanted", "index"),
    [(None, 1), (4, 4), ("4", 4), ("webcam", 1), ("Pro", 4), ("usb headset", 2), (3, 3)],
)
def test_a_microphone_is_found(wanted: str | int | None, index: int) -> None:
    assert find_device(wanted, Direction.INPUT).index == index


@pytest.mark.usefixtures("desk")
def test_only_the_right_direction_counts() -> None:
    assert [d.index for d in list_devices(Direction.OUTPUT)] == [0, 2, 3]
    with pytest.raises(DeviceError, match="no microphone 'speakers'") as caught:
        find_device("speakers", Direction.INPUT)
    assert "1 (Webcam, ALSA)" in caught.value.hint
    with pytest.raises(DeviceError, match="no microphone '0'"):
        find_device(0, Direction.INPUT)
    with pytest.raises(DeviceError, match="no microphone ''"):
        find_device("", Direction.INPUT)


@pytest.mark.usefixtures("desk")
def test_a_name_that_fits_several_names_them() -> None:
    with pytest.raises(DeviceError, match="several microphones") as caught:
        find_device("headset", Direction.INPUT)
    assert "2 (USB Headset, ALSA)" in caught.value.hint
    assert "4 (USB Headset Pro, ALSA)" in caught.value.hint


def test_no_device_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "sounddevice", lambda: FakeSoundDevice(entry("Speakers", outputs=2)))
    with pytest.raises(DeviceError, match="No microphone was found") as caught:
        find_device(None, Direction.INPUT)
    assert "`voicemock open`" in caught.value.hint
    monkeypatch.setattr(devices, "sounddevice", lambda: FakeSoundDevice(entry("Headset", inputs=1)))
    with pytest.raises(DeviceError, match="No loudspeaker was found") as caught:
        find_device(None, Direction.OUTPUT)
    assert "`voicemock open`" not in caught.value.hint


@pytest.mark.parametrize(("platform", "command"), [("linux", "apt install libportaudio2"), ("darwin", "pip install")])
def test_a_missing_portaudio_is_answered_with_the_command(
    monkeypatch: pytest.MonkeyPatch, platform: str, command: str
) -> None:
    real = builtins.__import__

    def without(name: str, *args: Any, **options: Any) -> Any:
        if name == "sounddevice":
            raise OSError("PortAudio library not found")
        return real(name, *args, **options)

    monkeypatch.setattr(builtins, "__import__", without)
    monkeypatch.setattr(sys, "platform", platform)
    with pytest.raises(DeviceError, match="PortAudio") as caught:
        list_devices(Direction.INPUT)
    assert command in caught.value.hint


@pytest.mark.usefixtures("desk")
def test_a_loudspeaker_that_was_asked_for_must_be_there_and_one_that_is_only_remembered_need_not() -> None:
    warned: list[str] = []
    assert choose_loudspeaker("speakers", Config(), warn=warned.append) == "speakers"
    assert choose_loudspeaker(None, Config(output_device="Speakers"), warn=warned.append) == "Speakers"
    assert choose_loudspeaker(None, Config(), warn=warned.append) is None
    assert warned == []
    assert choose_loudspeaker(None, Config(output_device="Earbuds"), warn=warned.append) is None
    assert warned == ["There is no loudspeaker 'Earbuds'. The system's choice is used instead."]
    with pytest.raises(DeviceError, match="no loudspeaker 'Earbuds'"):
        choose_loudspeaker("Earbuds", Config(), warn=warned.append)


def test_without_any_loudspeaker_the_session_is_held_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "sounddevice", lambda: FakeSoundDevice(entry("Webcam", inputs=1), default=0))
    assert choose_loudspeaker(None, Config(), warn=pytest.fail) is None
