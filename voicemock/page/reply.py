"""What a page is asked, and what it answers: values, so that nothing below the application knows of the server."""

__all__ = ["Asked", "Page", "Reply", "Route", "as_json", "as_shown", "changed_meanwhile", "on_the_page", "problem"]

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple
from urllib.parse import quote

import msgspec

from voicemock.errors import DataFileError, SessionError, UnknownNameError, VoicemockError

_PLACES = {
    "resume": "“Go on with it” on the first page",
    "(?:practice|due)": "“Practise”",
    "(?:review|batch)": "“Review”",
    "open": "this page",
    "sessions (?:list|show)": "“Sessions”",
    "doctor": "“Settings”",
    "questions list": "“Questions”",
    "stories": "“Stories”",
    "plan": "“Plan”",
    "pack": "“For the day before”",
}
"""Where the page does what a command does. One that is not here has to be typed, and so stays as it is."""
_NAMED = (
    *(
        (re.compile(rf"`voicemock {command}\b[^`]*`|(?<=: )voicemock {command}\b[^\n]*"), place)
        for command, place in _PLACES.items()
    ),
    (re.compile(r"--format txt\b"), "“What was said, as text”"),
)


class Asked(NamedTuple):
    """One request. at: the parts of its path that vary. data: what came with it."""

    at: Mapping[str, str]
    query: Mapping[str, str]
    data: Any = None


class Page(NamedTuple):
    """A page to be shown with a template, or given as JSON; data: all that it shows."""

    template: str
    data: Any


class Reply(NamedTuple):
    """An answer that is not a page. rules: a security policy of its own. name: of the file it is to be saved as."""

    body: bytes
    kind: str
    rules: str = ""
    name: str = ""

    @property
    def headers(self) -> dict[str, str]:
        """What is said of it beside its kind."""
        headers = {"content-security-policy": self.rules} if self.rules else {}
        if self.name:
            headers["content-disposition"] = f"attachment; filename*=UTF-8''{quote(self.name, safe='')}"
        return headers


class Route(NamedTuple):
    """Where a page is, below the home, and what makes it; act: it changes something, and answers with JSON.

    raw: what comes with it is a file's bytes, not JSON.
    """

    path: str
    make: Callable[[Any, Asked], Any]
    act: bool = False
    raw: bool = False


class _Problem(msgspec.Struct, frozen=True):
    message: str
    hint: str


def problem(error: Exception) -> tuple[int, _Problem]:
    """Return what to say of something that went wrong, with the status of the answer."""
    if isinstance(error, UnknownNameError):
        return 404, _Problem(error.message, on_the_page(error.hint))
    if isinstance(error, msgspec.ValidationError):
        return 400, _Problem(f"That was not understood: {error}.", "Reload the page, and try again.")
    if isinstance(error, VoicemockError):
        otherwise = "Correct that line, and try again." if isinstance(error, DataFileError) else ""
        return 409, _Problem(error.message, on_the_page(error.hint or otherwise))
    if isinstance(error, OSError) and error.strerror:
        where = error.filename or "A file"
        return 409, _Problem(f"{where} cannot be used: {error.strerror}.", "Check it, and try again.")
    return 500, _Problem(
        f"This is a bug in voicemock ({type(error).__name__}: {error}).",
        "What was recorded is kept. Please report it.",
    )


def as_shown(text: str) -> str:
    """Return a text as a browser's form gives it back."""
    return text.replace("\r\n", "\n")


def changed_meanwhile(what: str) -> SessionError:
    """Return what to raise where a file is no more what the page showed."""
    return SessionError(
        f"This {what} was changed by another program meanwhile, so nothing was written.",
        hint="Copy your text, and reload the page.",
    )


def on_the_page(text: str) -> str:
    """Return a text with the page's own places instead of commands: whoever is here does not want a terminal."""
    for command, place in _NAMED:
        text = command.sub(place, text)
    return text


def as_json(data: object) -> bytes:
    """Return what a page shows as JSON, whatever it holds: a file may be called by bytes that are no letters."""
    try:
        return msgspec.json.encode(data, enc_hook=str)
    except UnicodeEncodeError:
        return json.dumps(msgspec.to_builtins(data, enc_hook=str)).encode()
