"""The first `voicemock practice`: asked only when somebody is there, remembered, left without a trace."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import typer
from typer.main import get_command

from tests.sounds import RATE_HZ, noise
from tests.virtual_audio import VirtualAudio
from voicemock.audio import devices
from voicemock.audio.devices import Device
from voicemock.audio.load import decode
from voicemock.audio.wav import wav_bytes
from voicemock.cli import first_run
from voicemock.cli.first_run import set_up, to_ask
from voicemock.cli.main import app
from voicemock.config import Config, load_config
from voicemock.errors import DeviceError, ModelError, VoiceError
from voicemock.jobs.checkup import Line, Mark
from voicemock.jobs.practise import choose_voice
from voicemock.paths import config_file
from voicemock.voices.system import VoiceEntry

HEARD = Line(Mark.OK, "Level: -20 dB at the loudest moment")
SILENT = Line(Mark.NOTE, "Level: no sound at all.")


def microphone(index: int, name: str, *, system: str = "ALSA", default: bool = False) -> Device:
    return Device(index=index, name=name, system=system, channels=1, rate_hz=48_000, is_default=default)


class Desk:
    """A machine and the person at it: what they type, what the microphones hear, what is spoken."""

    def __init__(self) -> None:
        self.typed: list[str | type[BaseException]] = []
        self.levels: list[Line | DeviceError] = []
        self.listened_to: list[str | None] = []
        self.spoken: list[str] = []

    def input(self, prompt: str) -> str:
        print(prompt)
        answer = self.typed.pop(0)
        if isinstance(answer, str):
            return answer
        raise answer

    def hear(self, name: str | None) -> Line:
        self.listened_to.append(name)
        level = self.levels.pop(0)
        if isinstance(level, DeviceError):
            raise level
        return level


pytestmark = pytest.mark.usefixtures("never_used_before")


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Desk:
    desk = Desk()
    microphones = [
        microphone(0, "Built-in", default=True),
        microphone(1, "Headset"),
        microphone(2, "Headset (JACK)", system="JACK"),
    ]
    voices = (VoiceEntry("en", "Zira", "en-us"), VoiceEntry("de", "Hedda", "de-de"), VoiceEntry("gb", "Hazel", "en-gb"))
    monkeypatch.setattr("builtins.input", desk.input)
    monkeypatch.setattr("voicemock.models.catalogue.find_model", lambda _: None)
    monkeypatch.setattr(devices, "list_devices", lambda _: microphones)
    monkeypatch.setattr(first_run, "hear", desk.hear)
    monkeypatch.setattr(first_run, "_speak", desk.spoken.append)
    monkeypatch.setattr("voicemock.voices.natural.installed", lambda: True)
    monkeypatch.setattr("voicemock.voices.system.list_voices", lambda: (voices, voices[0]))
    return desk


def test_enter_three_times_takes_what_is_suggested(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.typed, desk.levels = ["", "", ""], [HEARD]
    config = set_up()
    assert config == Config(question_set="em_core", voice="natural") == load_config()
    out = capsys.readouterr().out
    assert "I hear you." in out
    assert str(config_file()) in out
    assert max(map(len, out.replace(str(config_file()), "").splitlines())) <= 80


def test_numbers_choose_and_a_voice_is_heard_before_it_is_taken(desk: Desk) -> None:
    desk.typed, desk.levels = ["3", "2", "2", "3", ""], [HEARD]
    config = set_up()
    assert (config.input_device, config.voice) == ("Headset", "system:gb")
    assert config.question_set != "em_core"
    assert load_config() == config
    assert desk.listened_to == ["Headset"]
    assert desk.spoken == ["system", "system:gb"]


def test_only_english_voices_and_one_entry_a_microphone_are_offered(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.typed, desk.levels = ["", "", ""], [HEARD]
    set_up()
    out = capsys.readouterr().out
    assert "Hedda" not in out
    assert out.count("Headset") == out.count("Zira") == 1


def test_a_silent_or_broken_microphone_can_be_exchanged_or_kept(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.typed, desk.levels = ["", "", "2", "1", "", ""], [SILENT, DeviceError("It is in use."), SILENT]
    assert set_up().input_device is None
    assert desk.listened_to == [None, "Headset", None]
    said = capsys.readouterr()
    assert "no sound at all" in said.out
    assert "Enter to keep 2" in said.out
    assert "It is in use." in said.err


def test_what_is_no_choice_is_asked_again(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.typed, desk.levels = ["0", "99", "two", "²", "2", "", ""], [HEARD]
    set_up()
    assert capsys.readouterr().out.count("Type a number from 1 to 9") == 4


@pytest.mark.parametrize("leaving", ["q", " Q ", KeyboardInterrupt, EOFError])
@pytest.mark.parametrize("after", [0, 1, 2])
def test_leaving_writes_nothing(desk: Desk, leaving: Any, after: int, capsys: pytest.CaptureFixture[str]) -> None:
    desk.typed, desk.levels = [*[""] * after, leaving], [HEARD]
    with pytest.raises(typer.Exit) as left:
        set_up()
    assert left.value.exit_code == 0
    assert "Nothing was saved" in capsys.readouterr().out
    assert not config_file().parent.exists()


def test_without_a_microphone_or_a_model_nothing_is_asked(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "list_devices", lambda _: [])
    with pytest.raises(DeviceError, match="No microphone was found"):
        set_up()

    def missing(_: object) -> None:
        raise ModelError("No model.")

    monkeypatch.setattr("voicemock.models.catalogue.find_model", missing)
    with pytest.raises(ModelError):
        set_up()


def test_without_any_voice_the_questions_are_printed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def missing() -> None:
        raise VoiceError("No synthesiser.", hint="Install espeak-ng.")

    monkeypatch.setattr("voicemock.voices.natural.installed", lambda: False)
    monkeypatch.setattr("voicemock.voices.system.list_voices", missing)
    desk.typed, desk.levels = ["", ""], [HEARD]
    assert set_up().voice is None
    said = capsys.readouterr()
    assert "will be printed" in said.out
    assert "Install espeak-ng." in said.err


def test_a_voice_that_cannot_be_played_is_told_and_the_questions_go_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(devices, "list_devices", lambda _: [])
    first_run._speak("system")
    assert "No loudspeaker was found." in capsys.readouterr().err


def test_a_folder_that_cannot_be_written_does_not_prevent_the_session(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    config_file().parent.parent.mkdir(exist_ok=True)
    config_file().parent.write_text("a file in the way")
    desk.typed, desk.levels = ["2", "", ""], [HEARD]
    assert set_up().question_set != "em_core"
    assert "cannot be written" in capsys.readouterr().err


ALL = ("question_set", "input_device", "voice")


def at_a_desk(
    monkeypatch: pytest.MonkeyPatch, *arguments: str, stdin: bool = True, stdout: bool = True
) -> typer.Context:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(isatty=lambda: stdin))
    monkeypatch.setattr(sys, "stdout", SimpleNamespace(isatty=lambda: stdout))
    return get_command(app).commands["practice"].make_context("practice", list(arguments))


@pytest.mark.parametrize(
    ("arguments", "asked"),
    [
        ([], ALL),
        (["--plain", "-n", "5", "--no-open", "--manner", "warm", "--competency", "conflict", "--model", "base"], ALL),
        (["em_core"], ("input_device", "voice")),
        (["--question", "conflict_manager"], ("input_device", "voice")),
        (["--input-device", "USB"], ("question_set", "voice")),
        (["--voice", "natural"], ("question_set", "input_device")),
        (["--text-only"], ("question_set", "input_device")),
        (["em_core", "--input-device", "USB", "--voice", "natural"], ()),
    ],
)
def test_only_what_no_option_answers_is_asked(
    arguments: list[str], asked: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert to_ask(at_a_desk(monkeypatch, *arguments)) == asked


def test_nobody_is_asked_without_a_terminal_or_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    assert to_ask(at_a_desk(monkeypatch, stdin=False)) == ()
    assert to_ask(at_a_desk(monkeypatch, stdout=False)) == ()
    config_file().parent.mkdir(parents=True)
    config_file().touch()
    assert to_ask(at_a_desk(monkeypatch)) == ()


def test_some_questions_are_numbered_among_themselves_and_remembered(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.typed, desk.levels = ["2", ""], [HEARD]
    assert set_up(("input_device", "voice")) == Config(input_device="Headset", voice="natural") == load_config()
    out = capsys.readouterr().out
    assert "Two questions, then" in out
    assert "1 of 2. Which microphone?" in out
    assert "2 of 2. Whose voice asks?" in out


@pytest.mark.parametrize(("installed", "speaks"), [(True, "natural"), (False, "system")])
def test_where_nobody_is_asked_the_best_voice_speaks(
    installed: bool, speaks: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("voicemock.voices.natural.installed", lambda: installed)
    warned: list[str] = []
    assert choose_voice(None, Config(), warn=warned.append).name == speaks
    assert warned == []
    assert choose_voice(None, Config(voice="alexa"), warn=warned.append).name == speaks
    assert f"The voice '{speaks}' speaks instead." in warned[0]


def test_a_voice_asked_for_is_that_voice_or_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("voicemock.voices.natural.installed", lambda: False)
    monkeypatch.setitem(sys.modules, "hibari", None)
    warned: list[str] = []
    for wanted in ("alexa", "natural"):
        with pytest.raises(VoiceError):
            choose_voice(wanted, Config(voice="system"), warn=warned.append)
    assert choose_voice("system:en-gb", Config(voice="alexa"), warn=warned.append).name == "system:en-gb"
    assert warned == []


def test_a_remembered_voice_that_is_gone_is_replaced_at_its_rate_and_volume(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("voicemock.voices.natural.installed", lambda: False)
    monkeypatch.setitem(sys.modules, "hibari", None)
    warned: list[str] = []
    config = Config(voice="natural", voice_rate=150, voice_volume=0.5)
    voice = choose_voice(None, config, warn=warned.append)
    assert (voice.name, voice._rate_wpm, voice._volume) == ("system", 150, 0.5)
    (said,) = warned
    assert "pip install" in said and said.endswith("The voice 'system' speaks instead.")


@contextmanager
def practice() -> Iterator[Any]:
    pexpect = pytest.importorskip("pexpect")
    command = ["-m", "voicemock", "practice"]
    terminal = pexpect.spawn(sys.executable, command, encoding="utf-8", timeout=60, dimensions=(24, 80))
    try:
        yield terminal
    finally:
        terminal.close(force=True)


posix = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")


@posix
@pytest.mark.real
def test_three_questions_in_a_real_terminal_and_the_session_begins(tmp_path: Path, virtual_audio: VirtualAudio) -> None:
    from pexpect import EOF

    loop, heard = tmp_path / "speech.wav", tmp_path / "speaker.wav"
    loop.write_bytes(wav_bytes(noise(60.0), RATE_HZ))
    with practice() as terminal:
        terminal.expect("1 of 3")
        terminal.sendline("3")
        terminal.expect("2 of 3.*Enter for 1: ")
        terminal.sendline("")
        terminal.expect("no sound at all")
        player = virtual_audio.start_playing_into_microphone(loop)
        terminal.expect("Enter to keep 1: ")
        terminal.sendline("1")
        terminal.expect("I hear you")
        player.kill()
        player.wait()
        terminal.expect("3 of 3.*Enter to take 1: ")
        with virtual_audio.record_speaker(heard):
            terminal.sendline("2")
            terminal.expect("Enter to take 2: ")
        terminal.sendline("")
        terminal.expect("Remembered in")
        terminal.expect("questions. Model: ")
        terminal.expect("Enter end")
        terminal.send("q")
        terminal.expect("Report: ")
        terminal.expect(EOF)
    assert terminal.exitstatus == 0
    assert float(np.abs(decode(heard)[0]).max()) > 0.1, "the voice was not heard"
    config = load_config()
    assert (config.question_set, config.input_device) == ("em_deep_dive", None)
    assert config.voice is not None
    with practice() as terminal:
        assert terminal.expect(["1 of 3", "questions. Model: "]) == 1


@posix
@pytest.mark.real
@pytest.mark.usefixtures("virtual_audio")
def test_ctrl_c_in_a_real_terminal_leaves_no_file() -> None:
    from pexpect import EOF

    with practice() as terminal:
        terminal.expect("1 of 3.*Enter for 1: ")
        terminal.sendintr()
        terminal.expect("Nothing was saved")
        terminal.expect(EOF)
    assert terminal.exitstatus == 0
    assert not config_file().exists()
