"""The machine's microphones and loudspeakers: listed, and found by number or name."""

__all__ = ["Device", "Direction", "find_device", "list_devices", "refresh", "sounddevice"]

import enum
import sys
from types import ModuleType

import msgspec

from voicemock.errors import DeviceError


class Direction(enum.StrEnum):
    """Which way the sound goes."""

    INPUT = "input"
    OUTPUT = "output"


class Device(msgspec.Struct, frozen=True, kw_only=True):
    """A microphone or a loudspeaker.

    index: its number, which changes as devices come and go.
    system: the interface it is reached through, such as ALSA or WASAPI; one device may have several.
    channels, rate_hz: what it offers by itself.
    """

    index: int
    name: str
    system: str
    channels: int
    rate_hz: int
    is_default: bool


_KINDS = {Direction.INPUT: "microphone", Direction.OUTPUT: "loudspeaker"}


def sounddevice() -> ModuleType:
    """Return the sounddevice module; raises DeviceError with the command to install PortAudio."""
    try:
        import sounddevice as module
    except (OSError, ImportError) as error:  # OSError: the package is there, the PortAudio library is not
        raise DeviceError("PortAudio, which records and plays sound, is missing.", hint=_install_hint()) from error
    return module  # type: ignore[no-any-return]


def refresh() -> None:
    """Look for devices again: PortAudio lists them only once. No stream may be open."""
    sd = sounddevice()
    sd._terminate()
    sd._initialize()


def list_devices(direction: Direction) -> list[Device]:
    """Return the microphones or the loudspeakers; raises DeviceError if PortAudio is missing."""
    sd = sounddevice()
    try:
        found, systems = sd.query_devices(), sd.query_hostapis()
    except sd.PortAudioError as error:
        raise DeviceError(f"The sound system is not responding: {error}.") from error
    default = sd.default.device[direction]
    return [
        Device(
            index=entry["index"],
            name=entry["name"],
            system=systems[entry["hostapi"]]["name"],
            channels=entry[f"max_{direction}_channels"],
            rate_hz=round(entry["default_samplerate"]),
            is_default=entry["index"] == default,
        )
        for entry in found
        if entry[f"max_{direction}_channels"] > 0
    ]


def find_device(wanted: str | int | None, direction: Direction) -> Device:
    """Return the device with this number, this name, or the only one whose name holds this text.

    None is the system's choice. If one device is reached through several systems, the default one
    counts. Raises DeviceError: there is none, no such device, or several match, each named.
    """
    devices, kind = list_devices(direction), _KINDS[direction]
    if not devices:
        hint = f"Connect a {kind}, or check that your system shows one."
        if direction is Direction.INPUT:
            hint += " Where it cannot, as in WSL, `voicemock open` uses your browser's."
        raise DeviceError(f"No {kind} was found.", hint=hint)
    if wanted is None:
        return next((d for d in devices if d.is_default), devices[0])
    text = str(wanted).strip().casefold()
    fitting = [d for d in devices if text == str(d.index)] if text.isdecimal() else []
    fitting = fitting or [d for d in devices if text == d.name.casefold()]
    fitting = fitting or [d for d in devices if text and text in d.name.casefold()]
    usual = next((d.system for d in devices if d.is_default), devices[0].system)
    if len(fitting) > 1 and len({d.name for d in fitting}) == 1:
        fitting = [d for d in fitting if d.system == usual] or fitting[:1]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise DeviceError(f"'{wanted}' matches several {kind}s.", hint=f"Give the number of one: {_named(fitting)}.")
    raise DeviceError(f"There is no {kind} '{wanted}'.", hint=f"Choose one of: {_named(devices)}.")


def _named(devices: list[Device]) -> str:
    return ", ".join(f"{d.index} ({d.name}, {d.system})" for d in devices)


def _install_hint() -> str:
    if sys.platform.startswith("linux"):
        return (
            "Install it: `sudo apt install libportaudio2` (Debian, Ubuntu), `sudo dnf install portaudio` (Fedora) "
            "or `sudo pacman -S portaudio` (Arch)."
        )
    return "Reinstall the package that includes it: `pip install --force-reinstall sounddevice`."
