"""The voice every machine has or can have: pyttsx3 speaks with espeak-ng, macOS or Windows."""

__all__ = ["SystemVoice", "VoiceEntry", "list_voices"]

import difflib
import subprocess
import sys
import tempfile
from pathlib import Path

import msgspec
import numpy as np

from voicemock.audio.arrays import Samples
from voicemock.audio.load import decode
from voicemock.config import USUAL_WPM
from voicemock.errors import AudioError, VoiceError
from voicemock.printable import plain
from voicemock.voices.spoken import save_speech, speakable, utterances

_CHILD = Path(__file__).with_name("say.py")
# pyttsx3 2.99 hands espeak ten times the length of the text: past 10,000 characters that ends in a
# segmentation fault (measured), and the time grows with the square of the length.
_LONGEST_UTTERANCE = 600
_TIMEOUT_S = 75.0  # above the child's own limit, so that it can say what went wrong


class VoiceEntry(msgspec.Struct, frozen=True, array_like=True):
    """One of the system's voices; language: such as "en-us", empty if the system does not tell."""

    id: str
    name: str
    language: str

    @property
    def label(self) -> str:
        """What to call it on the screen: its name and its language."""
        return plain(", ".join(filter(None, (self.name, self.language))))

    @property
    def speaks_english(self) -> bool:
        """Whether the system says so."""
        return self.language.startswith("en")


class Reply(msgspec.Struct, frozen=True):
    """What the child process says: an empty error is success.

    voices: all there are, if they were asked for or the wanted one is not among them.
    usual: the id of the one that speaks when none is named.
    """

    error: str = ""
    no_synthesiser: bool = False
    voices: tuple[VoiceEntry, ...] = ()
    usual: str = ""


def list_voices() -> tuple[tuple[VoiceEntry, ...], VoiceEntry | None]:
    """Return the system's voices, and the one that speaks when none is named; raises VoiceError."""
    reply = _run_child("--list")
    if reply.error:
        raise VoiceError(f"The system's voices cannot be listed: {reply.error}.")
    return reply.voices, next((voice for voice in reply.voices if voice.id == reply.usual), None)


class SystemVoice:
    """The platform's own voice.

    voice: id, name or language of one of the system's voices; None is the system's choice if it
    speaks English, else the first voice that does.
    """

    def __init__(self, voice: str | None = None, *, rate_wpm: int = USUAL_WPM, volume: float = 1.0) -> None:
        self._voice = voice
        self._rate_wpm = rate_wpm
        self._volume = volume
        self.name = f"system:{voice}" if voice else "system"
        self.edition = None

    def render(self, text: str, path: Path) -> None:
        """Write the spoken text as a mono 16-bit WAV file, whole or not at all; raises VoiceError."""
        with tempfile.TemporaryDirectory(prefix="voicemock-") as folder:
            parts = [
                self._say(piece, Path(folder) / str(number))
                for number, piece in enumerate(utterances(speakable(text), longest=_LONGEST_UTTERANCE))
            ]
        samples = np.concatenate([s for s, _ in parts])
        save_speech(path, samples, parts[0][1], voice=self.name, volume=self._volume)

    def _say(self, text: str, path: Path) -> tuple[Samples, int]:
        which = [self._voice] if self._voice else []
        self._check(_run_child(str(path), str(self._rate_wpm), *which, text=text, name=self.name))
        try:
            return decode(path)  # macOS writes AIFF
        except AudioError as error:
            raise VoiceError(f"The voice '{self.name}' wrote nothing that can be played.") from error

    def _check(self, reply: Reply) -> None:
        if reply.voices:
            raise VoiceError(
                f"No single voice of this system is called '{self._voice}'.",
                hint=f"The nearest: {', '.join(_nearest(self._voice or '', reply.voices))}.",
            )
        if reply.error:
            raise VoiceError(f"The voice '{self.name}' failed: {reply.error}.")


def _run_child(*arguments: str, text: str = "", name: str = "system") -> Reply:
    # -P: a file called wave.py in the user's folder must not be imported in place of Python's own.
    command = [sys.executable, "-P", str(_CHILD), *arguments]
    try:
        done = subprocess.run(command, input=text.encode(), capture_output=True, timeout=_TIMEOUT_S, check=False)
    except subprocess.TimeoutExpired as error:
        raise VoiceError(f"The voice '{name}' took over {_TIMEOUT_S:.0f} s.") from error
    except OSError as error:
        raise VoiceError(f"The voice's process cannot be started: {error.strerror}.") from error
    if done.returncode != 0:
        last = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        raise VoiceError(f"The voice '{name}' crashed (exit code {done.returncode}). {last}".strip())
    reply = msgspec.json.decode(done.stdout, type=Reply)
    if reply.no_synthesiser:
        raise VoiceError(f"This machine has no speech synthesiser: {reply.error.rstrip('.')}.", hint=_install_hint())
    return reply


def _nearest(wanted: str, voices: tuple[VoiceEntry, ...]) -> list[str]:
    """Return up to five voices that hold the wanted word, else the most alike, as "id (name)"."""
    shown = {f"{v.id} ({v.name})" if v.name else v.id: f"{v.id} {v.name}".casefold() for v in voices}
    wanted = wanted.casefold()
    holding = [label for label, key in shown.items() if wanted in key]

    def alikeness(label: str) -> float:
        words = [shown[label], *shown[label].split()]
        return max(difflib.SequenceMatcher(None, wanted, word).ratio() for word in words)

    return (holding or sorted(shown, key=alikeness, reverse=True))[:5]


def _install_hint() -> str:
    if sys.platform.startswith("linux"):
        return (
            "Install espeak-ng: `sudo apt install libespeak-ng1` (Debian, Ubuntu), "
            "`sudo dnf install espeak-ng` (Fedora), or without root: `pip install espeakng-loader`."
        )
    return "Reinstall pyttsx3, which brings the driver: `pip install --force-reinstall pyttsx3`."
