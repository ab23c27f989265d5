"""The plan's file, beside the stories: what the plan was made for, never what is in it."""

__all__ = ["PLAN", "forget_aims", "keep_aims", "plan_file", "read_aims"]

from pathlib import Path

import msgspec

from voicemock.errors import SessionError, repair
from voicemock.paths import private_dir, user_data_dir, write_whole
from voicemock.preparation.planning.aims import Aims, fits

PLAN = "plan.json"


def plan_file() -> Path:
    """Return where the file is."""
    return user_data_dir() / PLAN


def read_aims() -> Aims | None:
    """Return what was remembered, None if nothing is; raises SessionError if it cannot be read."""
    path = plan_file()
    try:
        found = msgspec.json.decode(path.read_bytes(), type=Aims)
        if fits(found):
            return found
    except FileNotFoundError:
        return None
    except OSError as error:
        raise SessionError(f"{path} cannot be read: {error.strerror}.", hint="Check the file.") from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        pass
    raise SessionError(
        f"{path} does not hold a plan that this voicemock can read.",
        hint="Make it anew: voicemock plan --interview-date YEAR-MONTH-DAY. Or forget it: voicemock plan --forget",
    )


def keep_aims(aims: Aims) -> None:
    """Remember what a plan is made for; raises SessionError."""
    path = plan_file()
    try:
        private_dir(path.parent)
        write_whole(path, msgspec.json.format(msgspec.json.encode(aims), indent=2) + b"\n")
    except OSError as error:
        raise _stuck(path, error, "written") from error


def forget_aims() -> bool:
    """Delete the file; return whether there was one. Raises SessionError."""
    path = plan_file()
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise _stuck(path, error, "deleted") from error
    return True


def _stuck(path: Path, error: OSError, what: str) -> SessionError:
    return SessionError(f"{path} cannot be {what}: {error.strerror}.", hint=f"{repair(error, 'Check that folder')}.")
