"""The errors people see: what went wrong, where, and what to do about it."""

__all__ = [
    "AudioError",
    "ClusterError",
    "DataFileError",
    "DeviceError",
    "ModelError",
    "SessionError",
    "UnknownNameError",
    "UsageError",
    "VoiceError",
    "VoicemockError",
    "no_room",
    "repair",
]

import difflib
import errno
from collections.abc import Iterable
from pathlib import Path


class VoicemockError(Exception):
    """A failure to explain to the user.

    Only the command line turns it into text on stderr and exit code 2.

    message: one sentence, what and where.
    hint: what to do now; empty only if nothing can be done.
    """

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def no_room(error: OSError) -> bool:
    """Return whether a file could not be written because the disk, or the user's share of it, is full."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def repair(error: OSError, otherwise: str) -> str:
    """Return what to do about a file that cannot be written, without a full stop; otherwise: if there is room."""
    return "Free some space on that disk" if no_room(error) else otherwise


class AudioError(VoicemockError):
    """A recording that cannot be read, or holds no speech."""


class DeviceError(VoicemockError):
    """A microphone, a loudspeaker or PortAudio is missing or failed."""


class ModelError(VoicemockError):
    """A Whisper model is missing, damaged or could not be fetched."""


class VoiceError(VoicemockError):
    """The interviewer's voice cannot be rendered."""


class ClusterError(VoicemockError):
    """A Dask scheduler cannot be reached, or a worker of its cannot do a batch's work."""


class SessionError(VoicemockError):
    """A session folder cannot be written or read."""


class UsageError(VoicemockError):
    """The command was given options that do not fit together."""


class DataFileError(VoicemockError):
    """A question set or another data file is wrong at a line that can be named."""

    def __init__(self, path: Path, line: int, problem: str, *, text: str = "", hint: str = "") -> None:
        shown = f"\n    {text.strip()}" if text.strip() else ""
        super().__init__(f"{path}:{line}: {problem}{shown}", hint=hint)
        self.path = path
        self.line = line
        self.problem = problem


class UnknownNameError(VoicemockError):
    """A question, set, check or model by that name does not exist; the nearest names are offered."""

    def __init__(self, what: str, name: str, known: Iterable[str], *, listed_by: str = "") -> None:
        """Offer the nearest; listed_by: the command that lists them all, left out if they are few and listed here."""
        known = list(known)
        near = difflib.get_close_matches(name, known, n=3, cutoff=0.5)
        meant = f"Did you mean {' or '.join(near)}? " if near else ""
        every = f"`{listed_by}` lists them all." if listed_by else f"Choose one of {', '.join(known)}."
        super().__init__(f"There is no {what} '{name}'.", hint=f"{meant}{every}")
