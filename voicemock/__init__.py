"""A voice mock-interview trainer that runs on your own machine.

``review`` reports on a recording, ``check`` on a written answer; docs/python.md shows how. Both are loaded when first
used, and so is every other name here.

Importing it sets ``ORT_DISABLE_TELEMETRY=1`` for this process and its children, whatever it was before.
"""

import os

__all__ = [
    "AnswerReport",
    "Evidence",
    "Filler",
    "Finding",
    "FollowUp",
    "Kind",
    "Measure",
    "Prosody",
    "Question",
    "Severity",
    "Signal",
    "SignalName",
    "Status",
    "Transcript",
    "VoicemockError",
    "Word",
    "__version__",
    "check",
    "review",
]

__version__ = "0.1.0"

# onnxruntime 1.29 and later write a device id, and contact their maker's event host, once imported. Their own
# disable_telemetry_events() comes too late for that; only this variable, set before the import, stops all of it
# (Privacy.md in its wheel). No module of voicemock runs before this line, nor in a worker process.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

TYPE_CHECKING = False  # type checkers take it for True by its name; importing typing for it would cost more than this
if TYPE_CHECKING:
    from voicemock.errors import VoicemockError
    from voicemock.library import check, review
    from voicemock.schema import (
        AnswerReport,
        Evidence,
        Filler,
        Finding,
        FollowUp,
        Kind,
        Measure,
        Prosody,
        Question,
        Severity,
        Signal,
        SignalName,
        Status,
        Transcript,
        Word,
    )
else:

    def __getattr__(name: str) -> object:
        """Load a name of ``__all__`` from where it lives, and keep it."""
        if name not in __all__:
            raise AttributeError(f"module 'voicemock' has no attribute '{name}'")
        from importlib import import_module

        home = {"VoicemockError": "errors", "check": "library", "review": "library"}.get(name, "schema")
        found = globals()[name] = getattr(import_module(f"voicemock.{home}"), name)
        return found

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
