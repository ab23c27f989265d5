"""The interviewer's voice: what is rendered when, what is kept, and silence where there is none."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from voicemock.errors import DeviceError, VoiceError
from voicemock.interview import speaker
from voicemock.interview.manners import MANNERS
from voicemock.interview.speaker import Interviewer
from voicemock.paths import cache_dir


class Voice:
    """Writes the text as its sound."""

    edition = "fake 1"

    def __init__(self) -> None:
        self.rendered: list[str] = []

    def render(self, text: str, path: Path) -> None:
        if text == "Unspeakable":
            raise VoiceError("The voice is hoarse.")
        self.rendered.append(text)
        path.write_text(text)


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    played: list[str] = []
    monkeypatch.setattr(speaker, "play", lambda path, *, device: played.append(path.read_text()))
    return played


@pytest.fixture
def hire() -> Iterator[Callable[..., Interviewer]]:
    hired: list[Interviewer] = []

    def one(voice: Voice | None, *, warn: Callable[[str], None] = pytest.fail) -> Interviewer:
        hired.append(Interviewer(voice, warn=warn))
        return hired[-1]

    yield one
    for interviewer in hired:
        interviewer._folder.cleanup()  # else at the end of the process


def test_a_text_is_rendered_once_and_said_as_often_as_asked(hire, heard: list[str]) -> None:
    voice = Voice()
    interviewer = hire(voice)
    interviewer.prepare("Why?")
    interviewer.prepare("How?")
    assert interviewer.say("Why?") and interviewer.say("Why?") and interviewer.say("How?")
    assert heard == ["Why?", "Why?", "How?"]
    assert voice.rendered == ["Why?", "How?"]


def test_a_stage_direction_is_shown_and_not_said(hire, heard: list[str]) -> None:
    interviewer = hire(Voice())
    assert interviewer.say("(The interviewer says nothing.)")
    assert heard == []
    assert interviewer.say("(So) what?") and interviewer.say("So (what?)")
    assert heard == ["(So) what?", "So (what?)"]


def test_only_what_every_session_says_is_kept(hire, heard: list[str]) -> None:
    interviewer = hire(Voice())
    interviewer.prepare("Why did it fail?")
    interviewer.wait()
    assert not cache_dir().exists()
    interviewer.prepare("Hello.", keep=True)
    interviewer.wait()
    assert [path.read_text() for path in (cache_dir() / "speech").iterdir()] == ["Hello."]


def test_without_a_voice_nothing_is_rendered_or_said(hire, heard: list[str]) -> None:
    interviewer = hire(None)
    interviewer.prepare("Why?")
    assert interviewer.say("Why?") is False
    assert not heard


def test_a_voice_that_fails_is_told_once_and_the_rest_is_printed(hire, heard: list[str]) -> None:
    warned: list[str] = []
    interviewer = hire(Voice(), warn=warned.append)
    assert [interviewer.say(text) for text in ("Unspeakable", "Why?")] == [False, False]
    assert len(warned) == 1 and "only printed" in warned[0] and "hoarse" in warned[0]
    assert not heard


def test_what_is_said_may_be_played_elsewhere(heard: list[str], monkeypatch) -> None:
    played: list[Path] = []

    def lost(path: Path) -> None:
        played.append(path)
        if len(played) > 1:
            raise DeviceError("The page is gone.")

    warned: list[str] = []
    interviewer = Interviewer(Voice(), warn=warned.append, aloud=lost)
    assert interviewer.say("Why?")
    assert heard == []
    assert not interviewer.say("How?")
    assert "The page is gone." in warned[0]
    interviewer._folder.cleanup()


def test_the_manners_one_can_choose() -> None:
    assert [manner.name for manner in MANNERS] == ["warm", "neutral", "strict"]
