"""Which form a stored session has, so that one that was cut short goes on as it began."""

__all__ = ["form_of"]

from collections.abc import Callable, Mapping

from voicemock.errors import UnknownNameError
from voicemock.preparation.drills import find_drill
from voicemock.preparation.form import Form
from voicemock.preparation.reverse import find_listener
from voicemock.preparation.rounds import find_round
from voicemock.schema import SessionInfo

_KINDS: Mapping[str, Callable[[str], Form]] = {"drill": find_drill, "loop": find_round, "reverse": find_listener}


def form_of(session: SessionInfo) -> Form | None:
    """Return a session's form; None for practice, and for a form that this voicemock does not know."""
    kind, _, name = (session.form or "").partition("/")
    try:
        return _KINDS[kind](name) if kind in _KINDS else None
    except UnknownNameError:
        return None
