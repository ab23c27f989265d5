"""The voices speak: really rendered here, whatever the text, and clear about what is missing."""

import importlib.util
import json
import subprocess
import sys
import wave
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from tests.conftest import need
from voicemock.audio.load import decode
from voicemock.errors import VoiceError
from voicemock.voices import open_voice, say, system
from voicemock.voices.natural import NaturalVoice
from voicemock.voices.spoken import save_speech, speakable, utterances
from voicemock.voices.system import SystemVoice

QUESTION = "Tell me about a project that ran late. What did you do first?"


def speech_s(path: Path) -> float:
    """Return for how long a file is louder than -40 dB, in windows of 20 ms."""
    samples, rate = decode(path)
    width = rate // 50
    windows = samples[: len(samples) // width * width].reshape(-1, width)
    return float((np.sqrt((windows**2).mean(axis=1)) > 0.01).sum() / 50)


@pytest.fixture
def spoken(tmp_path: Path) -> Path:
    return tmp_path / "question.wav"


@pytest.mark.real
@pytest.mark.parametrize("name", ["system", "system:en-us", "natural"])
def test_each_voice_renders_a_playable_file(name: str, spoken: Path) -> None:
    open_voice(name).render(QUESTION, spoken)
    with wave.open(str(spoken)) as file:
        assert (file.getnchannels(), file.getsampwidth()) == (1, 2)
    assert 2.0 < speech_s(spoken) < 8.0
    assert spoken.stat().st_mode & 0o777 == 0o600


@pytest.mark.real
@pytest.mark.parametrize("name", ["system", "natural"])
@pytest.mark.parametrize(
    "text",
    [
        "--help me understand",
        "<speak>Why</speak> <break time='9s'/> so?",
        "Is p99 < 200 ms [enough](/nˈO/) \x00 \ud83d \N{PARTY POPPER} für 漢字?",
        "Was it late?\n\n\tHow late?",
    ],
)
def test_odd_text_is_spoken_too(name: str, text: str, spoken: Path) -> None:
    open_voice(name).render(text, spoken)
    assert speech_s(spoken) > 0.5


@pytest.mark.real
def test_long_text_is_given_to_the_synthesiser_in_pieces(spoken: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In one go it takes ever longer, and past 10,000 characters may end in a segmentation fault."""
    given: list[int] = []
    run = subprocess.run

    def spy(*args: Any, input: bytes, **options: Any) -> Any:
        given.append(len(input))
        return run(*args, input=input, **options)

    monkeypatch.setattr(subprocess, "run", spy)
    SystemVoice().render("What did you learn from it? " * 150, spoken)
    assert max(given) <= 600
    assert speech_s(spoken) > 150 * 0.5


@pytest.mark.real
def test_the_same_question_sounds_the_same(tmp_path: Path) -> None:
    voice = NaturalVoice()
    for name in ("a", "b"):
        voice.render(QUESTION, tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


@pytest.mark.real
def test_an_unknown_system_voice_is_answered_with_the_nearest(spoken: Path) -> None:
    with pytest.raises(VoiceError, match="'amerika'") as caught:
        open_voice("system:amerika").render(QUESTION, spoken)
    assert "America" in caught.value.hint
    assert not spoken.exists()


@pytest.mark.parametrize("name", ["alexa", "natural:emma"])
def test_an_unknown_kind_of_voice_is_refused(name: str) -> None:
    with pytest.raises(VoiceError, match=name):
        open_voice(name)


def test_a_natural_voice_that_is_not_installed_is_answered_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "hibari", None)
    with pytest.raises(VoiceError) as caught:
        open_voice("natural")
    assert "voicemock[natural]" in caught.value.hint


@pytest.mark.parametrize("text", ["", " \n\t", "?!… <>", "\x00"])
def test_text_without_words_is_refused(text: str) -> None:
    with pytest.raises(VoiceError, match="no words"):
        speakable(text)


def test_markup_is_taken_out_but_comparisons_are_read() -> None:
    assert speakable("Was p99 <200 ms, and uptime > 99.9?") == "Was p99 less than 200 ms, and uptime more than 99.9?"
    assert speakable("<b>Why</b>\n[[slnc 900]]") == "b Why /b slnc 900"


@pytest.mark.parametrize("longest", [7, 30, 1000])
def test_utterances_keep_every_word_in_order(longest: int) -> None:
    text = "One two. Three four five! Six? " * 5 + "x" * 40
    pieces = utterances(text, longest=longest)
    assert "".join("".join(pieces).split()) == "".join(text.split())
    assert max(len(piece) for piece in pieces) <= longest
    assert utterances("First. Second part.", longest=14) == ["First.", "Second part."]


def test_silence_is_not_taken_for_speech(spoken: Path) -> None:
    with pytest.raises(VoiceError, match="no sound"):
        save_speech(spoken, np.full(16_000, 0.001, np.float32), 16_000, voice="system")
    assert not spoken.exists()


def test_a_missing_synthesiser_is_answered_with_the_command(monkeypatch: pytest.MonkeyPatch, spoken: Path) -> None:
    reply = b'{"error": "no espeak", "no_synthesiser": true}'
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: SimpleNamespace(returncode=0, stdout=reply))
    monkeypatch.setattr(sys, "platform", "linux")
    with pytest.raises(VoiceError, match="no speech synthesiser") as caught:
        SystemVoice().render(QUESTION, spoken)
    assert "apt install libespeak-ng1" in caught.value.hint


def test_a_crash_and_a_hang_become_clear_errors(monkeypatch: pytest.MonkeyPatch, spoken: Path, tmp_path: Path) -> None:
    child = tmp_path / "child.py"
    monkeypatch.setattr(system, "_CHILD", child)
    child.write_text("import os; os.kill(os.getpid(), 11)")
    with pytest.raises(VoiceError, match="crashed"):
        SystemVoice().render(QUESTION, spoken)
    child.write_text("import time; time.sleep(60)")
    monkeypatch.setattr(system, "_TIMEOUT_S", 0.2)
    with pytest.raises(VoiceError, match="took over"):
        SystemVoice().render(QUESTION, spoken)


def fake_voice(id_: str, name: str, *languages: str) -> SimpleNamespace:
    return SimpleNamespace(id=id_, name=name, languages=list(languages))


def test_an_english_voice_is_chosen_on_a_machine_that_speaks_another_language() -> None:
    voices = [fake_voice("H", "Hedda", "de-DE"), fake_voice("Z", "Zira", "en-US"), fake_voice("D", "David", "en_GB")]
    assert say._english(voices, "H") == "Z"
    assert say._english(voices, "D") == "D"
    assert say._english(voices[:1], "H") == "H"
    assert say._choose(voices, "hed") == "H"
    assert say._choose(voices, "en-gb") == "D"
    assert say._choose(voices, "a") is None


@pytest.mark.real
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the wheel serves Linux")
def test_the_espeak_wheel_serves_where_the_system_has_none(tmp_path: Path) -> None:
    need(importlib.util.find_spec("espeakng_loader"), "espeakng-loader")
    out = tmp_path / "out.wav"
    code = (
        "import sys; from voicemock.voices import say;"
        "say._loads = lambda name: False; sys.argv = ['say', sys.argv[1], '170'];"
        "render = say._render;"
        "say._render = lambda *a: render(*a) | {'maps': open('/proc/self/maps').read()};"
        "say.main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(out)], input=QUESTION.encode(), capture_output=True, check=True, timeout=60
    )
    reply = json.loads(done.stdout)
    assert "error" not in reply
    assert "espeakng_loader/libespeak-ng.so" in reply["maps"]
    assert "linux-gnu/libespeak-ng" not in reply["maps"]
    assert speech_s(out) > 2.0


LATE = """
import sys, threading
from pyttsx3.drivers import _espeak
pending, take, cancel = [], _espeak.SetParameter, _espeak.Cancel
def later(*given):
    pending.append(timer := threading.Timer(0.2, lambda: (take(*given), pending.remove(timer))))
    timer.start()
_espeak.SetParameter, _espeak.IsPlaying = later, lambda: bool(pending)
_espeak.Cancel = lambda: [timer.cancel() for timer in pending] and cancel()
from voicemock.voices import say
sys.argv = ['say', sys.argv[1], '90']
say.main()
"""


@pytest.mark.real
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="espeak speaks on Linux")
def test_the_rate_is_kept_where_espeak_is_slow_to_take_it(spoken: Path, tmp_path: Path) -> None:
    usual = tmp_path / "usual.wav"
    SystemVoice(rate_wpm=90).render(QUESTION, usual)
    command = [sys.executable, "-c", LATE, str(spoken)]
    subprocess.run(command, input=QUESTION.encode(), capture_output=True, check=True, timeout=60)
    assert abs(speech_s(spoken) - speech_s(usual)) < 0.3
