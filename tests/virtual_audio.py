"""A real sound card without hardware: a private PulseAudio whose microphone plays what a test gives it.

Its loudspeaker is the null sink ``speaker``; its microphone ``mic`` hears the null sink ``mic_in``.
PortAudio reaches both through ALSA's devices "pulse" and "default". On Debian it needs pulseaudio,
pulseaudio-utils, libasound2-plugins and libportaudio2. The first block of sound can take two seconds.
"""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_SCRIPT = """
load-module module-native-protocol-unix socket={folder}/native auth-anonymous=1
load-module module-null-sink sink_name=speaker rate=48000 channels=2
load-module module-null-sink sink_name=mic_in rate=48000 channels=1
load-module module-remap-source source_name=mic master=mic_in.monitor
set-default-sink speaker
set-default-source mic
"""


class VirtualAudio:
    """The running sound card; ``env`` is what a process needs in its environment to reach it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.env = {
            **os.environ,
            "XDG_RUNTIME_DIR": f"{folder}/run",
            "PULSE_RUNTIME_PATH": f"{folder}/run/pulse",
            "PULSE_STATE_PATH": f"{folder}/state",
            "PULSE_COOKIE": f"{folder}/cookie",
            "PULSE_SERVER": f"unix:{folder}/native",
        }
        (folder / "run").mkdir(mode=0o700)
        script = folder / "start.pa"
        script.write_text(_SCRIPT.format(folder=folder))
        self._log = (folder / "log").open("w+")
        options = "-n --daemonize=no --fail=1 --exit-idle-time=-1 --use-pid-file=no --disable-shm=1"
        self._server = subprocess.Popen(
            ["pulseaudio", *options.split(), "--log-level=error", "-F", str(script)],
            env=self.env,
            stdout=self._log,
            stderr=subprocess.STDOUT,
        )
        for _ in range(100):
            if self._run("pactl", "info", check=False).returncode == 0:
                return
            time.sleep(0.05)
        self.close()
        raise RuntimeError(f"pulseaudio did not start: {(folder / 'log').read_text()}")

    def start_playing_into_microphone(self, path: Path) -> "subprocess.Popen[bytes]":
        """Play a sound file into the microphone in real time; return as soon as it plays."""
        player = subprocess.Popen(["paplay", "--device=mic_in", str(path)], env=self.env)
        self._wait_for(lambda: player.poll() is not None or self._plays(), "paplay")
        return player

    def _plays(self) -> bool:
        return bool(self._run("pactl", "list", "short", "sink-inputs").stdout.strip())

    def play_into_microphone(self, path: Path) -> None:
        """Play a sound file into the microphone and wait for its end."""
        with self.start_playing_into_microphone(path) as player:
            assert player.wait() == 0

    @contextmanager
    def record_speaker(self, path: Path) -> Iterator[None]:
        """Write what the loudspeaker plays, meanwhile, to a WAV file."""
        command = ["parec", "--device=speaker.monitor", "--file-format=wav", "--latency-msec=20", str(path)]
        recorder = subprocess.Popen(command, env=self.env)
        try:
            self._wait_for(lambda: path.exists() and path.stat().st_size > 1000, "parec")
            yield
            time.sleep(0.3)  # what was played is still on its way
        finally:
            recorder.terminate()
            recorder.wait()

    def pull_the_plug(self) -> None:
        """Take every device away, the last loaded first: PulseAudio moves a stream to what is left."""
        modules = self._run("pactl", "list", "short", "modules").stdout.splitlines()
        for module in reversed([line.split()[0] for line in modules if "native-protocol" not in line]):
            self._run("pactl", "unload-module", module)

    def plug_in_again(self) -> None:
        """Give the devices back."""
        for line in _SCRIPT.splitlines():
            if "null-sink" in line or "remap-source" in line or line.startswith("set-default"):
                self._run("pactl", *line.split())

    def close(self) -> None:
        """Stop the server."""
        self._server.terminate()
        self._server.wait(10)
        self._log.close()

    def _run(self, *command: str, check: bool = True) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(command, env=self.env, capture_output=True, text=True, check=check, timeout=20)

    @staticmethod
    def _wait_for(condition, what: str) -> None:
        for _ in range(200):
            if condition():
                return
            time.sleep(0.05)
        raise RuntimeError(f"{what} did not start")


@contextmanager
def sound_card() -> Iterator[VirtualAudio]:
    """Run a sound card that nobody is connected to yet."""
    from tests.conftest import need  # which imports this module

    need(all(map(shutil.which, ("pulseaudio", "pactl", "paplay", "parec"))), "PulseAudio")
    # Not tmp_path: the path of a unix socket holds at most 107 characters.
    with tempfile.TemporaryDirectory(prefix="vm-audio-") as folder:
        card = VirtualAudio(Path(folder))
        try:
            yield card
        finally:
            card.close()


@pytest.fixture
def virtual_audio() -> Iterator[VirtualAudio]:
    """Give this process and its children a sound card of their own, and take it away again."""
    from tests.conftest import need
    from voicemock.audio import devices
    from voicemock.errors import DeviceError

    try:
        devices.sounddevice()
    except DeviceError as error:
        need(False, error.message)
    with sound_card() as card, pytest.MonkeyPatch.context() as environment:
        for name, value in card.env.items():
            environment.setenv(name, value)
        devices.refresh()
        yield card
    devices.refresh()
