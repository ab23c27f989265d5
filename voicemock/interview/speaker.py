"""The interviewer: says each question aloud, or leaves it to the screen if there is no voice."""

__all__ = ["Interviewer"]

import functools
import tempfile
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path

from voicemock.audio.play import play
from voicemock.errors import DeviceError, VoiceError, repair
from voicemock.voices import Voice
from voicemock.voices.kept import render_kept


class Interviewer:
    """Speaks through one voice and one loudspeaker; what comes next can be rendered in advance.

    voice: None if the questions are only printed.
    warn: called once, with words for people, when a voice or a loudspeaker fails; the session continues in print.
    aloud: plays a sound file to its end instead of a loudspeaker; raises DeviceError.
    """

    def __init__(
        self,
        voice: Voice | None,
        *,
        output_device: str | int | None = None,
        warn: Callable[[str], None],
        aloud: Callable[[Path], None] | None = None,
    ) -> None:
        self._voice = voice
        self._aloud = aloud or functools.partial(play, device=output_device)
        self._warn = warn
        try:
            self._folder = tempfile.TemporaryDirectory(prefix="voicemock-", ignore_cleanup_errors=True)
        except OSError as error:
            self._fall_silent("No voice", _no_room(error))
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="voicemock-voice")
        self._rendered: dict[str, Future[Path]] = {}

    def prepare(self, text: str, *, keep: bool = False) -> None:
        """Start rendering a text that will be said soon; returns at once.

        keep: other sessions say it too, so the rendering is kept for them.
        """
        if self._voice and text not in self._rendered:
            render = functools.partial(render_kept, self._voice) if keep else self._voice.render
            self._rendered[text] = self._thread.submit(self._render, render, text, len(self._rendered))

    def wait(self) -> None:
        """Wait until everything is rendered; a failure shows when the text is said."""
        wait(self._rendered.values())

    def say(self, text: str) -> bool:
        """Say a text and return when it has been heard; False if it could not be.

        A stage direction, which stands in brackets, is nothing to say.
        """
        if text.startswith("(") and text.endswith(")"):
            return True
        self.prepare(text)
        if self._voice is None:
            return False
        try:
            self._aloud(self._rendered[text].result())
        except VoiceError as error:
            self._fall_silent("No voice", error)
        except DeviceError as error:
            self._fall_silent("No sound", error)
        return self._voice is not None

    def _fall_silent(self, what: str, error: VoiceError | DeviceError) -> None:
        self._voice = None
        self._warn(f"{what}, so the questions are only printed. {error.message} {error.hint}")

    def _render(self, render: Callable[[str, Path], None], text: str, number: int) -> Path:
        path = Path(self._folder.name) / f"{number}.wav"
        try:
            render(text, path)
        except OSError as error:
            raise _no_room(error) from error
        return path


def _no_room(error: OSError) -> VoiceError:
    place = error.filename or tempfile.gettempdir()
    return VoiceError(f"{place} cannot be written: {error.strerror}.", hint=f"{repair(error, 'Check that folder')}.")
